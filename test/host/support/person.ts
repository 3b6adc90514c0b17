import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Organization } from '../../../src/access/organization';
import type { Outcome } from '../../../src/access/plan/outcome';
import type { Proposal, ProposedPlan } from '../../../src/access/plan/proposals';
import { atOnce } from '../../../src/access/slices';
import { type SheetEntry, sheetOfProposal } from '../../../src/views/access/changes/sheet';
import { applyChanges, checkFirst, impossible, noteInWords } from '../../../src/words/changesTab';
import { plainProjectName } from '../../../src/words/names';
import { checkAgainButton, retryButton } from '../../../src/words/outcomes';

type Act =
  | { readonly does: 'types'; readonly text: string }
  | { readonly does: 'picks'; readonly which: (label: string, index: number) => boolean }
  | { readonly does: 'presses'; readonly button: string }
  | { readonly does: 'cancels' }
  | { readonly does: 'hesitates'; readonly until: Promise<void> };

/** A message or question that the person was shown. */
export interface Shown {
  /** `page`: a plan in the Changes tab of the Access page. `result`: what became of it, in the same place. */
  readonly kind: 'input' | 'picker' | 'modal' | 'message' | 'page' | 'result';
  readonly text: string;
  readonly buttons: readonly string[];
  /**
   * Items of a picker: label, description and detail. Separators are in brackets. On the page: each change, with what is
   * said of it.
   */
  readonly rows?: readonly string[];
  /** Labels of the items that were selected when a picker opened, or projects of the changes of a page. */
  readonly ticked?: readonly string[];
  /** Of a result: the outcomes that are not done. */
  readonly failed?: readonly Outcome[];
}

type Message = typeof vscode.window.showInformationMessage;
const messages = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const;

/**
 * A person at the keyboard, for tests in the extension host. Answers input boxes, pickers and modals in the arranged
 * order, and records every message. VS Code refuses modals in tests, so the functions of `window` are replaced during a
 * test. Pickers of `createQuickPick` are real.
 */
export class Person {
  readonly shown: Shown[] = [];
  /** Called with each message, for messages after the end of a command. */
  onTold: ((text: string) => unknown) | undefined;
  /** Called with each question, for questions after the end of a command. */
  onAsked: ((text: string) => unknown) | undefined;
  #acts: Act[] = [];
  #seen: ProposedPlan | undefined;
  #result: Proposal['result'];
  #presses = new Map<string, string>();
  readonly #original = {
    showInputBox: vscode.window.showInputBox,
    showQuickPick: vscode.window.showQuickPick,
    createQuickPick: vscode.window.createQuickPick,
    createInputBox: vscode.window.createInputBox,
    showInformationMessage: vscode.window.showInformationMessage,
    showWarningMessage: vscode.window.showWarningMessage,
    showErrorMessage: vscode.window.showErrorMessage,
  };

  types(text: string): this {
    return this.#will({ does: 'types', text });
  }

  /** Selects the items with the given labels, or those the function accepts, and confirms. */
  picks(which: readonly string[] | ((label: string, index: number) => boolean)): this {
    const chosen = typeof which === 'function' ? which : (label: string) => which.includes(label);
    return this.#will({ does: 'picks', which: chosen });
  }

  presses(button: string): this {
    return this.#will({ does: 'presses', button });
  }

  cancels(): this {
    return this.#will({ does: 'cancels' });
  }

  /** Leaves the next question open. The returned function cancels it. */
  hesitates(): () => void {
    let cancel = (): void => undefined;
    const until = new Promise<void>((resolve) => {
      cancel = resolve;
    });
    this.#will({ does: 'hesitates', until });
    return cancel;
  }

  /**
   * Presses a button in the next message that has it, or below the outcomes on the page. Neither waits, so they have no
   * place in the order.
   */
  willPressInMessage(button: string): this {
    this.#presses.set(button, button);
    return this;
  }

  /** Texts of messages, and what the page says of an applied plan; without questions. */
  get told(): string[] {
    const isTold = ({ kind }: Shown): boolean => kind === 'message' || kind === 'result';
    return this.shown.filter(isTold).map(({ text }) => text);
  }

  /** Looks at the Changes tab of an organization: decides about its plan, once each time that it asks. */
  looksAt(organization: Organization): void {
    const proposal = organization.proposals.current;
    if (!proposal?.plan) return;
    if (proposal.phase === 'open' && proposal.plan !== this.#seen) {
      this.#seen = proposal.plan;
      void this.#decide(organization, proposal, proposal.plan);
    }
    const { result } = proposal;
    if (proposal.phase !== 'over' || !result || result === this.#result) return;
    this.#result = result;
    const offered = new Map<string, () => unknown>();
    if (result.retry) offered.set(retryButton, result.retry.act);
    if (result.checkAgain) offered.set(checkAgainButton, result.checkAgain);
    const buttons = [...offered.keys()];
    // Errors are explained by the extension's own classes, so here they stay what they are.
    const failed = result.outcomes.filter((outcome) => outcome.result !== 'done');
    const names = failed.map(({ step }) => plainProjectName(organization, step.project));
    const text = [result.summary, ...names].join('\n');
    this.shown.push({ kind: 'result', text, buttons, failed });
    this.onTold?.(text);
    const pressed = buttons.find((button) => this.#presses.delete(button));
    if (pressed !== undefined) void offered.get(pressed)?.();
  }

  async #decide(organization: Organization, proposal: Proposal, plan: ProposedPlan): Promise<void> {
    // Whoever asks goes on first, as with a page that has to be drawn.
    await new Promise(setImmediate);
    for (;;) {
      const { entries, title, notes } = atOnce(sheetOfProposal(organization, proposal));
      const selected = new Set(proposal.selected);
      const ticked = entries.filter(({ step }) => step && selected.has(step));
      const rows = entries.map(changeInWords);
      const button = applyChanges(ticked.length);
      const act = this.#next(
        'page',
        [title, ...notes, ...rows].join('\n'),
        ticked.length > 0 ? [button] : [],
        rows,
        ticked.map(({ row }) => row.project),
      );
      if (await isCancelled(act)) return proposal.close();
      if (act.does === 'picks') {
        const chosen = entries.filter(({ row }, index) => act.which(row.project, index));
        for (const isChosen of [true, false]) {
          const some = entries.filter((entry) => chosen.includes(entry) === isChosen);
          proposal.select(
            some.flatMap(({ step }) => step ?? []),
            isChosen,
          );
        }
        continue;
      }
      assert.equal(act.does, 'presses', title);
      assert.equal((act as { button: string }).button, button);
      assert.equal(proposal.plan, plan);
      return proposal.agree();
    }
  }

  sitsDown(): void {
    const window = vscode.window as unknown as Record<string, unknown>;
    window.showInputBox = (options?: vscode.InputBoxOptions) => this.#input(options);
    window.showQuickPick = (items: readonly vscode.QuickPickItem[], options?: vscode.QuickPickOptions) =>
      this.#pick(items, options);
    window.createQuickPick = () => this.#realPicker();
    window.createInputBox = () => this.#realBox();
    for (const name of messages) window[name] = this.#message as unknown as Message;
  }

  /** Restores the window, and returns arranged answers that were never asked for. */
  leaves(): void {
    Object.assign(vscode.window, this.#original);
    const left = this.#acts.map(({ does }) => does);
    this.#acts = [];
    assert.deepEqual(left, [], 'the person was not asked for everything that was arranged');
  }

  #will(act: Act): this {
    this.#acts.push(act);
    return this;
  }

  #next(
    kind: Shown['kind'],
    text: string,
    buttons: readonly string[] = [],
    rows: readonly string[] = [],
    ticked: readonly string[] = [],
  ): Act {
    this.shown.push({ kind, text, buttons, rows, ticked });
    const act = this.#acts.shift();
    assert.ok(act, `nobody expected to be asked “${text}”`);
    this.onAsked?.(text);
    return act;
  }

  async #input(options: vscode.InputBoxOptions = {}): Promise<string | undefined> {
    const act = this.#next('input', [options.title, options.prompt].join(' · '));
    if (await isCancelled(act)) return undefined;
    assert.equal(act.does, 'types', options.title);
    const { text } = act as { text: string };
    const found = await options.validateInput?.(text);
    const severity = typeof found === 'object' ? found?.severity : undefined;
    if (found)
      this.shown.push({
        kind: 'message',
        text: typeof found === 'string' ? found : found.message,
        buttons: [],
      });
    const refused =
      typeof found === 'string' ? found !== '' : severity === vscode.InputBoxValidationSeverity.Error;
    // As in the real box, a refused value cannot be confirmed, so the person cancels.
    return refused ? undefined : text;
  }

  async #pick(
    items: readonly vscode.QuickPickItem[],
    options: vscode.QuickPickOptions = {},
  ): Promise<unknown> {
    const text = `${options.title} · ${items.map(({ label }) => label).join(', ')}`;
    const act = this.#next('picker', text, [], items.map(inWords));
    if (await isCancelled(act)) return undefined;
    assert.equal(act.does, 'picks', options.title);
    const { which } = act as Extract<Act, { does: 'picks' }>;
    const chosen = items.filter(({ label }, index) => which(label, index));
    return options.canPickMany ? chosen : chosen[0];
  }

  #realPicker(): vscode.QuickPick<vscode.QuickPickItem> {
    const picker = this.#original.createQuickPick();
    const show = picker.show.bind(picker);
    picker.show = () => {
      show();
      void this.#answer(picker);
    };
    return picker;
  }

  #realBox(): vscode.InputBox {
    const box = this.#original.createInputBox();
    const show = box.show.bind(box);
    box.show = () => {
      show();
      void this.#fill(box);
    };
    return box;
  }

  async #fill(box: vscode.InputBox): Promise<void> {
    const act = this.#next('input', [box.title, box.prompt].join(' · '));
    if (await isCancelled(act)) return box.hide();
    assert.equal(act.does, 'types', box.title);
    box.value = (act as { text: string }).text;
    const accepted = new Promise((resolve) => box.onDidAccept(resolve));
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await accepted;
    const found = box.validationMessage;
    if (typeof found !== 'object') return;
    // A refused value cannot be confirmed, so the person cancels.
    this.shown.push({ kind: 'message', text: found.message, buttons: [] });
    box.hide();
  }

  async #answer(picker: vscode.QuickPick<vscode.QuickPickItem>): Promise<void> {
    if (!(await loaded(picker))) return;
    const act = this.#next(
      'picker',
      `${picker.title} · ${picker.placeholder}`,
      [],
      picker.items.map(inWords),
      picker.selectedItems.map(({ label }) => label),
    );
    if (await isCancelled(act)) return picker.hide();
    if (act.does === 'types') await this.#search(picker, (act as { text: string }).text);
    else await this.#tick(picker, act);
    // Without a selection, or with a refused one, the picker stays open, so the person cancels.
    picker.hide();
  }

  async #tick(picker: vscode.QuickPick<vscode.QuickPickItem>, act: Act): Promise<void> {
    assert.equal(act.does, 'picks', picker.title);
    const { which } = act as Extract<Act, { does: 'picks' }>;
    const chosen = picker.items.filter(({ label }, index) => which(label, index));
    if (chosen.length > 0) await selected(picker, chosen);
    await accepted(picker);
  }

  /** Types into the search of a picker, records its response, and presses Enter. */
  async #search(picker: vscode.QuickPick<vscode.QuickPickItem>, text: string): Promise<void> {
    const taken = new Promise((resolve) => picker.onDidChangeValue(resolve));
    picker.value = text;
    await taken;
    for (const item of picker.items.filter(({ alwaysShow }) => alwaysShow))
      this.shown.push({ kind: 'message', text: inWords(item), buttons: [] });
    await accepted(picker);
  }

  readonly #message = async (text: string, ...rest: unknown[]): Promise<string | undefined> => {
    const options = rest.find((each): each is vscode.MessageOptions => typeof each === 'object');
    const buttons = rest.filter((each): each is string => typeof each === 'string');
    if (!options?.modal) {
      this.shown.push({ kind: 'message', text, buttons });
      this.onTold?.(text);
      const pressed = buttons.find((button) => this.#presses.has(button));
      if (pressed) this.#presses.delete(pressed);
      return pressed;
    }
    const act = this.#next('modal', `${text}\n${options.detail ?? ''}`, buttons);
    if (await isCancelled(act)) return undefined;
    assert.equal(act.does, 'presses', text);
    const { button } = act as { button: string };
    assert.ok(buttons.includes(button), `“${text}” has the buttons ${buttons.join(', ')}, not ${button}`);
    return button;
  };
}

/** Resolves to whether the person cancels a question. */
async function isCancelled(act: Act): Promise<boolean> {
  if (act.does === 'hesitates') await act.until;
  return act.does === 'cancels' || act.does === 'hesitates';
}

/**
 * Resolves to whether the picker is still open when it stops being busy. The extension sets `busy`, so the setter is
 * observed.
 */
function loaded(picker: vscode.QuickPick<vscode.QuickPickItem>): Promise<boolean> {
  if (!picker.busy) return Promise.resolve(true);
  const busy = setterOf(picker, 'busy');
  return new Promise((resolve) => {
    picker.onDidHide(() => resolve(false));
    Object.defineProperty(picker, 'busy', {
      configurable: true,
      get: () => busy.get?.call(picker),
      set: (value: boolean) => {
        busy.set?.call(picker, value);
        if (!value) setImmediate(resolve, true);
      },
    });
  });
}

/** A change on the page, as its row says it. */
function changeInWords({ row }: SheetEntry): string {
  const { action, project, checkpoint, permission, obstacle, isImpossible, note, reason } = row;
  const said = obstacle && (isImpossible ? impossible(obstacle) : checkFirst(obstacle));
  return [action, project, checkpoint, permission, reason, note && noteInWords(action, note), said]
    .filter(Boolean)
    .join(' · ');
}

function inWords({ label, description, detail, kind }: vscode.QuickPickItem): string {
  if (kind === vscode.QuickPickItemKind.Separator) return `[${label}]`;
  return [label, description, detail].filter(Boolean).join(' · ');
}

/** Presses Enter. */
async function accepted(picker: vscode.QuickPick<vscode.QuickPickItem>): Promise<void> {
  const heard = new Promise((resolve) => picker.onDidAccept(resolve));
  await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  await heard;
}

/** Selects items, and resolves when the window has reported the selection. */
function selected(
  picker: vscode.QuickPick<vscode.QuickPickItem>,
  items: readonly vscode.QuickPickItem[],
): Promise<void> {
  return new Promise((resolve) => {
    picker.onDidChangeSelection((now) => {
      if (now.length === items.length) resolve();
    });
    picker.selectedItems = items;
  });
}

function setterOf(object: object, name: string): PropertyDescriptor {
  for (let at: object | null = object; at; at = Object.getPrototypeOf(at) as object | null) {
    const found = Object.getOwnPropertyDescriptor(at, name);
    if (found?.set) return found;
  }
  throw new Error(`There is no ${name} to set.`);
}

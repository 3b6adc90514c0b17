import './explain.css';
import {
  type ExplainAction,
  type ExplainedGate,
  type ExplainRequest,
  parseExplainUpdate,
  type ShownExplanation,
} from '../../../protocol/explain';
import { asObject } from '../../../protocol/validators';
import { waitOf } from '../../../protocol/wait';
import { metadata } from '../../../text/lists';
import { steadyNow } from '../../../text/steadyClock';
import {
  explainedPair,
  gateActionsInWords,
  loadExplanation,
  loadExplanationAgain,
  loadGateAgain,
  ofGate,
  explainTab as words,
} from '../../../words/explainTab';
import { inTabs } from '../../../words/tabs';
import { commandTitles } from '../../../words/titles';
import { waitInWords } from '../../../words/waiting';
import { button, element, group, needsHost, setText } from '../element';
import type { PageTab, TabContext } from '../tab';

/** What a reload of the window keeps: which access was explained. */
export interface ExplainState {
  readonly project?: string;
  readonly checkpoint?: string;
}

function parseExplainState(value: unknown): ExplainState {
  const { project, checkpoint } = asObject(value);
  return typeof project === 'string' && typeof checkpoint === 'string' ? { project, checkpoint } : {};
}

/** The marks of gates and verdicts: told apart by their form, too. */
const marks = {
  open: 'm3.5 8.5 3 3 6-7',
  closed: 'm4 4 8 8m0-8-8 8',
  unknown: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.3C8.3 8.7 8 9.1 8 10m0 2v1',
} as const;

/** Makes a mark. Its element must be named by a text beside it. */
function markOf(state: keyof typeof marks): SVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'mark');
  svg.dataset.state = state;
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', marks[state]);
  svg.append(path);
  return svg;
}

const markOfVerdict = { can: 'open', cannot: 'closed', unknown: 'unknown' } as const;

export function createExplainTab(context: TabContext): PageTab {
  return new ExplainTab(context);
}

/** The Explain tab: why one project can, or can't, use one checkpoint. */
class ExplainTab implements PageTab {
  readonly id = 'explain';
  readonly isSearchable = false;
  readonly element = element('div', 'explain');
  #shown: ShownExplanation | undefined;
  /** The page was restored, and showed this before. */
  #restored: ExplainState = {};
  #isShown = false;
  /** The keyboard goes to the tab once there is something to show. */
  #wantsFocus = false;
  #spoken = '';
  /** When the last update came, by this page's clock. */
  #at = 0;
  #countDown: ReturnType<typeof setInterval> | undefined;
  readonly #gates = new Map<string, { readonly item: HTMLElement; readonly drawn: string }>();

  readonly #heading = element('h2', 'pair');
  readonly #ids = element('p', 'ids');
  readonly #load: HTMLButtonElement;
  readonly #loadAgain: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  readonly #choose: HTMLButtonElement;
  readonly #copy: HTMLButtonElement;
  readonly #start: HTMLButtonElement;
  readonly #status = element('span', 'status');
  readonly #heard = element('p', 'heard');
  readonly #verdict = element('div', 'verdict');
  readonly #line = element('strong', 'verdict-line');
  readonly #reasons = element('p', 'reasons');
  readonly #warnings = element('div', 'warnings');
  readonly #list = element('ol', 'gates');
  readonly #whole: HTMLElement;
  readonly #empty: HTMLElement;

  constructor(private readonly context: TabContext) {
    this.#load = this.#hostButton('', () => this.#send({ type: 'load' }), 'primary');
    this.#loadAgain = this.#hostButton('', () => this.#send({ type: 'loadAgain' }));
    this.#stop = this.#hostButton(inTabs.stop, () => this.#send({ type: 'stop' }));
    this.#choose = this.#hostButton(words.choose, () => this.#send({ type: 'choose' }));
    this.#copy = this.#hostButton(words.copy, () => this.#send({ type: 'copy' }));
    this.#start = this.#hostButton(
      commandTitles.explainAccess,
      () => this.#send({ type: 'choose' }),
      'primary',
    );
    this.#heading.tabIndex = -1;
    this.#list.setAttribute('aria-label', words.gates);
    this.#verdict.setAttribute('role', 'group');
    this.#verdict.setAttribute('aria-label', words.verdict);
    this.#verdict.append(this.#line);
    const about = element('p', 'empty');
    setText(about, words.empty);
    const title = element('h2', '');
    setText(title, words.heading);
    this.#empty = element('div', 'nothing', title, about, element('div', 'bar', this.#start));
    this.#whole = element(
      'div',
      'whole',
      this.#heading,
      this.#ids,
      group(
        'bar',
        words.actions,
        this.#load,
        this.#loadAgain,
        this.#stop,
        this.#choose,
        this.#copy,
        this.#status,
      ),
      this.#heard,
      this.#verdict,
      this.#reasons,
      this.#warnings,
      this.#list,
    );
    this.element.append(this.#empty, this.#whole);
    this.#draw();
    // Ages in the sentences change without anything else.
    setInterval(() => {
      if (this.#isShown && this.#shown && context.isAnswering) this.#send({ type: 'again' });
    }, 60_000);
  }

  show(): void {
    this.#isShown = true;
  }

  hide(): void {
    this.#isShown = false;
    this.#wantsFocus = false;
  }

  focus(): void {
    this.#wantsFocus = this.#shown === undefined;
    (this.#shown ? this.#heading : this.#start).focus();
  }

  receive(message: unknown): void {
    const update = parseExplainUpdate(message);
    if (!update) return;
    this.#at = steadyNow();
    const { project, checkpoint } = this.#restored;
    if (update.shown) this.#restored = {};
    else if (project !== undefined && checkpoint !== undefined)
      this.#send({ type: 'restore', project, checkpoint });
    const before = this.#shown;
    this.#shown = update.shown;
    this.#draw();
    this.#announce();
    if (update.shown?.project !== before?.project || update.shown?.checkpoint !== before?.checkpoint)
      this.context.saveState();
    if (this.#wantsFocus && this.#isShown && this.#shown) this.focus();
  }

  search(): void {
    // There is nothing to search: the page hides its search while this tab is selected.
  }

  state(): ExplainState {
    if (!this.#shown) return this.#restored;
    const { project, checkpoint } = this.#shown;
    return { project, checkpoint };
  }

  restore(state: unknown): void {
    this.#restored = parseExplainState(state);
  }

  #send(request: ExplainRequest): void {
    this.context.send(request);
  }

  #hostButton(text: string, act: () => void, className = ''): HTMLButtonElement {
    return needsHost(button(text, act, className), this.context.isAnswering);
  }

  #draw(): void {
    const shown = this.#shown;
    this.#whole.hidden = !shown;
    this.#empty.hidden = shown !== undefined;
    clearInterval(this.#countDown);
    if (!shown) return;
    setText(this.#heading, explainedPair(shown.projectName, shown.checkpointName));
    setText(this.#ids, metadata(shown.project, shown.checkpoint));
    this.#drawButtons(shown);
    setText(this.#heard, shown.heard);
    this.#heard.hidden = shown.heard === '';
    const state = markOfVerdict[shown.verdict];
    if (this.#verdict.dataset.state !== state) {
      this.#verdict.dataset.state = state;
      this.#verdict.querySelector('svg')?.remove();
      this.#verdict.prepend(markOf(state));
    }
    setText(this.#line, shown.line);
    setText(this.#reasons, shown.reasons);
    this.#reasons.hidden = shown.reasons === '';
    this.#drawWarnings(shown.warnings);
    this.#drawGates(shown.gates);
    const tell = (): void => setText(this.#status, this.#statusOf(shown));
    tell();
    if (shown.wait) this.#countDown = setInterval(tell, 1000);
  }

  #drawButtons({ isLoading, requests, requestsAgain, hasLoaded }: ShownExplanation): void {
    const hadFocus = [this.#load, this.#loadAgain, this.#stop].includes(
      document.activeElement as HTMLButtonElement,
    );
    setText(this.#load, loadExplanation(requests));
    setText(this.#loadAgain, loadExplanationAgain(requestsAgain));
    this.#load.hidden = isLoading || requests === 0;
    this.#loadAgain.hidden = isLoading || !hasLoaded || requests >= requestsAgain;
    this.#stop.hidden = !isLoading;
    // The keyboard stays in the row of buttons when the one that was pressed goes.
    if (hadFocus && (document.activeElement === document.body || !isInSight(document.activeElement)))
      [this.#stop, this.#load, this.#loadAgain, this.#choose].find((each) => !each.hidden)?.focus();
  }

  #statusOf({ isLoading, isStopped, hasLoaded, wait }: ShownExplanation): string {
    const now = steadyNow();
    if (wait) {
      const waiting = waitOf(wait, this.#at);
      if (waiting.until > now) return waitInWords(waiting, now);
    }
    if (isLoading) return words.loading;
    if (isStopped) return words.stopped;
    return hasLoaded ? '' : words.notSent;
  }

  #drawWarnings(warnings: readonly string[]): void {
    if (warnings.join('\n') === this.#warnings.dataset.drawn) return;
    this.#warnings.dataset.drawn = warnings.join('\n');
    this.#warnings.replaceChildren(
      ...warnings.map((warning) => {
        const line = element('p', 'note');
        setText(line, warning);
        return line;
      }),
    );
  }

  /** Draws the gates that changed, so that the keyboard stays where it is. */
  #drawGates(gates: readonly ExplainedGate[]): void {
    for (const gate of gates) {
      const before = this.#gates.get(gate.kind);
      const drawn = JSON.stringify(gate);
      if (before?.drawn === drawn) continue;
      const focused = before?.item.contains(document.activeElement)
        ? (document.activeElement as HTMLElement).dataset.act
        : undefined;
      const item = this.#gateItem(gate);
      this.#gates.set(gate.kind, { item, drawn });
      if (before) before.item.replaceWith(item);
      else this.#list.append(item);
      if (focused === undefined) continue;
      const same = [...item.querySelectorAll('button')].find(({ dataset }) => dataset.act === focused);
      (same ?? this.#heading).focus();
    }
  }

  #gateItem(gate: ExplainedGate): HTMLElement {
    const title = element('h3', 'title');
    setText(title, gate.title);
    const stateText = element('span', 'state');
    setText(stateText, gate.stateText);
    const item = element('li', 'gate', element('div', 'gate-head', title, stateText));
    stateText.before(markOf(gate.state));
    item.dataset.gate = gate.kind;
    item.dataset.state = gate.state;
    const paragraph = (className: string, text: string): void => {
      if (text === '') return;
      const made = element('p', className);
      setText(made, text);
      item.append(made);
    };
    paragraph('evidence', gate.evidence);
    paragraph('source', gate.source);
    paragraph('advice', gate.advice);
    paragraph('detail-text', gate.detail ?? '');
    const buttons = gate.actions.map((action) => this.#actionButton(action, gate));
    const { kind } = gate;
    if (gate.canLoadAgain && kind !== 'shutdown') {
      const again = this.#hostButton(loadGateAgain, () => this.#send({ type: 'loadGate', gate: kind }));
      again.setAttribute('aria-label', ofGate(loadGateAgain, gate.title));
      again.dataset.act = 'again';
      buttons.push(again);
    }
    if (buttons.length > 0) item.append(element('div', 'acts', ...buttons));
    return item;
  }

  #actionButton(action: ExplainAction, { kind, state }: ExplainedGate): HTMLButtonElement {
    const isMain = action === 'grant' && kind === 'permission' && state === 'closed';
    const made = this.#hostButton(
      gateActionsInWords[action],
      () => this.#send({ type: action }),
      isMain ? 'primary' : '',
    );
    made.dataset.act = action;
    return made;
  }

  /** Says the verdict once it is settled and another one. */
  #announce(): void {
    const shown = this.#shown;
    if (!shown || shown.isLoading || !this.#isShown) return;
    if (shown.line === this.#spoken) return;
    this.#spoken = shown.line;
    this.context.announce([shown.line, ...shown.warnings].join(' '));
  }
}

function isInSight(target: Element | null): boolean {
  return target instanceof HTMLElement && !target.hidden;
}

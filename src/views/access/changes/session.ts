import type { Organization } from '../../../access/organization';
import { unknownOwnersIn } from '../../../access/plan/checkNow';
import { costOf } from '../../../access/plan/cost';
import type { Plan } from '../../../access/plan/plan';
import type { Proposal } from '../../../access/plan/proposals';
import { inSlices, type Steps } from '../../../access/slices';
import {
  type ActivityMessage,
  type ChangesRequest,
  type ChangesUpdate,
  parseChangesRequest,
  type SheetFoot,
  type StatusEntry,
} from '../../../protocol/changes';
import { waitMessage } from '../../../protocol/wait';
import { plainText } from '../../../text/plainText';
import { steadyNow } from '../../../text/steadyClock';
import { costInWords, ownersUnknownInPlan } from '../../../words/plan';
import type { TabDependencies, TabSession } from '../tabSession';
import {
  type Sheet,
  type SheetEntry,
  sheetOfProposal,
  sheetOfStaged,
  statusOfMark,
  statusOfOutcome,
} from './sheet';

/** The rows in one update. More wait for the next one, because they would block the host. */
const mostRows = 2000;

/** A proposal, and its plan. */
interface Shown {
  readonly proposal: Proposal;
  readonly plan: Proposal['plan'];
}

/** The controller of the Changes tab: the staged changes, or the plan that is proposed. Sends no request by itself. */
export class ChangesSession implements TabSession {
  readonly #organization: Organization;
  readonly #unsubscribe: (() => void)[];
  /** The number of the sheet that was sent last. */
  #number = 0;
  #sheet: Sheet = { kind: 'staged', title: '', notes: [], entries: [] };
  /** The proposal and its plan that the sheet shows. */
  #shown: Shown | undefined;
  /** Names of staged changes that are not selected. */
  readonly #clearedStaged = new Set<string>();
  /** The statuses that were sent, to send those that changed. */
  #statuses = new Map<number, string>();
  /** Whether a page is there to receive updates. */
  #isReady = false;
  #isVisible = false;
  /** What is shown has changed since it was sent, or since the sheet that is being made was begun. */
  #isOld = true;
  /** The sheet that is being made. */
  #making: { readonly of: Shown | undefined; readonly stop: AbortController } | undefined;
  #isApplyingStaged = false;
  #cancelUpdate: (() => void) | undefined;

  constructor(
    private readonly dependencies: Pick<
      TabDependencies<ChangesUpdate>,
      'organization' | 'post' | 'schedule' | 'actions'
    >,
  ) {
    const { organization } = dependencies;
    this.#organization = organization;
    const { catalog, permissions, projects, owners, staged, proposals } = organization;
    const onData = (): void => this.#queue(true);
    this.#unsubscribe = [
      catalog.onDidChange(onData),
      permissions.onDidChange(onData),
      projects.onDidChange(onData),
      owners.onDidChange(onData),
      staged.onDidChange(onData),
      proposals.onDidChange(() => this.#queue(false)),
      // Whether access has an effect.
      organization.gates.policies.onDidChange(onData),
      organization.gates.states.onDidChange(onData),
    ];
  }

  sendAll(): void {
    this.#isReady = true;
    this.#isOld = true;
    // A new page has no sheet, so what is on its way to the one before is not for it.
    this.#stopMaking();
    this.#number += 1;
    this.#send();
  }

  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return;
    this.#isVisible = isVisible;
    if (!isVisible) this.#stopMaking();
    this.#organization.proposals.isInSight = isVisible;
    if (isVisible && this.#isReady) this.#send();
  }

  dispose(): void {
    this.#cancelUpdate?.();
    this.#stopMaking();
    // No more rows are sent.
    this.#number += 1;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  receive(value: unknown): void {
    const message = parseChangesRequest(value);
    // The person saw another sheet, so what they meant is unknown.
    if (message && message.sheet === this.#number) this.#handle(message);
  }

  #handle(message: ChangesRequest): void {
    const { proposals, staged } = this.#organization;
    const proposal = this.#shown?.proposal;
    switch (message.type) {
      case 'select':
        this.#select(message.keys, message.isSelected);
        break;
      case 'apply':
        // A plan that was made again, or a selection that is still on its way, is not what the person saw.
        if (!this.#isOf(this.#shown) || this.#selected.length !== message.changes) this.#sendSoon();
        else if (proposal) proposal.agree();
        else void this.#applyStaged();
        break;
      case 'discard':
        if (!proposal) staged.unstage(this.#entriesOf(message.keys).flatMap(({ change }) => change ?? []));
        break;
      case 'cancel':
        if (!proposal?.isUndecided) break;
        if (proposal.phase === 'checking') proposals.stop();
        proposal.close();
        break;
      case 'close':
        if (proposal?.phase === 'over') proposal.close();
        break;
      case 'stop':
        proposals.stop();
        break;
      case 'retry':
        if (proposal?.phase === 'over') void proposal.result?.retry?.act();
        break;
      case 'checkAgain':
        if (proposal?.phase === 'over') void proposal.result?.checkAgain?.();
        break;
      case 'undo':
        if (proposal && isUndoable(proposal))
          void this.dependencies.actions.undoPlan(proposal.result?.records ?? []);
    }
  }

  #select(keys: readonly number[], isSelected: boolean): void {
    const entries = this.#entriesOf(keys).filter(({ row }) => !row.isImpossible);
    const proposal = this.#shown?.proposal;
    if (proposal) {
      proposal.select(
        entries.flatMap(({ step }) => step ?? []),
        isSelected,
      );
      return;
    }
    for (const { name } of entries) {
      if (isSelected) this.#clearedStaged.delete(name);
      else this.#clearedStaged.add(name);
    }
    this.#sendSoon();
  }

  async #applyStaged(): Promise<void> {
    const { proposals } = this.#organization;
    const selected = this.#selected;
    if (this.#isApplyingStaged || proposals.current || selected.length === 0) return;
    const changes = [...new Set(selected.flatMap(({ change }) => change ?? []))];
    const steps = selected.flatMap(({ step }) => step ?? []);
    const warnings = selected.flatMap(({ obstacles }) => obstacles);
    this.#isApplyingStaged = true;
    this.#sendSoon();
    await this.dependencies.actions.applyStaged(changes, { plan: { steps }, warnings }).finally(() => {
      this.#isApplyingStaged = false;
      this.#sendSoon();
    });
  }

  #entriesOf(keys: readonly number[]): SheetEntry[] {
    return keys.flatMap((key) => this.#sheet.entries[key] ?? []);
  }

  /** The entries that are to be applied. */
  get #selected(): readonly SheetEntry[] {
    return this.#sheet.entries.filter((entry) => this.#isSelected(entry));
  }

  #isSelected({ row, name, step }: SheetEntry): boolean {
    if (row.isImpossible) return false;
    const proposal = this.#shown?.proposal;
    return proposal ? step !== undefined && proposal.isSelected(step) : !this.#clearedStaged.has(name);
  }

  /** `isData`: what the staged changes are listed from has changed. */
  #queue(isData: boolean): void {
    const proposal = this.#proposal;
    // A proposal stays as it was made.
    if (!this.#isOf(this.#making ? this.#making.of : this.#shown) || (isData && !proposal))
      this.#isOld = true;
    this.#sendSoon();
  }

  /** The proposal that is to be shown, if its plan was made. */
  get #proposal(): Proposal | undefined {
    const { current } = this.#organization.proposals;
    return current?.plan ? current : undefined;
  }

  /** Whether what is to be shown is this. */
  #isOf(shown: Shown | undefined): boolean {
    const proposal = this.#proposal;
    return proposal === shown?.proposal && proposal?.plan === shown?.plan;
  }

  #sendSoon(): void {
    if (!this.#isReady) return;
    this.#cancelUpdate ??= this.dependencies.schedule(() => this.#send());
  }

  /** Sends what has changed; while the tab is not visible, or a new sheet is being made, the numbers only. */
  #send(): void {
    this.#cancelUpdate?.();
    this.#cancelUpdate = undefined;
    // One of something else is no longer wanted. One of older data is shown, and then the next one is made.
    if (this.#making && !this.#isOf(this.#making.of)) this.#stopMaking();
    if (this.#isVisible && this.#isOld && !this.#making) void this.#make();
    else this.#post(this.#isVisible && !this.#making ? this.#changes() : {});
  }

  #post(parts: Omit<ChangesUpdate, 'type' | 'sheet' | 'count' | 'staged'>): void {
    const { staged } = this.#organization;
    const plan = this.#proposal?.plan?.checked;
    const count = plan ? plan.plan.steps.length + plan.impossible.length : staged.size;
    this.dependencies.post({
      type: 'changes',
      sheet: this.#number,
      count,
      staged: staged.size,
      ...parts,
    });
  }

  #stopMaking(): void {
    if (!this.#making) return;
    this.#making.stop.abort();
    this.#making = undefined;
    this.#isOld = true;
  }

  /** Makes a new sheet in slices, so that nobody waits for it, and shows it. */
  async #make(): Promise<void> {
    const proposal = this.#proposal;
    const stop = new AbortController();
    const making = { of: proposal && { proposal, plan: proposal.plan }, stop };
    this.#making = making;
    this.#isOld = false;
    try {
      await inSlices(this.#steps(making.of), stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    } finally {
      if (this.#making === making) this.#making = undefined;
    }
  }

  *#steps(shown: Shown | undefined): Steps<void> {
    const sheet = yield* shown
      ? sheetOfProposal(this.#organization, shown.proposal)
      : sheetOfStaged(this.#organization);
    this.#making = undefined;
    this.#begin(shown, sheet);
  }

  /** Begins a new sheet. */
  #begin(shown: Shown | undefined, sheet: Sheet): void {
    this.#shown = shown;
    this.#sheet = sheet;
    this.#forgetCleared();
    this.#number += 1;
    this.#statuses = new Map();
    const { kind, title, notes, entries } = sheet;
    const rows = entries.map(({ row }) => row);
    this.#post({
      head: { kind, title, notes, rows: rows.length },
      rows: rows.slice(0, mostRows),
      ...this.#changes(),
    });
    this.#postRows(rows.slice(mostRows));
    if (this.#isOld) this.#sendSoon();
  }

  /** Sends the rest of the rows, a part after each delay. */
  #postRows(rows: ChangesUpdate['rows'] & object): void {
    if (rows.length === 0) return;
    const number = this.#number;
    this.dependencies.schedule(() => {
      if (number !== this.#number) return;
      this.#post({ rows: rows.slice(0, mostRows) });
      this.#postRows(rows.slice(mostRows));
    });
  }

  /** What is no longer staged is selected when it is staged again. */
  #forgetCleared(): void {
    if (this.#sheet.kind !== 'staged') return;
    const names = new Set(this.#sheet.entries.map(({ name }) => name));
    for (const name of this.#clearedStaged) if (!names.has(name)) this.#clearedStaged.delete(name);
  }

  #changes(): Pick<ChangesUpdate, 'cleared' | 'statuses' | 'foot' | 'activity'> {
    const selected = this.#selected;
    const keys = new Set(selected.map(({ row }) => row.key));
    const statuses = this.#changedStatuses();
    return {
      cleared: this.#sheet.entries.flatMap(({ row }) => (keys.has(row.key) ? [] : [row.key])),
      ...(statuses.length > 0 && { statuses }),
      foot: this.#foot(selected),
      activity: this.#activity(),
    };
  }

  #changedStatuses(): StatusEntry[] {
    const proposal = this.#shown?.proposal;
    if (!proposal || proposal.isUndecided) return [];
    const outcomes = new Map(proposal.result?.outcomes.map((outcome) => [outcome.step, outcome]));
    return this.#sheet.entries.flatMap(({ row, step }): StatusEntry[] => {
      if (!step || row.isImpossible || !proposal.isSelected(step)) return [];
      const mark = proposal.marks.get(step);
      const outcome = outcomes.get(step);
      const [status, reason] =
        mark || !outcome ? ([statusOfMark(mark), ''] as const) : statusOfOutcome(this.#organization, outcome);
      const told = `${status} ${reason}`;
      if (this.#statuses.get(row.key) === told) return [];
      this.#statuses.set(row.key, told);
      return [[row.key, status, reason]];
    });
  }

  #foot(selected: readonly SheetEntry[]): SheetFoot {
    const proposal = this.#shown?.proposal;
    const result = proposal?.result;
    const phase = this.#isApplyingStaged && !proposal ? 'checking' : (proposal?.phase ?? 'open');
    const steps = selected.flatMap(({ step }) => step ?? []);
    return {
      phase: phase === 'closed' ? 'checking' : phase,
      selected: selected.length,
      notes: phase === 'over' ? [] : this.#notesOf({ steps }),
      summary: plainText(result?.summary ?? '', 2000),
      retry: result?.retry?.changes ?? 0,
      canCheckAgain: result?.checkAgain !== undefined,
      canUndo: proposal !== undefined && isUndoable(proposal),
    };
  }

  #notesOf(plan: Plan): string[] {
    if (plan.steps.length === 0) return [];
    const { permissions } = this.#organization;
    const known = (checkpoint: string): number =>
      permissions.snapshot(checkpoint).listing?.permissions.length ?? 0;
    const unknown = unknownOwnersIn(this.#organization, plan);
    return [...(unknown > 0 ? [ownersUnknownInPlan(unknown)] : []), costInWords(costOf(plan, known))];
  }

  #activity(): ActivityMessage {
    const { activity } = this.#organization.proposals;
    if (!activity) return { title: '', message: '' };
    const { title, message } = activity;
    const wait = activity.wait && waitMessage<'rate-limit' | 'retry' | 'list'>(activity.wait, steadyNow());
    return { title: plainText(title), message: plainText(message), ...(wait && { wait }) };
  }
}

/** Whether anything was changed that an undo could take back. */
function isUndoable({ phase, result }: Proposal): boolean {
  if (phase !== 'over' || !result) return false;
  return result.outcomes.some((outcome) => outcome.result === 'done' && outcome.by !== 'others');
}

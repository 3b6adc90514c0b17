import { Emitter, type Unsubscribe } from '../emitter';
import type { Wait } from '../matrix/cell';
import type { CheckedPlan } from './obstacles';
import type { Outcome } from './outcome';
import { keepSteps, keyOf, type Plan, type Step } from './plan';
import type { Recorder } from './recorder';

/** A checked plan, as a person is asked about it. */
export interface ProposedPlan {
  /** What it is, in one line: what made it and what it does. */
  readonly title: string;
  /** Paragraphs about the plan as a whole. */
  readonly notes: readonly string[];
  readonly checked: CheckedPlan;
  /** Steps that may take back what others did. */
  readonly perhapsUs: readonly Step[];
  /** Keys of the steps that are not selected at first. */
  readonly cleared: ReadonlySet<string>;
  /** Why a step is made, in words, by its key; absent where the title says it. */
  readonly reasons?: ReadonlyMap<string, string>;
}

/**
 * - `open`: a person decides.
 * - `checking`: it was agreed to, and what it was made from is loaded again.
 * - `applying`: its requests are sent, or what became of them is looked for again.
 * - `over`: each step has an outcome.
 * - `closed`: it is not shown any more. Nothing more is sent for it.
 */
export type ProposalPhase = 'open' | 'checking' | 'applying' | 'over' | 'closed';

/** What is known of a step while its plan is applied: its request is under way, or was answered. */
export type StepMark = 'sending' | 'answered';

/** How an applied plan ended, with what can be done about it. */
export interface ProposalResult {
  /** Of all steps that were to be applied. */
  readonly outcomes: readonly Outcome[];
  /** The outcome in short, in words. */
  readonly summary: string;
  /** The IDs of the records, with which the changes can be undone: each retry has one of its own. */
  readonly records: readonly string[];
  /** Sends what failed once more; absent when nothing can be. `changes`: how many. */
  readonly retry?: { readonly changes: number; readonly act: () => Promise<void> };
  /** Looks for accepted changes that no list has shown; absent when there are none. */
  readonly checkAgain?: () => Promise<void>;
}

/** A plan that is shown on the page of its organization, from the question to the outcome of each step. */
export class Proposal {
  #phase: ProposalPhase = 'closed';
  #plan: ProposedPlan | undefined;
  #cleared = new Set<string>();
  #resolve: ((agreed: Plan | undefined) => void) | undefined;
  #applied: ReadonlySet<Step> = new Set();
  readonly #marks = new Map<Step, StepMark>();
  #result: ProposalResult | undefined;

  /** `onChange` is called after each change of what this object returns. */
  constructor(private readonly onChange: () => void) {}

  get phase(): ProposalPhase {
    return this.#phase;
  }

  /** Undefined before the plan was made. */
  get plan(): ProposedPlan | undefined {
    return this.#plan;
  }

  /** The steps that are to be applied: while it is open, those that are selected. */
  get selected(): readonly Step[] {
    const steps = this.#plan?.checked.plan.steps ?? [];
    return steps.filter((step) => this.isSelected(step));
  }

  /** Whether a step is to be applied, was, or could be. */
  isSelected(step: Step): boolean {
    return this.#phase === 'applying' || this.#phase === 'over'
      ? this.#applied.has(step)
      : !this.#cleared.has(keyOf(step));
  }

  /** The marks of the steps that are being applied. */
  get marks(): ReadonlyMap<Step, StepMark> {
    return this.#marks;
  }

  /** How it ended, so far. */
  get result(): ProposalResult | undefined {
    return this.#result;
  }

  /** Whether an answer of a person is waited for, or what was agreed to is checked. Such a proposal can be given up. */
  get isUndecided(): boolean {
    return this.#phase === 'open' || this.#phase === 'checking';
  }

  /** Asks about a plan. Resolves to the plan of the selected steps, or to undefined when it was canceled. */
  ask(plan: ProposedPlan): Promise<Plan | undefined> {
    this.show(plan);
    this.#phase = 'open';
    const answer = new Promise<Plan | undefined>((resolve) => {
      this.#resolve = resolve;
    });
    this.onChange();
    return answer;
  }

  /** Shows a plan that a person has agreed to already. */
  show(plan: ProposedPlan): void {
    this.#plan = plan;
    this.#cleared = new Set(plan.cleared);
    this.#phase = 'checking';
    this.onChange();
  }

  /** Selects or clears steps. Nothing happens while it is not open. */
  select(steps: readonly Step[], isSelected: boolean): void {
    if (this.#phase !== 'open') return;
    for (const step of steps) {
      if (isSelected) this.#cleared.delete(keyOf(step));
      else this.#cleared.add(keyOf(step));
    }
    this.onChange();
  }

  /** The person agrees to the selected steps. Nothing happens when there are none. */
  agree(): void {
    const { selected } = this;
    if (this.#phase !== 'open' || !this.#plan || selected.length === 0) return;
    const kept = new Set(selected);
    this.#phase = 'checking';
    this.#answer(keepSteps(this.#plan.checked.plan, (step) => kept.has(step)));
  }

  /** Closes it: whoever asked is told that nobody agreed. Nothing happens while it is applied. */
  close(): void {
    if (this.#phase === 'applying' || this.#phase === 'closed') return;
    this.#phase = 'closed';
    this.#answer(undefined);
  }

  /**
   * Applying begins, of the steps that were agreed to, or of some of them once more. Returns false when it was closed
   * meanwhile: then nothing may be sent.
   */
  begin(steps: readonly Step[]): boolean {
    if (this.#phase === 'closed') return false;
    if (!this.#result) this.#applied = new Set(steps);
    this.#phase = 'applying';
    this.#marks.clear();
    this.onChange();
    return true;
  }

  /** A recorder that marks the steps, too. */
  marking(recorder: Recorder): Recorder {
    const mark = (steps: readonly Step[], as: StepMark): void => {
      for (const step of steps) this.#marks.set(step, as);
      this.onChange();
    };
    return {
      sending: (steps, known) => {
        mark(steps, 'sending');
        return recorder.sending(steps, known);
      },
      answered: (steps, answer) => {
        mark(steps, 'answered');
        return recorder.answered(steps, answer);
      },
      judged: (outcomes) => recorder.judged(outcomes),
    };
  }

  /** Each step has an outcome. */
  end(result: ProposalResult): void {
    this.#result = result;
    this.#phase = 'over';
    this.#marks.clear();
    this.onChange();
  }

  /** Nothing more comes of it: the outcomes are those of before, and without any it is closed. */
  giveUp(): void {
    if (this.#phase === 'closed' || this.#phase === 'over') return;
    this.#phase = this.#result ? 'over' : 'closed';
    this.#marks.clear();
    this.#answer(undefined);
  }

  #answer(agreed: Plan | undefined): void {
    const resolve = this.#resolve;
    this.#resolve = undefined;
    this.onChange();
    resolve?.(agreed);
  }
}

/** What is being done for the changes, as its page shows it. */
export interface Activity {
  readonly title: string;
  /** What is being done at the moment, in words; empty when nothing is said. */
  readonly message: string;
  /** A wait, in place of the message. `until` by the steady clock. */
  readonly wait?: ActivityWait;
}

export type ActivityWait = Wait | { readonly reason: 'list'; readonly until: number };

/**
 * The plans that are shown on the page of an organization, one at a time. A proposal is never mixed with the staged
 * changes: it may revoke exact permissions.
 */
export class Proposals {
  readonly #changed = new Emitter<void>();
  #current: Proposal | undefined;
  #activity: Activity | undefined;
  #cancelActivity: (() => void) | undefined;
  #isInSight = false;

  /** Notifies of each change: of the proposal, of what is being done, and of whether it is in sight. */
  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** The proposal that is shown. One that was applied stays until it is closed, or another one comes. */
  get current(): Proposal | undefined {
    return this.#current;
  }

  /**
   * Begins a proposal in place of the current one, which is closed. Undefined while one is being applied: its outcomes
   * must not disappear.
   */
  begin(): Proposal | undefined {
    if (this.#current?.phase === 'applying') return undefined;
    this.#current?.close();
    const proposal = new Proposal(() => this.#onProposal(proposal));
    this.#current = proposal;
    return proposal;
  }

  get activity(): Activity | undefined {
    return this.#activity;
  }

  /** Shows what is being done; undefined when it is done. `cancel` stops it. */
  setActivity(activity: Activity | undefined, cancel?: () => void): void {
    this.#activity = activity;
    this.#cancelActivity = activity && cancel;
    this.#changed.emit();
  }

  /** Stops what is being done. */
  stop(): void {
    this.#cancelActivity?.();
  }

  /** Whether a person sees the proposal and its progress. If not, a notification shows it. */
  get isInSight(): boolean {
    return this.#isInSight;
  }

  set isInSight(isInSight: boolean) {
    if (this.#isInSight === isInSight) return;
    this.#isInSight = isInSight;
    this.#changed.emit();
  }

  /** The page was closed: what nobody decided is canceled. What is being applied goes on, and outcomes stay. */
  closePage(): void {
    this.isInSight = false;
    if (this.#current?.phase === 'applying') return;
    this.stop();
    if (this.#current?.isUndecided) this.#current.close();
  }

  #onProposal(proposal: Proposal): void {
    if (this.#current === proposal && proposal.phase === 'closed') this.#current = undefined;
    this.#changed.emit();
  }
}

import type { By } from '../plan/attribution';
import type { Known } from '../plan/basis';
import type { Before } from '../plan/lookAgain';
import type { Step } from '../plan/plan';
import { type Begun, type End, type Judged, type Line, parseLine, version } from './records';
import type { Session } from './session';

/** What the journal says of one step. */
export interface StepAccount extends Before {
  readonly step: Step;
  /** As it was read back, if it was. */
  readonly judged?: Judged;
}

/** What the journal says of one plan, whole or as far as it came. */
export interface Account extends Omit<Begun, 'v' | 'kind' | 'steps' | 'session'> {
  readonly id: string;
  readonly steps: readonly StepAccount[];
  /** Absent when it was interrupted, or is still being applied. */
  readonly ended?: { readonly how: End; readonly at: number };
  /** Whose it is: of the last session that took it. Undefined when that session's first line is damaged. */
  readonly session: Session | undefined;
  /** That session has let go of it. */
  readonly released: boolean;
  /** The number of its last file. */
  readonly part: number;
  /** A line in the middle could not be read: what it said is not part of this. */
  readonly damaged: boolean;
}

/** The name that a project had at the time; undefined where none was written down. */
export function nameIn({ names }: Pick<Account, 'names'>, project: string): string | undefined {
  return Object.hasOwn(names, project) ? names[project] : undefined;
}

/** One file of a plan. */
export interface Part {
  readonly number: number;
  readonly text: string;
}

/**
 * What the files of one plan give, in whatever state a crash has left them. `unbegun`: not even their first line is
 * whole, so nothing was sent. `unreadable`: they are of a newer version, or of no plan that can be worked with.
 */
export type RecordReading = Account | 'unbegun' | 'unreadable';

/** Reads the files of a plan. Calls `pause` before each line, and waits for what it returns. */
export async function accountOf(
  id: string,
  parts: readonly Part[],
  pause: () => Promise<void> | undefined,
): Promise<RecordReading> {
  const inOrder = parts.toSorted((one, other) => one.number - other.number);
  const [first] = inOrder;
  if (first?.number !== 1 || !first.text.includes('\n')) return 'unbegun';
  let begun: Begun | undefined;
  let steps: StepSoFar[] = [];
  let ended: Account['ended'];
  let session: Session | undefined;
  let released = false;
  let damaged = false;
  for (const { text, number } of inOrder) {
    session = undefined;
    released = false;
    for (const { isHead, line: each } of linesOf(text)) {
      await pause();
      const parsed = parseLine(each);
      if (!parsed) {
        if (number === 1 && isHead) return 'unreadable';
        damaged = true;
        continue;
      }
      const { line } = parsed;
      if (!parsed.isWhole) damaged = true;
      if (line.kind === 'begun' || line.kind === 'taken') {
        if (line.v !== version) return 'unreadable';
        if (isHead) session = line.session;
      }
      if (number === 1 && isHead) {
        if (line.kind !== 'begun') return 'unreadable';
        begun = line;
        steps = line.steps.map((step) => ({ step }));
      } else if (line.kind === 'ended') ended = { how: line.how, at: line.at };
      else if (line.kind === 'released') released = true;
      else if (!apply(line, steps)) damaged = true;
    }
  }
  if (!begun) return 'unreadable';
  const { v: _v, kind: _kind, session: _session, ...rest } = begun;
  return {
    ...rest,
    id,
    steps,
    ...(ended && { ended }),
    session,
    released,
    part: inOrder.at(-1)?.number ?? 1,
    damaged,
  };
}

type StepSoFar = { -readonly [K in keyof StepAccount]: StepAccount[K] };

/** The lines of a file. One without its end may be cut short: what it was to say was not acknowledged to anybody. */
function* linesOf(text: string): Generator<{ readonly isHead: boolean; readonly line: string }> {
  for (let start = 0; ; ) {
    const end = text.indexOf('\n', start);
    if (end < 0) return;
    yield { isHead: start === 0, line: text.slice(start, end) };
    start = end + 1;
  }
}

/** False when the line names a step that the plan does not have. */
function apply(line: Line, steps: readonly StepSoFar[]): boolean {
  if (line.kind === 'sending' || line.kind === 'answered') {
    let isWhole = true;
    const listed = line.kind === 'answered' && line.listed ? byProject(line.listed) : undefined;
    for (const [index, place] of line.steps.entries()) {
      const step = steps[place];
      if (!step) isWhole = false;
      else if (line.kind === 'sending') send(step, line.at, line.known?.[index]);
      else answer(step, line, listed);
    }
    return isWhole;
  }
  if (line.kind !== 'judged') return true;
  let isWhole = true;
  for (const judged of line.outcomes) {
    const step = steps[judged.step];
    if (step) judge(step, judged);
    else isWhole = false;
  }
  return isWhole;
}

type Answered = Extract<Line, { kind: 'answered' }>;
type Listed = NonNullable<Answered['listed']>;

function byProject(listed: Listed): ReadonlyMap<string, Listed> {
  const found = new Map<string, Listed[number][]>();
  for (const each of listed) {
    const known = found.get(each.project_id);
    if (known) known.push(each);
    else found.set(each.project_id, [each]);
  }
  return found;
}

function send(step: StepSoFar, at: number, known: Known | undefined): void {
  step.sentAt = at;
  // Of an earlier try, which this one follows because it had no effect.
  delete step.answer;
  delete step.serverTime;
  delete step.listed;
  delete step.known;
  if (known) step.known = known;
}

function answer(
  step: StepSoFar,
  { answer: kind, at, serverTime }: Answered,
  listed: ReadonlyMap<string, Listed> | undefined,
): void {
  if (kind === 'notSent') {
    delete step.sentAt;
    return;
  }
  // The line that said so may be damaged: what was answered was sent.
  step.sentAt ??= at;
  step.answer = kind;
  if (serverTime) step.serverTime = serverTime;
  // Versions that recorded nothing known left out what they took for older by the clocks.
  const ofProject = listed?.get(step.step.project) ?? (step.known ? [] : undefined);
  if (listed && ofProject) step.listed = ofProject;
}

function judge(step: StepSoFar, judged: Judged): void {
  step.judged = judged;
  const { result, by, permission } = judged;
  if (result !== 'done' || !by) return;
  step.done = { by: isGuessed(by, step) ? 'perhapsUs' : by, ...(permission && { permission }) };
}

/**
 * Whether the version that recorded a step called it ours by the clocks alone. It did not record what was known before a
 * request.
 */
function isGuessed(by: By, { step, sentAt, known, answer }: StepSoFar): boolean {
  if (by !== 'us' || sentAt === undefined || known) return false;
  return step.action === 'grant' || answer !== 'accepted';
}

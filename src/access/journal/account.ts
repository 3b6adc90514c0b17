import { parseIdentity } from '../organizationIdentity';
import type { ServerTime } from '../plan/attribution';
import type { Known } from '../plan/basis';
import type { Before } from '../plan/lookAgain';
import type { Step } from '../plan/plan';
import { type Begun, type End, isBegun, type Judged, type Line, parseLine, version } from './records';
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

/** The name that a project had at the time; undefined where none was written down. What is on a disk may be anything. */
export function nameIn({ names }: Pick<Account, 'names'>, project: string): string | undefined {
  const name: unknown = Object.hasOwn(names ?? {}, project) ? names[project] : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** One file of a plan: the first one's number is 1, each session that takes the plan over adds the next. */
export interface Part {
  readonly number: number;
  readonly text: string;
}

/**
 * The account that the files of one plan give, in whatever state a crash has left them. Undefined when there is no plan
 * in them that could be read, in which case nothing was sent for it, or when a newer version wrote them.
 */
export function accountOf(id: string, parts: readonly Part[]): Account | undefined {
  const read = parts.toSorted((one, other) => one.number - other.number).map(linesOf);
  const lines = read.flatMap((part) => part.lines);
  const [begun] = lines;
  if (!isBegun(begun)) return undefined;
  const heads = lines.filter((line) => line.kind === 'begun' || line.kind === 'taken');
  if (heads.some(({ v }) => v !== version)) return undefined;

  const steps: { -readonly [K in keyof StepAccount]: StepAccount[K] }[] = begun.steps.map((step) => ({
    step,
  }));
  let ended: Account['ended'];
  for (const line of lines) {
    if (line.kind === 'ended') ended = { how: line.how, at: line.at };
    else if (line.kind === 'sending') {
      for (const [place, index] of line.steps.entries()) send(steps[index], line.at, line.known?.[place]);
    } else if (line.kind === 'answered') {
      for (const index of line.steps) answer(steps[index], line);
    } else if (line.kind === 'judged') {
      for (const judged of line.outcomes) judge(steps[judged.step], judged);
    }
  }
  const last = read.at(-1);
  const [head] = last?.lines ?? [];
  const { v: _v, kind: _kind, session: _session, whose: kept, ...rest } = begun;
  const whose = parseIdentity(kept);
  return {
    ...rest,
    ...(whose && { whose }),
    id,
    steps,
    ...(ended && { ended }),
    session: head?.kind === 'begun' || head?.kind === 'taken' ? head.session : undefined,
    released: last?.lines.some(({ kind }) => kind === 'released') ?? false,
    part: Math.max(...parts.map(({ number }) => number)),
    damaged: read.some((part) => part.damaged),
  };
}

/** The whole lines of a file. The last one may be cut short: what it was to say was not acknowledged to anybody. */
function linesOf({ text }: Part): { lines: Line[]; damaged: boolean } {
  const texts = text.split('\n');
  const cut = texts.pop() ?? '';
  const whole = texts.map(parseLine);
  // A line may be whole but for its end of line; it says what happened all the same.
  const last = parseLine(cut);
  const lines = [...whole, last].filter((line) => line !== undefined);
  return { lines, damaged: whole.includes(undefined) };
}

type Writable = { -readonly [K in keyof StepAccount]?: StepAccount[K] } | undefined;

function send(step: Writable, at: number, known: unknown): void {
  if (!step) return;
  step.sentAt = at;
  // Of an earlier try, which this one follows because it had no effect.
  delete step.answer;
  delete step.serverTime;
  delete step.listed;
  delete step.known;
  if (isKnown(known)) step.known = known;
}

type Answered = Extract<Line, { kind: 'answered' }>;

function answer(step: Writable, { answer: kind, serverTime, made, listed }: Answered): void {
  if (!step) return;
  if (kind === 'notSent') {
    delete step.sentAt;
    return;
  }
  step.answer = kind;
  const project = step.step?.project;
  if (isServerTime(serverTime)) step.serverTime = serverTime;
  const granted = listed ?? made;
  if (Array.isArray(granted)) step.listed = granted.filter((each) => each?.project_id === project);
}

/** What is on a disk may be anything; what decides who made a change must not be. */
function isKnown(known: unknown): known is Known {
  const { ids, isAll } = (known ?? {}) as Partial<Record<keyof Known, unknown>>;
  return Array.isArray(ids) && typeof isAll === 'boolean';
}

function isServerTime(time: unknown): time is ServerTime {
  const { date, took } = (time ?? {}) as Partial<Record<keyof ServerTime, unknown>>;
  return Number.isFinite(date) && Number.isFinite(took);
}

function judge(step: Writable, judged: Judged): void {
  if (!step) return;
  step.judged = judged;
  const { result, by, permission } = judged;
  if (result === 'done' && by) step.done = { by, ...(permission && { permission }) };
}

import { randomBytes } from 'node:crypto';

/**
 * What a file of a journal is: a part of a plan's record, the heartbeat of who holds that part, or the mark that the
 * person wants the record gone. The first part's number is 1. Each session that takes the plan over adds the next.
 */
export type FileName =
  | { readonly kind: 'part' | 'heartbeat'; readonly id: string; readonly part: number }
  | { readonly kind: 'forgotten'; readonly id: string };

export function parseFileName(name: string): FileName | undefined {
  const [, id, part, end] =
    /^([\w-]{1,100})\.(?:([1-9]\d{0,5})\.)?(jsonl|heartbeat|forgotten)$/.exec(name) ?? [];
  if (id === undefined) return undefined;
  if (end === 'forgotten') return part === undefined ? { kind: 'forgotten', id } : undefined;
  if (part === undefined) return undefined;
  return { kind: end === 'jsonl' ? 'part' : 'heartbeat', id, part: Number(part) };
}

export function partName(id: string, part: number): string {
  return `${id}.${part}.jsonl`;
}

export function heartbeatName(id: string, part: number): string {
  return `${id}.${part}.heartbeat`;
}

/** An empty file of this name says that the person wants the plan's record gone. */
export function forgottenName(id: string): string {
  return `${id}.forgotten`;
}

const sequenceDigits = 12;
const lastSequence = 10 ** sequenceDigits - 1;

/**
 * Where a plan stands among the others, whatever the clock said: each new one is after all that were known when it
 * began. 0 for those of an earlier version, which begin with the time instead. Takes an id, or a name that begins with it.
 */
export function sequenceOf(id: string): number {
  return Number(/^n(\d{12})-/.exec(id)?.[1] ?? 0);
}

/** The id of a plan that begins at `at` (milliseconds since 1970), after those of the files with the given names. */
export function newId(names: Iterable<string>, at: number): string {
  let last = 0;
  for (const name of names) last = Math.max(last, sequenceOf(name));
  const sequence = String(Math.min(last + 1, lastSequence)).padStart(sequenceDigits, '0');
  // The time is for people who look into the folder.
  const time = new Date(at).toISOString().replaceAll(/[-:.]/g, '');
  return `n${sequence}-${time}-${randomBytes(4).toString('hex')}`;
}

/** Newest first. Those of an earlier version come last, because a digit comes before a letter, and by their times. */
export function compareIds(one: string, other: string): number {
  return one < other ? 1 : one > other ? -1 : 0;
}

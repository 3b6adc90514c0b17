import type { Steps } from '../slices';
import { longestId, patterns, type ScannedId } from './scannedIds';

/** Scanned between two pauses, in UTF-16 code units. It takes a few milliseconds. */
const defaultPiece = 64 * 1024;

/** Whether a text has a sign of an ID. Much faster than looking for one. */
export function mayHaveIds(text: string): boolean {
  return patterns.some(([, sign]) => text.includes(sign));
}

/**
 * The same as `scannedIds`, in steps: for lines of any length. `piece`: how much is scanned in a step, in UTF-16 code
 * units.
 */
export function* scannedInSteps(text: string, piece = defaultPiece): Steps<ScannedId[]> {
  const found: ScannedId[] = [];
  // Where the last match of each pattern ended: no match starts within another one.
  const ends = patterns.map(() => 0);
  for (let from = 0; from < text.length; from += piece) {
    if (from > 0) yield;
    // An ID that starts in this piece may end in the next one, and what stands before it decides whether it is one.
    const before = Math.max(0, from - 1);
    const near = text.slice(before, from + piece + longestId);
    for (const [index, [kind, sign, pattern]] of patterns.entries()) {
      if (!near.includes(sign)) continue;
      pattern.lastIndex = Math.max(from, ends[index] ?? 0) - before;
      // A copy of the pattern is matched, from its position on.
      const matches = near.matchAll(pattern);
      pattern.lastIndex = 0;
      for (const { 0: id, index: at } of matches) {
        const start = before + at;
        if (start >= from + piece) break;
        ends[index] = start + id.length;
        found.push({ kind, id, start, end: start + id.length });
      }
    }
  }
  return found.sort((one, other) => one.start - other.start);
}

import { parseCheckpointId, shortName } from '../access/checkpointId';
import { inertText } from '../editor/plainText';

/** A checkpoint's short name, for sentences. */
export function nameOf(checkpoint: string): string {
  const parsed = parseCheckpointId(checkpoint);
  return inertText(parsed ? shortName(parsed) : checkpoint, 100);
}

/** One checkpoint's short name, or how many there are: `3 checkpoints`. */
export function nameOfAll(checkpoints: readonly string[]): string {
  const [only] = checkpoints;
  return checkpoints.length === 1 && only ? nameOf(only) : count(checkpoints.length, 'checkpoint');
}

/** `1 project`, `3 projects`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The first of many, with the rest as a number: `a, b and 12 more`. */
export function someOf(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).map((name) => inertText(name, 100));
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

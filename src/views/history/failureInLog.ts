import { explain, inWords } from '../../access/explain';

/** What the log says of a failure to read the history. */
export function failureInLog(error: unknown): string {
  return `Reading the history: ${inWords(explain(error))}`;
}

// What the rows of all trees have in common.

/** A row, and how it reads aloud. Its texts are safe to show. */
export interface RowInWords {
  readonly label: string;
  readonly description: string;
  readonly spoken: string;
}

/** The row of a failure, read aloud. `next`: what to do, in sentences. */
export function failureSpoken(title: string, next: string): string {
  return `Error: ${title}. ${next} Press Enter to show the log.`;
}

/** The same for a tooltip, a paragraph each. `detail`: the API's or the network's own words. */
export function failureFacts(title: string, detail: string | undefined, next: string): string[] {
  return [title, detail ?? '', next, 'Click to show the log.'].filter(Boolean);
}

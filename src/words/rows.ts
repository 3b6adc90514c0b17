import { ago, agoInShort, isDate } from '../text/dates';

// Shared parts of the rows of all trees and pickers.

/** A row, with its text for screen readers. Texts are already escaped. */
export interface RowInWords {
  readonly label: string;
  readonly description: string;
  readonly spoken: string;
}

/** A project in a row. Texts are already escaped. */
export interface ProjectInRow {
  readonly label: string;
  /** A note such as `archived`; usually empty. */
  readonly note: string;
  /** Empty when it is the label. */
  readonly id: string;
  /** Whether the label alone doesn't tell which project it is, so that the ID comes first. */
  readonly isAmbiguous: boolean;
  /** Label and note for screen readers, with the ID only if it is needed to tell which project it is. */
  readonly spoken: string;
}

/** When a permission was granted, in every row and picker. Both in milliseconds since 1970. */
export function grantedAgo(grantedAt: number, now: number): string {
  return isDate(grantedAt) ? `granted ${ago(grantedAt, now)}` : 'grant date unknown';
}

/** The same for a narrow row, with the unit abbreviated. */
export function grantedAgoInShort(grantedAt: number, now: number): string {
  return isDate(grantedAt) ? `granted ${agoInShort(grantedAt, now)}` : 'grant date unknown';
}

/** The row of a failure, for screen readers. `next`: what to do, in sentences. */
export function failureSpoken(title: string, next: string): string {
  return `Error: ${title}. ${next} Press Enter to show the log.`;
}

/** The tooltip of a failure, a paragraph each. `detail`: message of the API or the network. */
export function failureFacts(title: string, detail: string | undefined, next: string): string[] {
  return [title, detail ?? '', next, 'Click to show the log.'].filter(Boolean);
}

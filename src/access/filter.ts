/** What of the list is shown; what is not set hides nothing. */
export interface Filter {
  /** Each of its words must be found. */
  readonly text?: string;
  /** Only what this project can use, or may be able to. */
  readonly project?: string;
  /** Only shared checkpoints, or those not read yet, that end within so many days. */
  readonly endsWithin?: number;
}

/** Whether a filter hides anything at all. */
export function isFiltering({ text, project, endsWithin }: Filter): boolean {
  return Boolean(text?.trim()) || project !== undefined || endsWithin !== undefined;
}

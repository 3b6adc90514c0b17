/** Which checkpoints are shown. An absent field hides nothing. */
export interface Filter {
  /** Search words, which must all match. */
  readonly text?: string;
  /** Only checkpoints that this project can use, or whose access is unknown. */
  readonly project?: string;
  /** Only checkpoints that are shared, or may be, and that shut down within this many days. */
  readonly endsWithin?: number;
}

export function isFiltering({ text, project, endsWithin }: Filter): boolean {
  return Boolean(text?.trim()) || project !== undefined || endsWithin !== undefined;
}

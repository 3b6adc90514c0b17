/** The content of a heading or a cell. Texts are inserted as text nodes, never as HTML. */
export interface BoxContent {
  /** CSS class names, separated by spaces. */
  readonly classes: string;
  readonly text: string;
  /** The label that screen readers announce. */
  readonly label: string;
  /** Headings only: the end of the text, which is shown where the rest has no room. */
  readonly tail?: string;
  /** Headings only: a note beside the text. */
  readonly aside?: string;
  readonly count?: string;
}

/** The content of a grid; headings have the index -1. */
export interface GridContent {
  readonly rows: number;
  readonly columns: number;
  contentAt(row: number, column: number): BoxContent;
  tooltipAt(row: number, column: number): string;
}

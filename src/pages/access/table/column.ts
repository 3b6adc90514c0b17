/** A column of a table. Texts are inserted as text nodes, never as HTML. */
export interface RowColumn<Row> {
  readonly id: string;
  readonly title: string;
  /** The least width, in CSS pixels. */
  readonly width: number;
  /** Its share of the room that is left. Default 0. */
  readonly grow?: number;
  readonly isSortable?: boolean;
  /** Its text has as many lines as it needs, up to sixteen. */
  readonly wraps?: boolean;
  text(row: Row): string;
  /** What screen readers say in place of the text. */
  label?(row: Row): string | undefined;
  /** CSS class names, separated by spaces. */
  classes?(row: Row): string;
  /** The tooltip. */
  tooltip?(row: Row): string;
  /** Draws a cell that has more than a text. The element is that of another row before: reuse what is in it. */
  render?(row: Row, cell: HTMLElement): void;
}

/** The visible state of a row, and its label for screen readers. */
export interface RowState {
  /** Position among all rows of the tree, shown or not. */
  index: number;
  /** Whether it is the last row of the tree. */
  last: boolean;
  /** Depth; rows at the root have 1. */
  level: number;
  label: string;
  description: string;
  /** The label for screen readers. */
  spoken: string;
  /** Undefined for a row without children. */
  expanded?: boolean;
  selected: boolean;
  /** Whether the row has the focus. */
  focused: boolean;
}

/** The part of the DOM used below: these sources are compiled without DOM types. */
interface PageElement {
  textContent: string | null;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
}

/** Reads the states of rows. Runs in the page, so it can't use anything outside of it. */
export function readRows(rows: PageElement[]): RowState[] {
  return rows
    .map((row) => {
      const text = (selector: string) => row.querySelector(selector)?.textContent?.trim() ?? '';
      const expanded = row.getAttribute('aria-expanded');
      return {
        index: Number(row.getAttribute('data-index')),
        last: row.getAttribute('data-last-element') === 'true',
        level: Number(row.getAttribute('aria-level')),
        label: text('.label-name'),
        description: text('.label-description'),
        spoken: row.getAttribute('aria-label') ?? '',
        ...(expanded && { expanded: expanded === 'true' }),
        selected: row.getAttribute('aria-selected') === 'true',
        focused: / focused/.test(row.getAttribute('class') ?? ''),
      };
    })
    .sort((a, b) => a.index - b.index);
}

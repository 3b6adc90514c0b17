/** What a person sees of a row, and a screen reader reads of it. */
export interface RowState {
  /** Position among all rows of the tree, shown or not. */
  index: number;
  /** Whether the tree ends with it. */
  last: boolean;
  /** Depth; rows at the root have 1. */
  level: number;
  label: string;
  description: string;
  /** What is read aloud. */
  spoken: string;
  /** Undefined for a row that has nothing below it. */
  expanded?: boolean;
  selected: boolean;
  /** Whether the keyboard acts on it. */
  focused: boolean;
}

/** The little of the DOM that is used below: these sources are compiled without its types. */
interface PageElement {
  textContent: string | null;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
}

/** Reads the rows' states; runs in the page, so it can use nothing from outside of itself. */
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

import { escapeFormulas } from '../../access/evidence/export/csv';

/** A table on the clipboard, as a spreadsheet and as a document take it. */
export interface CopiedTable {
  /** Cells between tabs, a record a line. */
  readonly text: string;
  readonly html: string;
}

/**
 * A table for the clipboard. Formulas are escaped in both forms, because spreadsheets calculate those in HTML, too.
 *
 * @param table the titles of the columns, empty for a table without, and the records
 * @param hasRowHeadings whether the first cell of a record is its heading
 */
export function copiedTable(
  [titles = [], ...records]: readonly (readonly string[])[],
  hasRowHeadings = false,
): CopiedTable {
  const [head, body] = [safe(titles), records.map(safe)];
  const lines = head.length > 0 ? [head, ...body] : body;
  const heading = head.length > 0 ? `<thead><tr>${head.map(headingOf('col')).join('')}</tr></thead>` : '';
  const rows = body.map((record) => {
    const cells = record.map((cell, at) =>
      hasRowHeadings && at === 0 ? headingOf('row')(cell) : `<td>${escaped(cell)}</td>`,
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  return {
    text: lines.map((record) => record.map(quoted).join('\t')).join('\r\n'),
    html: `<table>${heading}<tbody>${rows.join('')}</tbody></table>`,
  };
}

/** A list of texts for the clipboard, one a line. Not escaped: they are IDs, which must stay as they are. */
export function copiedLines(lines: readonly string[]): CopiedTable {
  return { text: lines.join('\n'), html: lines.map((line) => `<div>${escaped(line)}</div>`).join('') };
}

function safe(record: readonly string[]): string[] {
  return record.map((cell) => escapeFormulas(cell, ','));
}

/** A cell that begins with a quotation mark would take in the cells after it. */
function quoted(cell: string): string {
  return /["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function headingOf(scope: 'col' | 'row'): (cell: string) => string {
  return (cell) => `<th scope="${scope}">${escaped(cell)}</th>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

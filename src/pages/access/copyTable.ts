import { escapeFormulas } from '../../access/evidence/export/csv';

/** A table on the clipboard, as a spreadsheet and as a document take it. */
export interface CopiedTable {
  /** Cells between tabs, a record a line. */
  readonly text: string;
  readonly html: string;
}

/**
 * A table for the clipboard. The first record has the titles of the columns. Formulas are escaped in both forms, because
 * spreadsheets calculate those in HTML, too.
 */
export function copiedTable([titles = [], ...records]: readonly (readonly string[])[]): CopiedTable {
  const [head, ...body] = [titles, ...records].map((record) =>
    record.map((cell) => escapeFormulas(cell, ',')),
  );
  const text = [head ?? [], ...body].map((record) => record.map(quoted).join('\t')).join('\r\n');
  const cellsOf = (record: readonly string[], name: string): string =>
    record.map((cell) => `<${name}>${escaped(cell)}</${name}>`).join('');
  const rows = body.map((record) => `<tr>${cellsOf(record, 'td')}</tr>`).join('');
  return {
    text,
    html: `<table><thead><tr>${cellsOf(head ?? [], 'th')}</tr></thead><tbody>${rows}</tbody></table>`,
  };
}

/** A list of texts for the clipboard, one a line. Not escaped: they are IDs, which must stay as they are. */
export function copiedLines(lines: readonly string[]): CopiedTable {
  return { text: lines.join('\n'), html: lines.map((line) => `<div>${escaped(line)}</div>`).join('') };
}

/** A cell that begins with a quotation mark would take in the cells after it. */
function quoted(cell: string): string {
  return /["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
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

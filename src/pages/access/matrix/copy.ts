import { escapeFormulas } from '../../../access/evidence/export/csv';
import { cornerInWords } from '../../../words/matrix';
import { cellText } from './labels';
import type { MatrixLayout } from './layout';
import type { MatrixModel } from './model';
import type { Selection } from './selection';

/** What was copied, as a spreadsheet and as a document take it. */
export interface Copied {
  /** Cells between tabs, a row a line. */
  readonly text: string;
  readonly html: string;
}

/**
 * The selected cells with the names of their rows and columns. Of a heading without selected cells its name. Undefined
 * when there is nothing to copy.
 */
export function copied(
  model: MatrixModel,
  layout: MatrixLayout,
  { focus, range }: Selection,
): Copied | undefined {
  if (range) return tableOf(recordsIn(model, layout, range));
  const { checkpoint, project } = layout.at(focus);
  const name = checkpoint?.name ?? project?.name;
  return name === undefined ? undefined : tableOf([[name]]);
}

function recordsIn(
  model: MatrixModel,
  layout: MatrixLayout,
  { top, bottom, left, right }: NonNullable<Selection['range']>,
): string[][] {
  const now = model.now();
  const nameAt = (row: number, column: number): string => {
    const { checkpoint, project } = layout.at({ row, column });
    return (checkpoint ?? project)?.name ?? '';
  };
  const textAt = (row: number, column: number): string => {
    const { checkpoint, project } = layout.at({ row, column });
    return checkpoint && project ? cellText(model, checkpoint, project, now) : '';
  };
  const columns = indices(left, right);
  const { text: corner } = cornerInWords(layout.order.isTransposed, 0, 0);
  return [
    [corner, ...columns.map((column) => nameAt(-1, column))],
    ...indices(top, bottom).map((row) => [nameAt(row, -1), ...columns.map((column) => textAt(row, column))]),
  ];
}

function indices(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/**
 * The first record is the heading of the others, unless it is alone. Formulas are escaped in both forms, because
 * spreadsheets calculate those in HTML, too.
 */
function tableOf(records: readonly (readonly string[])[]): Copied {
  const safe = records.map((record) => record.map((cell) => escapeFormulas(cell, ',')));
  const text = safe.map((record) => record.map(quoted).join('\t')).join('\r\n');
  const [first = [], ...rest] = safe;
  const [heading, body] = rest.length > 0 ? [first, rest] : [[], safe];
  const head = heading.length > 0 ? `<thead>${rowOf(heading, 'th')}</thead>` : '';
  return {
    text,
    html: `<table>${head}<tbody>${body.map((record) => rowOf(record, 'td')).join('')}</tbody></table>`,
  };
}

/** A cell that begins with a quotation mark would take in the cells after it. */
function quoted(cell: string): string {
  return /["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function rowOf(record: readonly string[], kind: 'th' | 'td'): string {
  const cells = record.map((cell, at) => {
    const isHeading = kind === 'th' || (at === 0 && record.length > 1);
    return isHeading
      ? `<th scope="${kind === 'th' ? 'col' : 'row'}">${escaped(cell)}</th>`
      : `<td>${escaped(cell)}</td>`;
  });
  return `<tr>${cells.join('')}</tr>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}

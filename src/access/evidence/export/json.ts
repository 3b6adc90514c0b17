import type { Table } from './table';

/** Not escaped by JSON itself: they change how a line reads, or are not seen. */
const unseen = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A table as one object: what is said of the whole, what is missing, and an object for each row. Texts are whole. */
export function toJSON({ title, facts, missing, columns, rows }: Table): string {
  const about = {
    title,
    about: Object.fromEntries(facts),
    missing,
    rows: rows.map((row) => Object.fromEntries(columns.map(({ id }, index) => [id, dataOf(row[index])]))),
  };
  return `${JSON.stringify(about, undefined, 2).replace(unseen, escaped)}\n`;
}

function dataOf(cell: Table['rows'][number][number] | undefined): unknown {
  if (cell === undefined) return null;
  return cell.data === undefined ? cell.text : cell.data;
}

/** As JSON's own escapes are, so that what is read from it is the text as it was. */
function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}

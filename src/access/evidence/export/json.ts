import type { Table, TableCell } from './table';

/** JSON does not escape these: they change how a line reads, or are invisible. */
const unseen = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A table as one object: its facts, what is missing, and an object for each row. Texts are whole. */
export function toJSON({ title, facts, missing, columns, rows }: Table): string {
  const about = {
    title,
    about: Object.fromEntries(facts.map((fact) => [fact.name, dataOf(fact)])),
    missing,
    rows: rows.map((row) => Object.fromEntries(columns.map(({ id }, index) => [id, dataOf(row[index])]))),
  };
  return `${JSON.stringify(about, undefined, 2).replace(unseen, escapeCharacter)}\n`;
}

function dataOf(cell: TableCell | undefined): unknown {
  if (cell === undefined) return null;
  return cell.data === undefined ? cell.text : cell.data;
}

/** In JSON's own escapes, so that a reader gets the text as it was. */
function escapeCharacter(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}

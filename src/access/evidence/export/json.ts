import type { ExportTable, TableCell } from './table';

/** Characters that JSON does not escape, although they are invisible or change how a line reads. */
const unseen = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Formats a table as one JSON object, piece by piece: the facts, what is missing, and an object per row. Texts are not
 * shortened.
 */
export function* toJSON(table: ExportTable): Generator<string> {
  const { columns, rows } = table;
  // Without the closing brace: the rows follow.
  yield `${jsonOf(provenanceOf(table)).slice(0, -2)},\n  "rows": [`;
  let isFirst = true;
  for (const row of rows) {
    const object = Object.fromEntries(columns.map(({ id }, index) => [id, dataOf(row[index])]));
    yield `${isFirst ? '' : ','}\n    ${jsonOf(object).replaceAll('\n', '\n    ')}`;
    isFirst = false;
  }
  yield isFirst ? ']\n}\n' : '\n  ]\n}\n';
}

/**
 * Formats the provenance of a table as one JSON object, for a file beside the one that has its rows. `file`: the name of
 * that file. `rows`: how many rows it has.
 */
export function toAboutJSON(table: ExportTable, file: string, rows: number): string {
  const columns = table.columns.map(({ title }) => title);
  return `${jsonOf({ file, ...provenanceOf(table), columns, rows })}\n`;
}

/** Whether a text was written by {@link toAboutJSON} for a file of this name. */
export function isAboutFile(text: string, file: string): boolean {
  try {
    const { file: of, about, missing } = JSON.parse(text) as Partial<Record<string, unknown>>;
    return of === file && typeof about === 'object' && about !== null && Array.isArray(missing);
  } catch {
    return false;
  }
}

function provenanceOf({ title, facts, missing }: ExportTable): object {
  return { title, about: Object.fromEntries(facts.map((fact) => [fact.name, dataOf(fact)])), missing };
}

function jsonOf(value: object): string {
  return JSON.stringify(value, undefined, 2).replace(unseen, escapeCharacter);
}

function dataOf(cell: TableCell | undefined): unknown {
  if (cell === undefined) return null;
  return cell.data === undefined ? cell.text : cell.data;
}

/** Escapes a character as JSON does, so that a parser returns the original text. */
function escapeCharacter(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}

type Cell = string | number;

/** Lines of a table: columns of numbers to the right, all others to the left. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = rows.map((row) => row.map(String));
  const columns = head.map((title, column) => {
    const cells = texts.map((row) => row[column] ?? '');
    const width = Math.max(title.length, ...cells.map((cell) => cell.length));
    return { width, isNumeric: cells.every((cell) => /^[\d.*]*$/.test(cell)) };
  });
  const line = (row: readonly string[]) =>
    columns
      .map(({ width, isNumeric }, column) =>
        isNumeric ? (row[column] ?? '').padStart(width) : (row[column] ?? '').padEnd(width),
      )
      .join('  ')
      .trimEnd();
  const rule = columns.map(({ width }) => '─'.repeat(width)).join('──');
  return [line(head), rule, ...texts.map(line)].join('\n');
}

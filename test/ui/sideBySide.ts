import { diffArrays, diffWordsWithSpace } from 'diff';

/** What is between the columns, as in `diff --side-by-side`. */
type Mark = ' ' | '|' | '<' | '>';

/** A line of both texts, or of one: `|` differs, `<` is only in the first one, `>` only in the second one. */
interface Pair {
  readonly left: string;
  readonly right: string;
  readonly mark: Mark;
}

/** How many equal lines are shown before and after a difference. */
const around = 3;

/**
 * Two texts in two columns, without what is the same far from any difference. Long lines are wrapped, and what differs
 * within a line is underlined.
 *
 * @param titles of the columns
 * @param width of both columns together, in characters
 * @returns lines without a line end; empty when the texts are equal
 */
export function sideBySide(
  [first, second]: readonly [string, string],
  titles: readonly [string, string],
  width = 120,
): string {
  const pairs = pairsOf(first.split('\n'), second.split('\n'));
  const isShown = pairs.map((_, index) =>
    pairs.slice(Math.max(0, index - around), index + around + 1).some(({ mark }) => mark !== ' '),
  );
  if (!isShown.includes(true)) return '';
  const column = Math.floor((width - 3) / 2);
  const lines = [row(titles[0], ' ', titles[1], column), '─'.repeat(2 * column + 3)];
  for (let index = 0; index < pairs.length; index += 1) {
    const pair = pairs[index];
    if (pair && isShown[index]) lines.push(...rowsOf(pair, column));
    else {
      const start = index;
      while (index + 1 < pairs.length && !isShown[index + 1]) index += 1;
      lines.push(`⋯ ${index + 1 - start} equal`);
    }
  }
  return lines.join('\n');
}

function pairsOf(first: string[], second: string[]): Pair[] {
  const pairs: Pair[] = [];
  let removed: string[] = [];
  const add = (added: readonly string[]) => {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1) {
      const [left, right] = [removed[index], added[index]];
      const mark = left === undefined ? '>' : right === undefined ? '<' : '|';
      pairs.push({ left: left ?? '', right: right ?? '', mark });
    }
    removed = [];
  };
  for (const change of diffArrays(first, second)) {
    if (change.removed) removed = change.value;
    else if (change.added) add(change.value);
    else {
      add([]);
      pairs.push(...change.value.map((line): Pair => ({ left: line, right: line, mark: ' ' })));
    }
  }
  add([]);
  return pairs;
}

/** The rows of a pair: its wrapped lines, each with a row of `^` below it where something of it differs. */
function rowsOf({ left, right, mark }: Pair, column: number): string[] {
  const under = mark === '|' ? underlines(left, right) : ['', ''];
  const [lefts, rights] = [wrapped(left, under[0] ?? '', column), wrapped(right, under[1] ?? '', column)];
  const rows: string[] = [];
  for (let index = 0; index < Math.max(lefts.length, rights.length); index += 1) {
    const [one, other] = [lefts[index], rights[index]];
    rows.push(row(one?.text ?? '', index === 0 ? mark : ' ', other?.text ?? '', column));
    if (one?.under || other?.under) rows.push(row(one?.under ?? '', ' ', other?.under ?? '', column));
  }
  return rows;
}

/** A line of `^` for each of two texts, below what only that one has. */
function underlines(left: string, right: string): [string, string] {
  let [first, second] = ['', ''];
  for (const { value, added, removed } of diffWordsWithSpace(left, right)) {
    if (!added) first += (removed ? '^' : ' ').repeat(value.length);
    if (!removed) second += (added ? '^' : ' ').repeat(value.length);
  }
  return [first, second];
}

/** A text and what is below it in lines that fit, broken at spaces where there are some, and as far in as the first one. */
function wrapped(text: string, under: string, column: number): { text: string; under: string }[] {
  const own = text.length - text.trimStart().length;
  const indent = ' '.repeat(Math.min(own + 4, Math.floor(column / 3)));
  const lines: { text: string; under: string }[] = [];
  for (let start = 0; start < text.length || lines.length === 0; ) {
    const before = start === 0 ? '' : indent;
    const room = column - before.length;
    const space = text.lastIndexOf(' ', start + room);
    const fits = text.length - start <= room;
    // Not at the spaces that a line begins with.
    const isAtSpace = space > Math.max(start, own);
    const end = fits ? text.length : isAtSpace ? space + 1 : start + room;
    const part = (whole: string): string => (before + whole.slice(start, end)).trimEnd();
    lines.push({ text: part(text), under: part(under) });
    start = end;
  }
  return lines;
}

function row(left: string, mark: Mark, right: string, column: number): string {
  return `${left.padEnd(column)} ${mark} ${right}`.trimEnd();
}

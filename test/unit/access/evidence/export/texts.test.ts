import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { csvOf, escapeFormulas, toCSV } from '../../../../../src/access/evidence/export/csv';
import { formatTable } from '../../../../../src/access/evidence/export/formatTable';
import { toJSON } from '../../../../../src/access/evidence/export/json';
import { toMarkdown } from '../../../../../src/access/evidence/export/markdown';
import { type Table, textCell } from '../../../../../src/access/evidence/export/table';
import { presentable, rememberKey } from '../../../../../src/text/redact';
import { headings } from '../../../../../src/words/exports/parts';

/** Parses CSV by RFC 4180. */
function parseCSV(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (character === '"' && cell === '') isQuoted = true;
    else if (character === ',') {
      record.push(cell);
      cell = '';
    } else if (character === '\r' && text[at + 1] === '\n') {
      records.push([...record, cell]);
      record = [];
      cell = '';
      at += 1;
    } else cell += character;
  }
  assert.equal(isQuoted, false);
  assert.equal(record.length, 0, 'the last record ends with a line break');
  return records;
}

/** The text of a file that comes in pieces. */
const textOf = (pieces: Iterable<string>) => [...pieces].join('');

function assertNothingUnseen(text: string): void {
  assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
}

const dangerous = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

const hostile = {
  html: '<img src=x onerror=alert(1)><script>alert(2)</script>',
  markdown: '[click](https://evil.example) ![x](http://evil.example/x.png) **bold** | cell | `code`',
  address: 'see https://evil.example and www.evil.example',
  ansi: '\u001b[31mred\u001b[0m \u0007',
  direction: 'safe\u202egnp.exe',
  formula: '=HYPERLINK("http://evil.example","click")',
  fullWidth: '\uff1dcmd()',
  hidden: ' \u200b\t+1+1',
  lines: 'one\r\ntwo\n| three |\n# four',
  long: 'x'.repeat(10_000),
  half: 'a\ud800b',
};
const names = Object.values(hostile);

function table(texts: readonly string[]): Table {
  return {
    title: texts[0] ?? 'Title',
    facts: [{ name: 'Organization', label: 'Organization', text: texts[1] ?? 'Test' }],
    missing: texts.slice(0, 3),
    columns: [
      { id: 'name', title: 'Name' },
      { id: 'other', title: texts[2] ?? 'Other' },
    ],
    rows: texts.map((text) => [textCell(text), textCell('proj_1')]),
    headings,
  };
}

describe('CSV', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('"', ',', '\r', '\n', '=', '+', '-', '@', '\t', ' ', "'", 'a', ';', '\uff1d'),
    }),
    fc.constantFrom(...names),
  );
  const records = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });

  it('reads back as what was written, with an apostrophe before what looks like a formula', () => {
    void fc.assert(
      fc.property(records, (wanted) => {
        assert.deepEqual(
          parseCSV(csvOf(wanted)),
          wanted.map((record) => record.map(escapeFormulas)),
        );
      }),
    );
  });

  it('has no cell that a spreadsheet takes for a formula, also after what it passes over', () => {
    void fc.assert(
      fc.property(records, (wanted) => {
        for (const found of parseCSV(csvOf(wanted)).flat()) {
          assert.doesNotMatch(found, dangerous);
          assert.doesNotMatch(found, /^[\s\p{Cf}]+[=+\-@\uff1d\uff0b\uff0d\uff20]/u);
        }
      }),
    );
  });

  it('has none either where semicolons part the cells', () => {
    void fc.assert(
      fc.property(records, (wanted) => {
        for (const found of csvOf(wanted).split(';').slice(1))
          assert.doesNotMatch(found.replace(/^[\s"]+/, ''), /^[=+\-@\uff1d\uff0b\uff0d\uff20]/);
      }),
    );
    assert.equal(escapeFormulas('Berth;=1+1'), "Berth;'=1+1");
  });

  it('leaves alone what is no formula', () => {
    for (const text of ['', 'Berth planning', 'proj_1', "O'Brien", '2026-03-04', 'a=b', 'a; b', '\u00e9'])
      assert.equal(escapeFormulas(text), text);
  });

  it('has one width, begins with the mark by which Excel knows UTF-8, and keeps each row on one line', () => {
    const text = textOf(toCSV(table(names)));
    assert.ok(text.startsWith('\ufeff'));
    const read = parseCSV(text.slice(1));
    assert.deepEqual([...new Set(read.map(({ length }) => length))], [2]);
    // Title, organization, three gaps, an empty line, the columns.
    assert.equal(read.length, 7 + names.length);
    assert.equal(text.trimEnd().split('\n').length, read.length);
    assert.ok(Math.max(...read.flat().map(({ length }) => length)) < 1100);
    assertNothingUnseen(text.slice(1).replaceAll('\r\n', ''));
  });

  it('says that nothing is missing where nothing is', () => {
    const whole = { ...table(['Berth planning']), missing: [] };
    assert.ok(textOf(toCSV(whole)).includes(`${headings.missing},${headings.nothingMissing}\r\n`));
    assert.ok(textOf(toMarkdown(whole)).includes(`## ${headings.missing}\n\n- ${headings.nothingMissing}\n`));
  });
});

describe('JSON', () => {
  it('gives every text back as it was, and shows none that steers how a line reads', () => {
    const text = textOf(toJSON(table(names)));
    assertNothingUnseen(text.replaceAll('\n', ''));
    const read = JSON.parse(text);
    assert.deepEqual(
      read.rows.map(({ name }: { name: string }) => name),
      names,
    );
    assert.equal(read.about.Organization, names[1]);
    assert.deepEqual(read.missing, names.slice(0, 3));
  });

  it('has data where a fact has data, under a name that no wording changes', () => {
    const fact = { name: 'Loaded', label: 'When it was loaded', text: 'not loaded', data: 'notLoaded' };
    assert.deepEqual(JSON.parse(textOf(toJSON({ ...table([]), facts: [fact] }))).about, {
      Loaded: 'notLoaded',
    });
  });

  it('has data where a cell has data, and null where nothing is known', () => {
    const { columns, ...rest } = table([]);
    const row = [textCell(undefined), { text: 'cp_1, cp_2', data: ['cp_1', 'cp_2'] }];
    assert.deepEqual(JSON.parse(textOf(toJSON({ ...rest, columns, rows: [row] }))).rows, [
      { name: null, other: ['cp_1', 'cp_2'] },
    ]);
  });
});

describe('Markdown', () => {
  it('keeps each row on one line of as many cells as there are columns', () => {
    const lines = textOf(toMarkdown(table(names))).split('\n');
    const rows = lines.filter((line) => line.startsWith('|'));
    assert.equal(rows.length, 2 + names.length);
    for (const row of rows) assert.equal(row.replaceAll(/\\./g, '').split('|').length, 4, row);
    assert.equal(lines.filter((line) => line.startsWith('#')).length, 3, 'no heading but its own');
    assert.ok(Math.max(...lines.map(({ length }) => length)) < 2100);
  });

  it('makes no link, picture, HTML or emphasis of any name, and shows no unseen character', () => {
    const text = textOf(toMarkdown(table(names)));
    const bare = text.replaceAll(/\\[!-/:-@[-`{-~]/g, '').replaceAll(/`[^`|]*`/g, '');
    assert.doesNotMatch(bare, /[<>[\]()`*]|https?:|www\./);
    assertNothingUnseen(text.replaceAll('\n', ''));
  });
});

describe('every format', () => {
  it('Truth 20: takes out a key in use, says so, and stays whole', () => {
    const key = ['sk', 'admin', 'canary', 'export'].join('-');
    rememberKey(key);
    const given = table([`cookie: a, b ${key}`, key, key]);
    for (const format of ['csv', 'json', 'markdown'] as const) {
      const text = textOf(formatTable(given, format));
      assert.doesNotMatch(text, new RegExp(key));
      assert.ok(text.includes(headings.redacted.label), format);
    }
    assert.equal(JSON.parse(textOf(formatTable(given, 'json'))).about[headings.redacted.name], true);
    assert.equal(JSON.parse(textOf(formatTable(given, 'json'))).rows.length, 3);
    assert.deepEqual(
      [...new Set(parseCSV(textOf(formatTable(given, 'csv')).slice(1)).map(({ length }) => length))],
      [2],
    );
  });

  it('Truth 20: has names that look like secrets as they are, and says nothing of them', () => {
    const names = ['sk-sales-emea', 'ft:gpt-4.1:acme:sk-learn-router:CZtsdFlR', 'Cookie: recipes'];
    for (const format of ['csv', 'json', 'markdown'] as const) {
      const text = textOf(formatTable(table(names), format));
      const unescaped = format === 'markdown' ? text.replaceAll('\\', '') : text;
      for (const name of names) assert.ok(unescaped.includes(name), `${name} as ${format}: ${text}`);
      assert.ok(!text.includes(headings.redacted.label));
    }
  });

  it('Truth 20: says that a part of an error message was taken out before', () => {
    const given = table([`Not loaded (${presentable('Authorization: Bearer abc', [])})`]);
    assert.ok(textOf(formatTable(given, 'csv')).includes(headings.redacted.text.slice(0, 20)));
  });
});

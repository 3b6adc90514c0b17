import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { csvOf, escapeFormulas, toCSV } from '../../../../../src/access/evidence/export/csv';
import { formatTable, hasAboutFile } from '../../../../../src/access/evidence/export/formatTable';
import { isAboutFile, toJSON } from '../../../../../src/access/evidence/export/json';
import { toMarkdown } from '../../../../../src/access/evidence/export/markdown';
import { type ExportTable, type Format, textCell } from '../../../../../src/access/evidence/export/table';
import { atOnce } from '../../../../../src/access/slices';
import { presentable, rememberKey } from '../../../../../src/text/redact';
import { headings } from '../../../../../src/words/exports/parts';
import { csvReaders } from '../../../support/csvReaders';

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

function table(texts: readonly string[]): ExportTable {
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

const delimiters = [',', ';'] as const;

describe('CSV', () => {
  const cell = fc
    .oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom('"', ',', '\r', '\n', '=', '+', '-', '@', '\t', ' ', "'", 'a', ';', '\uff1d'),
      }),
      fc.constantFrom(...names),
    )
    // A file in UTF-8 holds no half of a pair.
    .map((text) => Buffer.from(text).toString());
  const records = fc
    .integer({ min: 2, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }))
    // The mark that begins a file is never a part of its first cell: headings are those of the extension.
    .filter(([[first = ''] = []]) => !first.startsWith('\ufeff'));

  for (const delimiter of delimiters) {
    for (const [reader, read] of Object.entries(csvReaders)) {
      it(`with “${delimiter}” reads back in ${reader} as what was written, with an apostrophe before formulas`, () => {
        void fc.assert(
          fc.property(records, (wanted) => {
            assert.deepEqual(
              read(csvOf(wanted, delimiter), delimiter),
              wanted.map((record) => record.map((each) => escapeFormulas(each, delimiter))),
            );
          }),
        );
      });
    }

    it(`with “${delimiter}” has no cell that a spreadsheet takes for a formula, also after what it passes over`, () => {
      void fc.assert(
        fc.property(records, (wanted) => {
          for (const found of csvReaders.papaparse(csvOf(wanted, delimiter), delimiter).flat()) {
            assert.doesNotMatch(found, dangerous);
            assert.doesNotMatch(found, /^[\s\p{Cf}]+[=+\-@\uff1d\uff0b\uff0d\uff20]/u);
          }
        }),
      );
    });

    it(`with “${delimiter}” has none either where the other delimiter parts the cells`, () => {
      const other = delimiter === ',' ? ';' : ',';
      void fc.assert(
        fc.property(records, (wanted) => {
          for (const found of csvOf(wanted, delimiter).split(other).slice(1))
            assert.doesNotMatch(found.replace(/^[\s"]+/, ''), /^[=+\-@\uff1d\uff0b\uff0d\uff20]/);
        }),
      );
      assert.equal(escapeFormulas(`Berth${other}=1+1`, delimiter), `Berth${other}'=1+1`);
      assert.equal(escapeFormulas(`Berth${delimiter}=1+1`, delimiter), `Berth${delimiter}=1+1`);
    });

    it(`with “${delimiter}” has the headings in its first line, and each row on one line`, () => {
      const text = textOf(toCSV(table(names), delimiter));
      // Only Excel needs the mark, and other tools take it for a part of the first heading.
      assert.equal(text.startsWith('\ufeff'), delimiter === ';');
      for (const read of Object.values(csvReaders)) {
        const [headings, ...rows] = read(text, delimiter);
        assert.deepEqual(headings?.[0], 'Name');
        assert.equal(rows.length, names.length);
        assert.deepEqual([...new Set(rows.map(({ length }) => length))], [2]);
        assert.ok(Math.max(...rows.flat().map(({ length }) => length)) < 1100);
      }
      assert.equal(text.trimEnd().split('\n').length, 1 + names.length);
      assertNothingUnseen(text.replace(/^\ufeff/, '').replaceAll('\r\n', ''));
    });
  }

  it('leaves alone what is no formula', () => {
    for (const text of [
      '',
      'Berth planning',
      'proj_1',
      "O'Brien",
      '2026-03-04',
      'a=b',
      'a; b',
      'a, b',
      '\u00e9',
    ])
      for (const delimiter of delimiters) assert.equal(escapeFormulas(text, delimiter), text);
  });
});

describe('the file beside a CSV file', () => {
  const aboutOf = (given: ExportTable) => atOnce(formatTable(given, 'csv')).about?.('permissions.csv') ?? '';

  it('has what the table says about itself, the headings, and how many rows there are', () => {
    const text = aboutOf(table(names));
    assertNothingUnseen(text.replaceAll('\n', ''));
    assert.deepEqual(JSON.parse(text), {
      file: 'permissions.csv',
      title: names[0],
      about: { Organization: names[1] },
      missing: names.slice(0, 3),
      columns: ['Name', names[2]],
      rows: names.length,
    });
  });

  it('is beside both kinds of CSV, and beside nothing that has its facts in it', () => {
    for (const format of ['csv', 'csvSemicolons', 'json', 'markdown'] as const) {
      const has = format.startsWith('csv');
      assert.equal(hasAboutFile(format), has);
      assert.equal(atOnce(formatTable(table([]), format)).about !== undefined, has);
    }
  });

  it('is known as that of a file of this name, and no other file is', () => {
    const text = aboutOf(table(names));
    assert.ok(isAboutFile(text, 'permissions.csv'));
    assert.ok(!isAboutFile(text, 'other.csv'));
    for (const other of ['', 'null', '[]', '{}', 'no JSON', '{"file":"permissions.csv"}', text.slice(0, -3)])
      assert.ok(!isAboutFile(other, 'permissions.csv'), other);
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
  it('says that nothing is missing where nothing is', () => {
    const whole = { ...table(['Berth planning']), missing: [] };
    assert.ok(textOf(toMarkdown(whole)).includes(`## ${headings.missing}\n\n- ${headings.nothingMissing}\n`));
  });

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
  /** All that is written in a format, in one file or two. */
  const written = (given: ExportTable, format: Format): string => {
    const { pieces, about } = atOnce(formatTable(given, format));
    return textOf(pieces) + (about?.('a.csv') ?? '');
  };
  const formats = ['csv', 'csvSemicolons', 'json', 'markdown'] as const;

  it('Truth 20: takes out a key in use, says so, and stays whole', () => {
    const key = ['sk', 'admin', 'canary', 'export'].join('-');
    rememberKey(key);
    const given = table([`cookie: a, b ${key}`, key, key]);
    for (const format of formats) {
      const text = written(given, format);
      assert.doesNotMatch(text, new RegExp(key));
      assert.ok(text.includes(headings.redacted.label), format);
    }
    const json = JSON.parse(textOf(atOnce(formatTable(given, 'json')).pieces));
    assert.equal(json.about[headings.redacted.name], true);
    assert.equal(json.rows.length, 3);
    const { pieces, about } = atOnce(formatTable(given, 'csv'));
    assert.deepEqual(
      csvReaders.papaparse(textOf(pieces), ',').map(({ length }) => length),
      [2, 2, 2, 2],
    );
    assert.equal(JSON.parse(about?.(`${key}.csv`) ?? '').about[headings.redacted.name], true);
    assert.doesNotMatch(about?.(`${key}.csv`) ?? '', new RegExp(key));
  });

  it('Truth 20: says of a key that only a row has that it was taken out', () => {
    const key = ['sk', 'admin', 'canary', 'row'].join('-');
    rememberKey(key);
    const given = { ...table(['Berth planning']), rows: [[textCell('a'), textCell(key)]] };
    for (const format of formats) assert.ok(written(given, format).includes(headings.redacted.label), format);
  });

  it('Truth 20: has names that look like secrets as they are, and says nothing of them', () => {
    const names = ['sk-sales-emea', 'ft:gpt-4.1:acme:sk-learn-router:CZtsdFlR', 'Cookie: recipes'];
    for (const format of formats) {
      const text = written(table(names), format);
      const unescaped = format === 'markdown' ? text.replaceAll('\\', '') : text;
      for (const name of names) assert.ok(unescaped.includes(name), `${name} as ${format}: ${text}`);
      assert.ok(!text.includes(headings.redacted.label));
    }
  });

  it('Truth 20: says that a part of an error message was taken out before', () => {
    const given = table([`Not loaded (${presentable('Authorization: Bearer abc', [])})`]);
    for (const format of formats) assert.ok(written(given, format).includes(headings.redacted.label), format);
  });
});

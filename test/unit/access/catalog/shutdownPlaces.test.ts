import assert from 'node:assert/strict';
import { shutdownOf } from '../../../../src/access/catalog/shutdown';
import { noticeOf } from '../../../../src/access/catalog/shutdownNotice';
import { linesOf, mostPlaces, shutdownPlaces } from '../../../../src/access/catalog/shutdownPlaces';
import { parseCheckpointId } from '../../../../src/access/ids/checkpointId';
import { atOnce } from '../../../../src/access/slices';
import { soonDays } from '../../../../src/access/thresholds';

const now = Date.parse('2026-11-28T15:00:00Z');
const day = 24 * 60 * 60 * 1000;
const id = (base: string, name = 'bot') => `ft:${base}:harbor-labs:${name}:Aa1Bb2Cc`;
const byTable = (each: string) => shutdownOf(parseCheckpointId(each)?.baseModel ?? '');

const placesIn = (text: string, at = now, known = byTable) =>
  atOnce(shutdownPlaces(linesOf(text), known, at)).places;

describe('a shutdown is worth a word', () => {
  const shutdown = { shutsDownOn: '2027-01-14', source: 'table' } as const;
  const on = (text: string) => noticeOf(shutdown, Date.parse(`${text}T12:00:00Z`));

  it(`from ${soonDays} days before, and has happened from the day after`, () => {
    assert.equal(on('2026-11-14'), undefined);
    assert.equal(on('2026-11-15'), 'shutsDownSoon');
    assert.equal(on('2027-01-14'), 'shutsDownSoon', 'it may still respond');
    assert.equal(on('2027-01-15'), 'shutDown');
  });
});

describe('models that shut down in a text', () => {
  it('are found with line and column, whatever ends a line', () => {
    const [soon, over] = [id('gpt-4.1-2025-04-14'), `${id('babbage-002')}:ckpt-step-24`];
    const places = placesIn(`a\r\n  openai/${soon}\nb\r"${over}", ${soon}`);
    assert.deepEqual(
      places.map(({ id: found, line, start, end, notice }) => [found, line, start, end, notice]),
      [
        [soon, 1, 9, 9 + soon.length, 'shutsDownSoon'],
        [over, 3, 1, 1 + over.length, 'shutDown'],
        [soon, 3, over.length + 4, over.length + 4 + soon.length, 'shutsDownSoon'],
      ],
    );
  });

  it('are not those that shut down later, without a known date, or of Azure', () => {
    const text = [
      id('gpt-4.1-2025-04-14'),
      id('gpt-5'),
      `gpt-4o-mini-2024-07-18.ft-${'0a'.repeat(16)}`,
      `draft:${id('babbage-002').slice(3)}`,
    ].join(' ');
    assert.deepEqual(placesIn(text, now - 60 * day), []);
  });

  for (const base of ['babbage-002', 'davinci-002'])
    it(`are fine-tunes of ${base}, from the table`, () => {
      const [place] = placesIn(id(base));
      assert.deepEqual(place?.shutdown, { shutsDownOn: '2026-10-23', source: 'table' });
      assert.equal(place.notice, 'shutDown');
    });

  it('are all models of the retired fine-tunes API', () => {
    for (const text of ['davinci:ft-acme-2023-08-24-16-25-55', 'curie:ft-acme:my-name-2022-02-15-04-21-04']) {
      const [place] = placesIn(`m = "${text}"`);
      assert.equal(place?.kind, 'legacy');
      assert.equal(place.id, text);
      assert.equal(place.shutdown.shutsDownOn, '2024-01-04');
    }
  });

  it('are dated as the API reported, where it did', () => {
    const text = id('gpt-4.1-2025-04-14');
    const reported = (date: string) => () => shutdownOf('gpt-4.1-2025-04-14', date);
    assert.deepEqual(placesIn(text, now, reported('2028-01-01')), []);
    assert.equal(placesIn(text, now, reported('2026-11-01'))[0]?.notice, 'shutDown');
    assert.equal(placesIn(text, now, reported('2026-11-01'))[0]?.shutdown.source, 'models');
  });

  it('change with the day', () => {
    const text = id('davinci-002');
    const on = (date: string) => placesIn(text, Date.parse(`${date}T23:59:59Z`))[0]?.notice;
    assert.equal(on('2026-10-23'), 'shutsDownSoon');
    assert.equal(on('2026-10-24'), 'shutDown');
  });

  it('are the first ones of a text with many, and that is said', () => {
    const line = `${id('babbage-002')}\n`;
    const all = (count: number) => atOnce(shutdownPlaces(linesOf(line.repeat(count)), byTable, now));
    assert.deepEqual([all(mostPlaces).places.length, all(mostPlaces).isCut], [mostPlaces, false]);
    assert.deepEqual([all(mostPlaces + 1).places.length, all(mostPlaces + 1).isCut], [mostPlaces, true]);
  });

  it('are found in a single long line', () => {
    const text = `${'x'.repeat(500_000)} ${id('babbage-002')} ${'y'.repeat(500_000)}`;
    assert.deepEqual(
      placesIn(text).map(({ start }) => start),
      [500_001],
    );
  });
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { dayInWords, dayOf, daysFromTo, exactlyInUTC, lasting } from '../../../src/text/dates';
import { daysInFiles } from '../../../src/words/exports/parts';

const late = Date.parse('2026-03-04T23:30:00Z');
const early = Date.parse('2026-03-05T00:30:00Z');

describe('Truth 27: one calendar', () => {
  it('has days of UTC, labeled', () => {
    assert.equal(dayOf(late), 'Mar 4, 2026 UTC');
    assert.equal(daysFromTo(late, early), 'Mar 4, 2026 to Mar 5, 2026 UTC');
    assert.equal(daysFromTo(early, early), 'Mar 5, 2026 UTC');
    assert.match(exactlyInUTC(late), /^March 4, 2026 at 11:30:00\sPM UTC$/);
    assert.equal(daysInFiles.ofMoment(late), '2026-03-04 UTC');
    assert.equal(dayOf(1e300), 'an unknown day');
    assert.equal(daysFromTo(late, 1e300), 'Mar 4, 2026 UTC');
  });

  it('has announced days as they were announced', () => {
    assert.equal(dayInWords('2027-01-14'), 'Jan 14, 2027');
    assert.equal(daysInFiles.ofDay('2027-01-14'), '2027-01-14');
    assert.equal(dayInWords('soon'), 'an unknown day');
    for (const day of ['0000-01-01', '0001-12-31', '1969-12-31', '1970-01-01'])
      assert.equal(dayInWords(day), day);
    assert.equal(dayInWords('9999-12-31'), 'Dec 31, 9999');
  });

  it('is the same in every time zone, and local time has its zone', () => {
    const dates = join(__dirname, '../../../src/text/dates.js');
    const script = `const d = require(${JSON.stringify(dates)});
      console.log(JSON.stringify([d.dayOf(${late}), d.exactlyInUTC(${late}), d.exactly(${late})]));`;
    const inZone = (TZ: string): string[] =>
      JSON.parse(
        execFileSync(process.execPath, ['-e', script], { env: { ...process.env, TZ }, encoding: 'utf8' }),
      );
    const [day, moment] = inZone('UTC');
    for (const [zone, local] of [
      ['Pacific/Auckland', /^March 5, 2026 at 12:30:00\sPM GMT\+13$/],
      ['America/Los_Angeles', /^March 4, 2026 at 3:30:00\sPM PST$/],
    ] as const) {
      const shown = inZone(zone);
      assert.deepEqual(shown.slice(0, 2), [day, moment]);
      assert.match(shown[2] ?? '', local);
    }
  });
});

describe('a duration', () => {
  it('is rounded up in its largest unit', () => {
    const second = 1000;
    const hour = 3600 * second;
    for (const [ms, text] of [
      [0, '0 seconds'],
      [400, '1 second'],
      [59_001, '1 minute'],
      [90_000, '2 minutes'],
      [hour, '1 hour'],
      [25 * hour, '2 days'],
      [1e15, '31,710 years'],
    ] as const)
      assert.equal(lasting(ms), text);
  });
});

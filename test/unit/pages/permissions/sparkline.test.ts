import assert from 'node:assert/strict';
import {
  byWeek,
  drawnUse,
  lastDays,
  lineDays,
  linePath,
  lineSize,
} from '../../../../src/pages/access/permissions/sparkline';
import { day, now } from './support';

/** The start of the first of 93 days, the last of which is today. */
const from = Math.floor(now / day) * day - 92 * day;

describe('the line of usage', () => {
  it('has the last 90 days, today included, and zeros for days after the last use', () => {
    const days = [9, 9, 9, 1, ...Array.from({ length: 88 }, () => 0), 5];
    const last = lastDays(days, from, now);
    assert.equal(last.length, lineDays);
    assert.equal(last[0], 1, 'three days of the data are before them');
    assert.equal(last.at(-1), 5);
    assert.deepEqual(lastDays([0, 0, 0, 7], from, now).slice(0, 2), [7, 0]);
    assert.equal(lastDays([], from, now).length, lineDays);
  });

  it('is told week by week, the days left over first', () => {
    const weeks = byWeek(Array.from({ length: 90 }, () => 1));
    assert.equal(weeks.length, 13);
    assert.deepEqual([weeks[0], weeks[1], weeks.at(-1)], [6, 7, 7]);
  });

  it('stays within its drawing, from the left to the right', () => {
    const points = linePath(Array.from({ length: lineDays }, (_, index) => index))
      .slice(1)
      .split('L')
      .map((point) => point.split(' ').map(Number));
    assert.equal(points.length, 30);
    assert.deepEqual([points[0]?.[0], points.at(-1)?.[0]], [0, lineSize.width]);
    for (const [, y = -1] of points) assert.ok(y >= 0 && y <= lineSize.height);
    assert.ok((points[0]?.[1] ?? 0) > (points.at(-1)?.[1] ?? 0), 'more requests are higher');
    assert.doesNotMatch(linePath(Array.from({ length: lineDays }, () => 0)), /NaN/);
  });

  it('is made once for a use, and not without days', () => {
    const use = { lastDay: now, days: [1, 2] };
    assert.equal(drawnUse(use, from, now), drawnUse(use, from, now));
    assert.equal(drawnUse({ lastDay: now, days: null }, from, now), undefined);
  });
});

import assert from 'node:assert/strict';
import { createContext, runInContext } from 'node:vm';
import { slowDownClock } from '../../host/vscode/slowClock';

describe('a slow clock', () => {
  const start = Date.UTC(2026, 8, 15, 12);

  it('starts at its moment, goes a thousandth as fast, and leaves other dates alone', () => {
    let elapsed = 500;
    const context = createContext({ performance: { now: () => elapsed } });
    const run = (code: string): unknown => runInContext(code, context);
    run(`(${slowDownClock})(${start})`);
    assert.equal(run('Date.now()'), start);
    elapsed += 60_000;
    assert.equal(run('Date.now()'), start + 60);
    assert.equal(run('performance.now()'), 560);
    assert.equal(run('new Date().toISOString()'), '2026-09-15T12:00:00.060Z');
    assert.equal(run('new Date(0).getTime()'), 0);
    assert.equal(run('Date.UTC(2026, 8, 15, 12)'), start);
    assert.equal(run('new Date() instanceof Date'), true);
    assert.match(String(run('Date()')), /2026/);
  });
});

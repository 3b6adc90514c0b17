import assert from 'node:assert/strict';
import { ManualClock } from '../../emulator';

describe('a clock that a test moves', () => {
  it('stands still until it is moved, and wakes what is due in the order of its time', async () => {
    const clock = new ManualClock(1000);
    const woken: string[] = [];
    const later = clock.delay(20).then(() => woken.push('later'));
    const sooner = clock.delay(10).then(() => woken.push('sooner'));
    const last = clock.delay(30);
    assert.deepEqual([clock.now(), clock.sleeping], [1000, 3]);
    clock.advance(25);
    await Promise.all([later, sooner]);
    assert.deepEqual(woken, ['sooner', 'later']);
    assert.deepEqual([clock.now(), clock.sleeping], [1025, 1]);
    assert.equal(clock.advanceToNext(), true);
    await last;
    assert.equal(clock.now(), 1030);
    assert.equal(clock.advanceToNext(), false);
  });

  it('tells when something waits for it', async () => {
    const clock = new ManualClock();
    let told = false;
    const waiting = clock.slept(2).then(() => {
      told = true;
    });
    void clock.delay(1);
    await clock.slept(1);
    assert.equal(told, false);
    void clock.delay(1);
    await waiting;
    assert.equal(told, true);
  });

  it('lets a delay be given up', async () => {
    const clock = new ManualClock();
    const cancel = new AbortController();
    const delayed = clock.delay(10, cancel.signal);
    const reason = new Error('cancelled');
    cancel.abort(reason);
    await assert.rejects(delayed, reason);
    assert.equal(clock.sleeping, 0);
    await assert.rejects(clock.delay(10, cancel.signal), reason);
  });
});

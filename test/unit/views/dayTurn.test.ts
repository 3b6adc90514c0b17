import assert from 'node:assert/strict';
import { onDayTurn } from '../../../src/views/problems/dayTurn';

const hour = 60 * 60 * 1000;

/** A clock that is set by hand. Its timers ring when it is. */
class SetTime {
  ringing: { readonly act: () => void; readonly at: number }[] = [];
  constructor(public moment: number) {}
  readonly now = () => this.moment;
  readonly later = (act: () => void, ms: number) => {
    const timer = { act, at: this.moment + ms };
    this.ringing.push(timer);
    return () => {
      this.ringing = this.ringing.filter((each) => each !== timer);
    };
  };

  /** Passes the time up to a moment, timer by timer. */
  passTo(moment: number): void {
    for (;;) {
      const [next] = this.ringing.filter(({ at }) => at <= moment).sort((one, other) => one.at - other.at);
      if (!next) break;
      this.ringing = this.ringing.filter((each) => each !== next);
      this.moment = Math.max(this.moment, next.at);
      next.act();
    }
    this.moment = moment;
  }
}

describe('the turn of the day', () => {
  const evening = Date.parse('2026-10-23T21:30:00Z');

  it('is told once for each day, at midnight in UTC', () => {
    const time = new SetTime(evening);
    const told: number[] = [];
    onDayTurn(() => told.push(time.moment), time);
    time.passTo(evening + 2 * hour);
    assert.deepEqual(told, []);
    time.passTo(evening + 50 * hour);
    assert.deepEqual(
      told.map((moment) => new Date(moment).toISOString()),
      ['2026-10-24T00:00:00.000Z', '2026-10-25T00:00:00.000Z'],
    );
  });

  it('is told within an hour after a computer has slept through it, and after its clock was set back', () => {
    const time = new SetTime(evening);
    let told = 0;
    onDayTurn(() => {
      told += 1;
    }, time);
    // It sleeps: the clock goes on, and timers do not.
    time.moment += 72 * hour;
    time.ringing = time.ringing.map(({ act, at }) => ({ act, at: at + 72 * hour }));
    time.passTo(time.moment + hour);
    assert.equal(told, 1);
    time.moment -= 72 * hour;
    time.ringing = time.ringing.map(({ act, at }) => ({ act, at: at - 72 * hour }));
    time.passTo(time.moment + hour);
    assert.equal(told, 2);
  });

  it('is told no more after that was ended', () => {
    const time = new SetTime(evening);
    onDayTurn(() => assert.fail('it was ended'), time)();
    assert.deepEqual(time.ringing, []);
    time.passTo(evening + 100 * hour);
  });
});

import assert from 'node:assert/strict';
import { heartbeatName } from '../../../../src/access/journal/fileNames';
import { beatEvery, stoppedAfter } from '../../../../src/access/journal/heartbeat';
import { Journal } from '../../../../src/access/journal/journal';
import type { Session } from '../../../../src/access/journal/session';
import { MemoryStorage } from '../../../../src/access/journal/storage';
import { apply } from '../../../../src/access/plan/apply';
import { planChanges } from '../../../../src/access/plan/copyAccess';
import { planGrants } from '../../../../src/access/plan/plan';
import { NotOursError } from '../../../../src/access/plan/recorder';
import { World } from '../plan/world';
import { accountsIn, interruptedIn, newPlan, SharedTime, unknown } from './support';

const plan = planGrants(['ft:a'], ['proj_a', 'proj_b']);

describe('who is at a plan, where processes of others cannot be seen', () => {
  let storage: MemoryStorage;
  let time: SharedTime;
  beforeEach(() => {
    storage = new MemoryStorage();
    time = new SharedTime();
  });

  function window(session: Session = unknown(String(Math.random())), now: () => number = Date.now) {
    const timing = time.window();
    return { journal: new Journal(storage, now, session, timing), timing };
  }
  /** Which plans are free, taken and doubtful. */
  async function counts(journal: Journal): Promise<number[]> {
    const { interrupted, busy, unsure } = await journal.open('test');
    return [interrupted.length, busy.length, unsure.length];
  }

  it('Truth 17: a heartbeat that changes says that somebody is, for as long as it does', async () => {
    const [working, other] = [window(), window()];
    const entry = await working.journal.begin(newPlan(plan));
    assert.deepEqual(await counts(other.journal), [0, 0, 1]);
    const found = await time.until(other.journal.watch('test'));
    assert.equal(found.busy.length, 1);
    for (let looks = 0; looks < 50; looks += 1) {
      await time.pass(beatEvery);
      assert.deepEqual(await counts(other.journal), [0, 1, 0]);
    }
    const [account] = found.busy;
    assert.ok(account);
    assert.equal(await other.journal.take(account), undefined);
    await entry.release();
    assert.deepEqual(await counts(other.journal), [1, 0, 0], 'what was let go of is free at once');
  });

  it('Truth 17: a process of the same number, or another name of the computer, keeps nobody from going on', async () => {
    for (const session of [
      { id: 'before', pid: process.ppid },
      { id: 'before', pid: process.pid, host: 'a name before' },
      { id: 'before', pid: process.pid, boot: 'another start', began: '1' },
      { id: 'before' },
    ]) {
      storage.files.clear();
      const [crashed, other] = [window(session), window()];
      await crashed.journal.begin(newPlan(plan));
      crashed.timing.isAsleep = true;
      const began = time.now;
      const { interrupted } = await time.until(other.journal.watch('test'));
      assert.ok(time.now - began >= stoppedAfter && time.now - began <= stoppedAfter + 2 * beatEvery);
      const [account] = interrupted;
      assert.ok(account);
      assert.ok(await other.journal.take(account));
      assert.deepEqual(
        [...storage.files.keys()].filter((name) => name.endsWith('.heartbeat')),
        [heartbeatName(account.id, 2)],
      );
    }
  });

  it('Truth 17: no clock of another machine counts, nor one that is set', async () => {
    let now = 5e12;
    const [working, other] = [window(undefined, () => now), window(undefined, () => 0)];
    const entry = await working.journal.begin(newPlan(plan));
    await time.until(other.journal.watch('test'));
    now = -5e12;
    await time.pass(10 * stoppedAfter);
    assert.deepEqual(await counts(other.journal), [0, 1, 0]);
    await entry.end('applied');
    assert.deepEqual(await counts(other.journal), [0, 0, 0]);
  });

  it('Truth 17: a computer that sleeps with both of them has not been looking', async () => {
    const [working, other] = [window(), window()];
    const entry = await working.journal.begin(newPlan(plan));
    assert.deepEqual(await counts(other.journal), [0, 0, 1]);
    // The steady clock goes on while the computer sleeps, and nobody's timer does.
    time.now += 3_600_000;
    assert.deepEqual(await counts(other.journal), [0, 0, 1]);
    const { busy } = await time.until(other.journal.watch('test'));
    assert.equal(busy.length, 1);
    await entry.end('applied');
  });

  it('Truth 17: one that slept and was taken for dead sends nothing, ends nothing, and shows no life', async () => {
    const world = new World(2, 6);
    const [asleep, other] = [window(undefined, world.now), window()];
    const changes = planChanges(
      await world.read(),
      new Map(world.checkpoints.map((id) => [id, world.projects.slice(0, 2)])),
    );
    const entry = await asleep.journal.begin(newPlan(changes));
    asleep.timing.isAsleep = true;
    const [account] = (await time.until(other.journal.watch('test'))).interrupted;
    assert.ok(account);
    const taken = await other.journal.take(account);
    assert.ok(taken);
    asleep.timing.isAsleep = false;
    await time.pass(5 * beatEvery);
    const beats = () => [...storage.files.keys()].filter((name) => name.endsWith('.heartbeat'));
    assert.deepEqual(beats(), [heartbeatName(account.id, 2)]);

    const before = world.requests.length;
    const organization = world.open();
    const outcomes = await apply(changes, organization.target, { recorder: entry });
    organization.dispose();
    assert.equal(world.requests.length, before);
    for (const outcome of outcomes)
      assert.ok(outcome.result === 'notSent' && outcome.error instanceof NotOursError);
    await assert.rejects(entry.end('applied'), NotOursError);
    const [whole] = await accountsIn(other.journal);
    assert.equal(whole?.ended, undefined, 'the end is for the other window to say');
    assert.deepEqual(beats(), [heartbeatName(account.id, 2)]);
    await taken.entry.end('applied');
    assert.deepEqual(beats(), []);
    assert.equal((await accountsIn(asleep.journal))[0]?.ended?.how, 'applied');
    world.organization.dispose();
  });

  it('Truth 17: one that falls asleep while it writes down what it is about to send does not send it', async () => {
    const [slow, other] = [window(), window()];
    const entry = await slow.journal.begin(newPlan(plan));
    const { place } = entry as unknown as { place: { writer: { write(line: string): Promise<void> } } };
    const write = place.writer.write.bind(place.writer);
    place.writer.write = async (line) => {
      await write(line);
      place.writer.write = write;
      slow.timing.isAsleep = true;
      const [account] = (await time.until(other.journal.watch('test'))).interrupted;
      assert.ok(account && (await other.journal.take(account)));
    };
    await assert.rejects(entry.sending(plan.steps), NotOursError);
    const [account] = await accountsIn(other.journal);
    assert.deepEqual(
      account?.steps.map(({ sentAt }) => sentAt),
      [undefined, undefined],
    );
  });

  it('nothing ticks while no plan is held, and looking can be given up', async () => {
    const [working, other] = [window(), window()];
    await other.journal.open('test');
    assert.equal(time.ticking, 0);
    const entry = await working.journal.begin(newPlan(plan));
    assert.equal(time.ticking, 1);
    working.timing.isAsleep = true;
    const given = new AbortController();
    const watching = other.journal.watch('test', given.signal);
    await time.pass(beatEvery);
    given.abort();
    assert.equal((await watching).unsure.length, 1);
    await entry.end('applied');
    assert.equal(time.ticking, 0);
    assert.deepEqual([...storage.files.keys()].length, 1);
  });

  it('a plan of this window that nobody works on is free, without looking', async () => {
    const { journal } = window();
    const entry = await journal.begin(newPlan(plan));
    assert.equal((await interruptedIn(journal)).length, 1);
    await entry.during(async () => assert.deepEqual(await counts(journal), [0, 1, 0]));
  });
});

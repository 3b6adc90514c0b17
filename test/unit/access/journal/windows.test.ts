import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '../../../../src/access/journal/account';
import { FileStorage } from '../../../../src/access/journal/fileStorage';
import { Journal } from '../../../../src/access/journal/journal';
import { type Session, thisSession } from '../../../../src/access/journal/session';
import type { LineWriter } from '../../../../src/access/journal/storage';
import { apply } from '../../../../src/access/plan/apply';
import { planChanges } from '../../../../src/access/plan/copyAccess';
import { leftToDo, lookAgain, outcomeOf } from '../../../../src/access/plan/lookAgain';
import { type Plan, planGrants, type Step } from '../../../../src/access/plan/plan';
import { NotOursError } from '../../../../src/access/plan/recorder';
import { World } from '../plan/world';
import { accountsIn, dead, interruptedIn, newPlan, othersIn } from './support';

/** A process that runs and is not this one. */
const alive = { id: 'alive', pid: process.ppid, ...(thisSession.boot && { boot: thisSession.boot }) };

const grants = planGrants(['ft:a'], ['proj_a', 'proj_b']);

describe('two windows on one folder', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'windows-'));
  });
  afterEach(async () => {
    // Windows that ended without a word have left theirs open.
    for (const writer of writers.splice(0)) await writer.close();
    await rm(folder, { recursive: true, force: true });
  });

  const writers: LineWriter[] = [];
  function storage(): FileStorage {
    const files = new FileStorage(folder);
    const create = files.create.bind(files);
    files.create = async (name) => {
      const writer = await create(name);
      writers.push(writer);
      return writer;
    };
    return files;
  }

  /** One whose process runs and is not this one, unless told otherwise. */
  const window = (session: Partial<Session> = {}, now?: () => number) =>
    new Journal(storage(), now, { ...alive, id: String(Math.random()), ...session });
  const files = async (): Promise<string[]> =>
    (await readdir(folder)).filter((name) => !name.endsWith('.heartbeat')).sort();
  async function onlyOne(journal: Journal): Promise<Account> {
    const [account, another] = await interruptedIn(journal);
    assert.ok(account && !another);
    return account;
  }

  describe('an interrupted plan', () => {
    it('is offered in both, and goes to the one that chooses first', async () => {
      await window(dead).begin(newPlan(grants));
      const [one, other] = [window(), window()];
      const [here, there] = [await onlyOne(one), await onlyOne(other)];
      assert.equal((await files()).length, 1, 'an offer takes nothing');
      assert.ok(await other.take(there));
      assert.equal(await one.take(here), undefined);
      assert.deepEqual([(await interruptedIn(one)).length, (await othersIn(one)).length], [0, 1]);
    });

    it('can be chosen in the other again once it was let go of, with what became of it meanwhile', async () => {
      await window(dead).begin(newPlan(grants));
      const [one, other] = [window(), window()];
      const offered = await onlyOne(other);
      const taken = await one.take(await onlyOne(one));
      const [step] = grants.steps;
      assert.ok(taken && step);
      await taken.entry.judged([{ step, result: 'done', by: 'others' }]);
      await taken.entry.release();
      await taken.entry.release();
      assert.equal((await onlyOne(one)).id, offered.id);
      const { account } = (await other.take(offered)) ?? {};
      assert.equal(offered.steps[0]?.done, undefined);
      assert.deepEqual(account?.steps[0]?.done, { by: 'others' });
    });

    it('stays with a window that could not write down that it lets go of it', async () => {
      await window(dead).begin(newPlan(grants));
      const [one, other] = [window(), window()];
      const { entry } = (await one.take(await onlyOne(one))) ?? {};
      assert.ok(entry);
      const { place } = entry as unknown as { place: { writer: { write(): Promise<void> } } };
      place.writer.write = () => Promise.reject(new Error('no room'));
      await assert.rejects(entry.release(), /no room/);
      assert.deepEqual(await interruptedIn(other), []);
      assert.equal((await one.take(await onlyOne(one)))?.entry, entry);
    });
  });

  describe('Continue', () => {
    const world = () => new World(2, 6);
    async function begun(server: World) {
      const current = await server.read();
      const plan = planChanges(
        current,
        new Map(server.checkpoints.map((id, index) => [id, server.projects.slice(index, index + 3)])),
      );
      await window(dead, server.now).begin(newPlan(plan));
      return plan;
    }

    /** What a window does when the person chooses, with the offer that stands in it. */
    async function goOn(
      server: World,
      journal: Journal,
      offer: Account,
      stopAfter = Number.POSITIVE_INFINITY,
    ) {
      const taken = await journal.take(offer);
      if (!taken) return 'too late';
      const { entry, account } = taken;
      const organization = server.open();
      const steps = new Map<Step, Account['steps'][number]>(account.steps.map((each) => [each.step, each]));
      const plan: Plan = { steps: [...steps.keys()] };
      const looks = await lookAgain(
        plan,
        (step) => steps.get(step) ?? {},
        organization.permissions,
        () => 0,
      );
      await entry.judged(looks.map(outcomeOf).filter(({ result }) => result === 'done'));
      const abort = new AbortController();
      const { left } = leftToDo(plan, looks);
      await apply(left, organization.target, {
        signal: abort.signal,
        recorder: {
          sending: (sent) => entry.sending(sent),
          judged: (outcomes) => entry.judged(outcomes),
          answered: async (sent, answer) => {
            await entry.answered(sent, answer);
            stopAfter -= 1;
            if (stopAfter === 0) abort.abort();
          },
        },
      });
      organization.dispose();
      if (stopAfter > 0) await entry.end('applied');
      return 'done';
    }
    const changes = (server: World) => server.requests.filter((each) => /^(POST|DELETE) 200/.test(each));

    it('in both at the same moment does each step once', async () => {
      const server = world();
      await begun(server);
      const windows = [window(), window()];
      const offers = await Promise.all(windows.map(onlyOne));
      const ends = await Promise.all(
        windows.map((journal, index) => goOn(server, journal, offers[index] as Account)),
      );
      assert.deepEqual(ends.sort(), ['done', 'too late']);
      assert.equal(changes(server).length, 2);
      assert.deepEqual(
        Object.values(server.access).map((each) => each.length),
        [3, 3],
      );
      const [account] = await accountsIn(window());
      assert.equal(account?.ended?.how, 'applied');
    });

    it('in one that ends in its middle is gone on with in the other, by an offer from before that', async () => {
      const server = world();
      await begun(server);
      const [mortal, other] = [window(dead), window()];
      const offer = await onlyOne(other);
      assert.equal(await goOn(server, mortal, await onlyOne(mortal), 1), 'done');
      assert.equal(changes(server).length, 1);
      assert.equal(await goOn(server, other, offer), 'done');
      assert.equal(changes(server).length, 2, 'the rest, and nothing twice');
      const [account] = await accountsIn(other);
      assert.ok(account?.ended && account.steps.every(({ done }) => done?.by === 'us'));
      assert.equal(await goOn(server, mortal, offer), 'too late');
    });

    it('in one that was taken for dead and wakes up sends nothing more', async () => {
      const server = world();
      const asleep = window(dead, server.now);
      const plan = planChanges(
        await server.read(),
        new Map(server.checkpoints.map((id) => [id, server.projects.slice(0, 2)])),
      );
      const entry = await asleep.begin(newPlan(plan));
      const other = window();
      assert.equal(await goOn(server, other, await onlyOne(other)), 'done');
      const before = server.requests.length;
      const organization = server.open();
      const outcomes = await apply(plan, organization.target, { recorder: entry });
      organization.dispose();
      assert.equal(server.requests.length, before);
      for (const outcome of outcomes)
        assert.ok(outcome.result === 'notSent' && outcome.error instanceof NotOursError);
    });
  });

  describe('when the records of an organization are removed', () => {
    it('all of them go, and nothing of another', async () => {
      const journal = window(dead);
      const ended = await journal.begin(newPlan(grants));
      await ended.end('applied');
      await journal.begin(newPlan(grants));
      const other = await journal.begin(newPlan(grants, { profile: 'another' }));
      const survivor = window();
      const { entry } = (await survivor.take(await onlyOne(survivor))) ?? {};
      await entry?.release();
      assert.deepEqual(await survivor.forget('test'), []);
      assert.deepEqual(await files(), [`${other.id}.1.jsonl`]);
      assert.deepEqual(await accountsIn(survivor), []);
      assert.equal((await accountsIn(survivor, 'another')).length, 1);
      assert.deepEqual(await survivor.forget('test'), [], 'once more, there is nothing to remove');
    });

    it('those of all organizations go at once, also what cannot be read, and those being applied when they have ended', async () => {
      const journal = window(dead);
      const ended = await journal.begin(newPlan(grants));
      await ended.end('applied');
      await journal.begin(newPlan(grants, { profile: 'another' }));
      const [one, other] = [window(), window()];
      const busy = await one.begin(newPlan(grants, { profile: 'third' }));
      assert.equal((await other.readAll()).accounts.length, 3);
      await busy.during(async () => {
        assert.equal(await other.forgetAll(), 1);
        assert.deepEqual((await other.readAll()).accounts, [], 'what is being applied is shown no more');
        assert.ok((await files()).every((name) => name.startsWith(busy.id)));
      });
      await busy.end('applied');
      assert.deepEqual(await files(), []);
      assert.equal(await other.forgetAll(), 0, 'once more, there is nothing to remove');
    });

    it('that of a plan which is being applied is shown no more, and goes when that has ended', async () => {
      const [one, other] = [window(), window()];
      const entry = await one.begin(newPlan(grants));
      await entry.during(async () => {
        for (const journal of [one, other]) {
          const stay = await journal.forget('test');
          assert.deepEqual(
            stay.map(({ id }) => id),
            [entry.id],
          );
          assert.deepEqual(await accountsIn(journal), []);
        }
        await entry.sending(grants.steps);
        await entry.answered(grants.steps, { kind: 'accepted' });
      });
      await entry.end('applied');
      assert.deepEqual(await files(), []);
    });

    it('that of a plan whose window ends without a word goes when the next plan begins', async () => {
      const [mortal, other] = [window(), window()];
      await mortal.begin(newPlan(grants));
      assert.equal((await other.forget('test')).length, 1);
      const [name = ''] = await files();
      const again = storage();
      const text = (await again.read(name)).replace(`"pid":${process.ppid}`, `"pid":${dead.pid}`);
      await again.remove(name);
      const writer = await again.create(name);
      await writer.write(text.trimEnd());
      await writer.close();
      assert.deepEqual(await interruptedIn(other), []);
      const next = await other.begin(newPlan(grants, { profile: 'another' }));
      // In turn after what is removed.
      await interruptedIn(other);
      assert.deepEqual(await files(), [`${next.id}.1.jsonl`]);
    });

    it('a window that takes one over at that very moment sends nothing', async () => {
      await window(dead).begin(newPlan(grants));
      const one = window();
      const offer = await onlyOne(one);
      const slow = storage();
      const create = slow.create.bind(slow);
      slow.create = async (name) => {
        await one.forget('test');
        return create(name);
      };
      const late = new Journal(slow, Date.now, { ...alive, id: 'late' });
      const { entry } = (await late.take(offer)) ?? {};
      assert.ok(entry);
      await assert.rejects(entry.sending(grants.steps), NotOursError);
      await entry.release();
      assert.deepEqual(await files(), []);
    });
  });
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStorage } from '../../../../src/access/journal/fileStorage';
import { Journal } from '../../../../src/access/journal/journal';
import { hasSurelyEnded, thisSession } from '../../../../src/access/journal/session';
import { MemoryStorage } from '../../../../src/access/journal/storage';
import { planGrants } from '../../../../src/access/plan/plan';
import { JournalError } from '../../../../src/access/plan/recorder';
import { BadRequestError } from '../../../../src/openai';
import { accountsIn, dead, interruptedIn, newPlan, othersIn } from './support';

const plan = planGrants(['ft:a'], ['proj_a', 'proj_b']);

describe('the journal', () => {
  describe('in a folder', () => {
    let folder = '';
    beforeEach(async () => {
      folder = join(await mkdtemp(join(tmpdir(), 'journal-')), 'not', 'there yet');
    });
    afterEach(() => rm(join(folder, '../..'), { recursive: true, force: true }));

    it('is a file a plan that nobody else can read, with each thing on the disk before the next', async () => {
      const journal = new Journal(new FileStorage(folder));
      const entry = await journal.begin(newPlan(plan, { names: { proj_a: 'Alpha' } }));
      const [name = ''] = (await readdir(folder)).filter((each) => each.endsWith('.jsonl'));
      const kinds = async () =>
        (await readFile(join(folder, name), 'utf8'))
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line).kind);
      // On Windows, modes mean nothing.
      if (process.platform !== 'win32') assert.equal((await stat(join(folder, name))).mode & 0o777, 0o600);
      assert.deepEqual(await kinds(), ['begun']);
      await entry.sending(plan.steps);
      assert.deepEqual(await kinds(), ['begun', 'sending']);
      const error = new BadRequestError(400, { message: 'No.' }, undefined, undefined);
      await entry.answered(plan.steps, { kind: 'refused', error });
      await entry.judged(plan.steps.map((step) => ({ step, result: 'notSent' })));
      await entry.end('applied');
      assert.deepEqual(await kinds(), ['begun', 'sending', 'answered', 'judged', 'ended']);
      const [account] = await accountsIn(journal);
      assert.deepEqual(account?.names, { proj_a: 'Alpha' });
      assert.deepEqual(
        account?.steps.map(({ step, answer }) => ({ step, answer })),
        [
          { step: plan.steps[0], answer: 'refused' },
          { step: plan.steps[1], answer: 'refused' },
        ],
      );
    });

    it('has nothing to say of a folder that is not there', async () => {
      assert.deepEqual(await accountsIn(new Journal(new FileStorage(folder))), []);
      await assert.rejects(readdir(folder));
    });

    it('says that it cannot be written', async () => {
      await writeFile(join(folder, '../..', 'not'), 'a file where the folder should be');
      const storage = new FileStorage(folder);
      await assert.rejects(new Journal(storage).begin(newPlan(plan)), JournalError);
      // To Windows, a folder below a file is just not there.
      if (process.platform === 'win32') assert.deepEqual(await accountsIn(new Journal(storage)), []);
      else await assert.rejects(accountsIn(new Journal(storage)), JournalError);
    });

    it('leaves alone what it did not write', async () => {
      const journal = new Journal(new FileStorage(folder), Date.now, dead);
      const entry = await journal.begin(newPlan(plan));
      const foreign = {
        'notes.txt': 'mine',
        '20990101T000000000Z-aaaaaaaa.1.jsonl': '{"kind":"begun","v":2}\n',
      };
      for (const [name, text] of Object.entries(foreign)) await writeFile(join(folder, name), text);
      await chmod(join(folder, 'notes.txt'), 0o400);
      assert.equal((await interruptedIn(new Journal(new FileStorage(folder)))).length, 1);
      for (const [name, text] of Object.entries(foreign))
        assert.equal(await readFile(join(folder, name), 'utf8'), text);
      await entry.end('applied');
    });
  });

  it('offers what was interrupted to one window only, and to none while it is applied', async () => {
    const storage = new MemoryStorage();
    // Sessions of a process that runs, and is not this one.
    const window = () => new Journal(storage, Date.now, { id: String(Math.random()), pid: process.ppid });
    await new Journal(storage, Date.now, dead).begin(newPlan(plan));
    const [one, other] = [window(), window()];
    const [here] = await interruptedIn(one);
    const [there] = await interruptedIn(other);
    assert.ok(here && there && here.id === there.id);
    assert.ok(await one.take(here));
    assert.equal(await other.take(there), undefined, 'the second is too late');
    assert.equal((await interruptedIn(one)).length, 1, 'it stays with whoever took it');
    assert.deepEqual(await interruptedIn(other), []);
  });

  it('lets only one of two windows take a plan that do so at the same moment', async () => {
    const storage = new MemoryStorage();
    await new Journal(storage, Date.now, dead).begin(newPlan(plan));
    const windows = [1, 2].map((id) => new Journal(storage, Date.now, { id: `${id}`, pid: process.ppid }));
    const [account] = await interruptedIn(new Journal(storage));
    assert.ok(account);
    const taken = await Promise.all(windows.map((each) => each.take(account)));
    assert.equal(taken.filter((entry) => entry !== undefined).length, 1);
  });

  it('takes a process that has ended and that nobody has taken note of for ended', async () => {
    if (process.platform !== 'linux') return;
    // The shell starts a child, and becomes something that never takes note of its end.
    const shell = spawn('/bin/sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = await once(shell.stdout, 'data');
    const pid = Number(String(line));
    const programOf = (process: number | undefined) => readFileSync(`/proc/${process}/comm`, 'utf8').trim();
    while (programOf(shell.pid) !== 'sleep' || programOf(pid) !== 'sleep') await new Promise(setImmediate);
    process.kill(pid, 'SIGKILL');
    const isZombie = () => / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    while (!isZombie()) await new Promise(setImmediate);
    assert.equal(hasSurelyEnded({ ...thisSession, id: 'ended', pid }), true);
    shell.kill('SIGKILL');
    await once(shell, 'exit');
  });

  it('tells a plan that is being applied from one that was interrupted', async () => {
    const storage = new MemoryStorage();
    const applying = await new Journal(storage).begin(newPlan(plan));
    // A process that runs, and is not this one.
    const parent = { id: 'another window', pid: process.ppid };
    await new Journal(storage, Date.now, parent).begin(newPlan(plan));
    const later = new Journal(storage);
    assert.deepEqual(await interruptedIn(later), []);
    assert.equal((await othersIn(later)).length, 2);
    assert.deepEqual(await accountsIn(later, 'another profile'), []);
    await applying.end('applied');
    assert.equal((await othersIn(later)).length, 1);
  });

  it('takes a process of the same number that began at another time for another one', () => {
    if (process.platform !== 'linux') return;
    const { boot = '', began } = thisSession;
    assert.match(boot, /^[\w-]{36} pid:\[\d+\]$/);
    assert.equal(hasSurelyEnded(thisSession), false);
    assert.equal(hasSurelyEnded({ id: 'the same', pid: process.pid, boot }), false);
    assert.equal(hasSurelyEnded({ id: 'the same', pid: process.pid, boot, began: `${began}1` }), true);
    assert.equal(hasSurelyEnded(dead), true);
    // Where the numbers mean something else, they mean nothing.
    for (const other of [undefined, `${boot}1`]) {
      const { boot: _, ...elsewhere } = dead;
      assert.equal(hasSurelyEnded({ ...elsewhere, ...(other && { boot: other }) }), false);
    }
  });

  it('shows what is being taken over at this moment as this session’s', async () => {
    const storage = new MemoryStorage();
    await new Journal(storage, Date.now, dead).begin(newPlan(plan));
    const journal = new Journal(storage);
    const [account] = await interruptedIn(journal);
    assert.ok(account);
    const [, interrupted, elsewhere] = await Promise.all([
      journal.take(account),
      interruptedIn(journal),
      othersIn(journal),
    ]);
    assert.deepEqual([interrupted.length, elsewhere.length], [1, 0]);
  });

  it('is not offered while this session works on it', async () => {
    const journal = new Journal(new MemoryStorage());
    const entry = await journal.begin(newPlan(plan));
    await entry.during(async () => assert.deepEqual(await interruptedIn(journal), []));
    assert.equal((await interruptedIn(journal)).length, 1);
    await entry.end('forgotten');
    assert.deepEqual(await interruptedIn(journal), []);
  });

  it('knows a step by what it is, and writes down none that is not of its plan', async () => {
    const journal = new Journal(new MemoryStorage());
    const entry = await journal.begin(newPlan(plan));
    const [first, second] = planGrants(['ft:a'], ['proj_a', 'proj_b']).steps;
    assert.ok(first && second);
    await entry.sending([second]);
    await entry.judged([{ step: second, result: 'done', by: 'us' }]);
    const [account] = await accountsIn(journal);
    assert.deepEqual(
      account?.steps.map(({ sentAt, done }) => [sentAt !== undefined, done?.by]),
      [
        [false, undefined],
        [true, 'us'],
      ],
    );
    await assert.rejects(entry.sending(planGrants(['ft:b'], ['proj_a']).steps), JournalError);
  });

  it('says whose a plan is, and nothing where that is damaged', async () => {
    const whose = { origin: 'https://api.example', organization: 'harbor-labs', key: 'an id' };
    const storage = new MemoryStorage();
    await new Journal(storage).begin(newPlan(plan, { whose }));
    const [name = '', text = ''] = [...storage.files][0] ?? [];
    assert.deepEqual((await accountsIn(new Journal(storage)))[0]?.whose, whose);
    storage.files.set(name, text.replace('"https://api.example"', '7'));
    const [damaged] = await accountsIn(new Journal(storage));
    assert.ok(damaged && !('whose' in damaged));
  });

  it('never contains a key, whatever a server says', async () => {
    const storage = new MemoryStorage();
    const entry = await new Journal(storage).begin(newPlan(plan));
    const key = ['sk', 'admin', 'canary123456'].join('-');
    await entry.answered(plan.steps, {
      kind: 'uncertain',
      error: new Error(`Incorrect API key provided: ${key}`),
    });
    assert.ok(![...storage.files.values()].join().includes('canary'));
  });
});

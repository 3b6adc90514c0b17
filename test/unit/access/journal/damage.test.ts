import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { heartbeatName, partName } from '../../../../src/access/journal/fileNames';
import { FileStorage } from '../../../../src/access/journal/fileStorage';
import { beatEvery, stoppedAfter } from '../../../../src/access/journal/heartbeat';
import { Journal } from '../../../../src/access/journal/journal';
import { largestFile, MemoryStorage, withCode } from '../../../../src/access/journal/storage';
import { planGrants } from '../../../../src/access/plan/plan';
import { dead, newPlan, planIn, SharedTime, unknown } from './support';

const plan = planGrants(['ft:a'], ['proj_a', 'proj_b', '__proto__']);
const runs = Number(process.env.FUZZ_RUNS ?? 2000);

const head = JSON.stringify({
  v: 1,
  kind: 'begun',
  profile: 'test',
  organization: 'Test',
  by: 'me',
  at: 1,
  session: { id: 'one' },
  steps: plan.steps,
  names: { proj_a: 'Alpha' },
});

/** As JSON text: `JSON.stringify` could not write all of them. */
const oddPlaces = [
  '"__proto__"',
  '"length"',
  '"constructor"',
  '"0"',
  '-1',
  '-0.0',
  '0.5',
  '3',
  '4294967295',
  '1e300',
  'true',
  'null',
  '[0]',
  '{"__proto__":0}',
];
const place = fc.oneof(fc.constantFrom(...oddPlaces), fc.constantFrom('0', '1', '2'));
const places = fc.array(place, { maxLength: 4 }).map((each) => `[${each.join()}]`);
const oddValues = ['null', '1', '"x"', '[]', '{}', '{"__proto__":{"polluted":true}}', '[null]', 'true'];
const odd = fc.constantFrom(...oddValues);
const often = <T>(usual: fc.Arbitrary<T>, seldom: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: seldom });
const at = often(fc.constantFrom('2', '3'), odd);
const outcome = often(
  fc
    .tuple(
      place,
      often(fc.constantFrom('"done"', '"failed"', '"unknown"'), odd),
      often(fc.constantFrom('"us"', '"others"'), odd),
      odd,
    )
    .map(
      ([step, result, by, permission]) =>
        `{"step":${step},"result":${result},"by":${by},"permission":${permission}}`,
    ),
  odd,
);
const line = fc.oneof(
  fc.tuple(at, often(places, odd)).map(([when, steps]) => `{"kind":"sending","at":${when},"steps":${steps}}`),
  fc
    .tuple(at, often(places, odd), often(fc.constantFrom('"accepted"', '"refused"', '"notSent"'), odd), odd)
    .map(
      ([when, steps, answer, made]) =>
        `{"kind":"answered","at":${when},"steps":${steps},"answer":${answer},"made":${made}}`,
    ),
  fc
    .tuple(
      at,
      often(
        fc.array(outcome, { maxLength: 3 }).map((each) => `[${each.join()}]`),
        odd,
      ),
    )
    .map(([when, outcomes]) => `{"kind":"judged","at":${when},"outcomes":${outcomes}}`),
  fc
    .tuple(at, often(fc.constant('"applied"'), odd))
    .map(([when, how]) => `{"kind":"ended","at":${when},"how":${how}}`),
  fc.json(),
  fc.string(),
);
/** Whole, or damaged at some place. */
const damaged = often(
  line,
  fc
    .tuple(line, fc.nat(200), fc.string({ maxLength: 3 }))
    .map(([text, cut, more]) => `${text.slice(0, cut)}${more}`),
);

interface Said {
  readonly kind?: unknown;
  readonly at?: unknown;
  readonly steps?: unknown;
  readonly answer?: unknown;
  readonly outcomes?: unknown;
  readonly how?: unknown;
}

/** What lines say by the plainest reading of them, without a word of the code that is tested. */
function plainly(lines: readonly string[]): Said[] {
  return lines.flatMap((text): Said[] => {
    try {
      const value: unknown = JSON.parse(text);
      const isRecord = typeof value === 'object' && value !== null;
      return isRecord && typeof (value as Said).at === 'number' ? [value as Said] : [];
    } catch {
      return [];
    }
  });
}

const has = (list: unknown, index: number): boolean =>
  Array.isArray(list) && list.some((each) => typeof each === 'number' && each === index);

function prototypes(): unknown[] {
  return [Object.prototype, Array.prototype, String.prototype, Number.prototype, Map.prototype].map((each) =>
    Reflect.ownKeys(each).map((key) => [key, Object.getOwnPropertyDescriptor(each, key)?.value]),
  );
}

describe('a damaged record', () => {
  it('Truth 17: never throws, never writes to a prototype, and never says more than its lines do', async () => {
    const before = prototypes();
    await fc.assert(
      fc.asyncProperty(
        fc.array(damaged, { maxLength: 6 }),
        fc.array(damaged, { maxLength: 3 }),
        async (first, second) => {
          const lines = [...first, ...second].flatMap((text) => text.split('\n'));
          const account = await planIn([head, ...first, ''].join('\n'), [...second, ''].join('\n'));
          const said = plainly(lines);
          if (!account) {
            // Only another plan's head, or one of another version, makes it unreadable.
            assert.ok(said.some(({ kind }) => kind === 'begun' || kind === 'taken'));
            return;
          }
          assert.equal(account.steps.length, plan.steps.length);
          for (const [index, step] of account.steps.entries()) {
            const of = (kind: string) => said.filter((each) => each.kind === kind);
            const answered = of('answered').filter(({ steps }) => has(steps, index));
            const sent = of('sending').some(({ steps }) => has(steps, index)) || answered.length > 0;
            if (step.sentAt !== undefined) assert.ok(sent);
            if (step.answer) assert.ok(answered.some(({ answer }) => answer === step.answer));
            const outcomes = of('judged').flatMap(({ outcomes }) =>
              Array.isArray(outcomes) ? outcomes : [],
            );
            const done = outcomes.filter((each) => each?.step === index && each.result === 'done');
            // Less is said where what was known before the request is missing.
            const mayBeSaid = step.done?.by === 'perhapsUs' ? ['perhapsUs', 'us'] : [step.done?.by];
            if (step.done) assert.ok(done.some(({ by }) => mayBeSaid.includes(by)));
            assert.deepEqual(step.step, plan.steps[index]);
          }
          if (account.ended)
            assert.ok(said.some(({ kind, how }) => kind === 'ended' && how === account.ended?.how));
        },
      ),
      { numRuns: runs },
    );
    assert.deepEqual(prototypes(), before);
  });

  it('Truth 17: places that are none do nothing, and are said', async () => {
    for (const odd of oddPlaces) {
      if (odd === '-0.0') continue;
      for (const text of [
        `{"kind":"sending","at":2,"steps":[${odd},1]}`,
        `{"kind":"answered","at":2,"steps":[${odd},1],"answer":"accepted"}`,
        `{"kind":"judged","at":2,"outcomes":[{"step":${odd},"result":"done","by":"us"},{"step":1,"result":"done","by":"us"}]}`,
      ]) {
        const account = await planIn(`${head}\n${text}\n`);
        assert.ok(account?.damaged, text);
        assert.deepEqual(Object.keys(account.steps[0] ?? {}), ['step'], text);
        assert.ok(account.steps[1]?.sentAt === 2 || account.steps[1]?.done?.by === 'us', text);
      }
    }
  });

  it('Truth 17: a project called __proto__ keeps its name, and nothing else gets one', async () => {
    const text = head.replace('"names":{', '"names":{"__proto__":"Odd","constructor":{"a":1},"proj_b":"",');
    const account = await planIn(`${text}\n`);
    assert.deepEqual(Object.entries(account?.names ?? {}), [
      ['__proto__', 'Odd'],
      ['proj_a', 'Alpha'],
    ]);
    assert.equal(Object.getPrototypeOf(account?.names), Object.prototype);
  });

  it('that has a step which is none is no plan', async () => {
    for (const step of ['{"action":"grant"}', 'null', '{"action":"revoke","checkpoint":"a","project":"b"}'])
      assert.equal(await planIn(`${head.replace('"steps":[', `"steps":[${step},`)}\n`), undefined, step);
  });
});

describe('what is not a record', () => {
  let folder = '';
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'odd-')), 'journal');
    const entry = await new Journal(new FileStorage(folder)).begin(newPlan(plan));
    await entry.end('applied');
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

  const at = (id: string, part = 1) => join(folder, partName(id, part));
  const read = (storage = new FileStorage(folder)) => new Journal(storage).read('test');

  it('Truth 17: a folder, a link, a file that is too large or cannot be opened makes one plan unreadable, which is said', async () => {
    await mkdir(at('a-folder'));
    await writeFile(join(folder, '..', 'elsewhere'), `${head}\n`);
    await symlink(join(folder, '..', 'elsewhere'), at('a-link'));
    await symlink('nowhere', at('a-dangling-link'));
    await writeFile(at('too-large'), `${head}\n`);
    await truncate(at('too-large'), largestFile + 1);
    await writeFile(at('of-a-newer-version'), `${head.replace('"v":1', '"v":2')}\n`);
    await writeFile(at('garbage'), 'garbage\n');
    await writeFile(at('with-a-folder-as-its-second-part'), `${head}\n`);
    await mkdir(at('with-a-folder-as-its-second-part', 2));
    await writeFile(at('closed'), `${head}\n`);
    await chmod(at('closed'), 0);
    const storage = new FileStorage(folder);
    const really = storage.read.bind(storage);
    // Whoever may read everything is not refused by the mode of a file.
    storage.read = (name, last) =>
      name.startsWith('closed') ? Promise.reject(withCode('EACCES')) : really(name, last);
    const { accounts, unreadable } = await read(storage);
    assert.deepEqual([accounts.length, unreadable], [1, 8]);
    const journal = new Journal(storage);
    assert.equal((await journal.open('test')).unreadable, 8);
    const names = await readdir(folder);
    const entry = await journal.begin(newPlan(plan));
    await entry.end('applied');
    assert.equal((await journal.read('test')).accounts.length, 2);
    for (const name of names)
      assert.ok((await readdir(folder)).includes(name), `${name} is not ours to remove`);
  });

  it('is not written to through a link either', async () => {
    const target = join(folder, '..', 'target');
    await writeFile(target, 'mine');
    await symlink(target, join(folder, heartbeatName('id', 1)));
    await assert.rejects(new FileStorage(folder).put(heartbeatName('id', 1), 'x', true));
    await assert.rejects(new FileStorage(folder).create(heartbeatName('id', 1)), { code: 'EEXIST' });
    await symlink('nowhere', join(folder, heartbeatName('id', 2)));
    for (const make of [true, false])
      await assert.rejects(new FileStorage(folder).put(heartbeatName('id', 2), 'x', make), {
        code: 'EINVAL',
      });
    assert.equal(await readFile(target, 'utf8'), 'mine');
  });
});

describe('what a crash has left of a plan that never began', () => {
  const id = 'n000000000001-20261127T000000000Z-aaaaaaaa';
  const cut = head.slice(0, 40);

  it('Truth 17: goes when it is surely nobody’s, and not before', async () => {
    const storage = new MemoryStorage();
    const time = new SharedTime();
    const journal = new Journal(storage, Date.now, dead, time.window());
    storage.files.set(partName(id, 1), cut);
    storage.files.set(heartbeatName(id, 1), 'one 1');
    storage.files.set(heartbeatName('no-part', 3), 'one 1');
    storage.files.set(partName('no-first-part', 2), '{"v":1,"kind":"taken","at":1}\n');
    const { accounts, unreadable } = await journal.read('test');
    assert.deepEqual([accounts.length, unreadable], [0, 0]);
    assert.equal(storage.files.size, 4);
    await time.pass(stoppedAfter - beatEvery);
    assert.equal(storage.files.size, 4);
    await time.pass(2 * stoppedAfter);
    assert.deepEqual([...storage.files.keys()], []);
  });

  it('Truth 17: stays while its window is about to begin it', async () => {
    const storage = new MemoryStorage();
    const time = new SharedTime();
    const slow = new MemoryStorage();
    // Both see the same files.
    Object.assign(slow, { files: storage.files });
    let write: () => void = () => undefined;
    const create = slow.create.bind(slow);
    slow.create = async (name) => {
      const writer = await create(name);
      return {
        ...writer,
        write: async (text) => {
          await new Promise<void>((resolve) => {
            write = resolve;
          });
          await writer.write(text);
        },
      };
    };
    const beginning = new Journal(slow, Date.now, unknown('slow'), time.window()).begin(newPlan(plan));
    const journal = new Journal(storage, Date.now, unknown('other'), time.window());
    for (let looks = 0; looks < 20; looks += 1) {
      await time.pass(beatEvery);
      assert.deepEqual((await journal.read('test')).accounts, []);
    }
    write();
    const entry = await beginning;
    const sending = entry.sending(plan.steps);
    await time.pass(1);
    write();
    await sending;
    assert.equal((await journal.read('test')).accounts.length, 1);
  });
});

import assert from 'node:assert/strict';
import { mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStorage, type LineFile } from '../../../../src/access/journal/fileStorage';
import { Journal } from '../../../../src/access/journal/journal';
import { withCode } from '../../../../src/access/journal/storage';
import { planGrants } from '../../../../src/access/plan/plan';
import { JournalError } from '../../../../src/access/plan/recorder';
import { accountsIn, newPlan } from './support';

const plan = planGrants(['ft:a'], ['proj_a', 'proj_b']);

/** A disk with room for so many bytes. When it was full once, somebody makes room. */
class Disk {
  constructor(
    private room: number,
    /** Whether a file can be made shorter while the disk is full. */
    private readonly canTruncate: boolean,
  ) {}

  open = async (path: string): Promise<LineFile> => {
    const file = await open(path, 'ax', 0o600);
    return {
      appendFile: async (data) => {
        const bytes = Buffer.from(data as Uint8Array);
        const fits = bytes.subarray(0, this.room);
        this.room -= fits.length;
        await file.appendFile(fits);
        if (fits.length === bytes.length) return;
        this.room = Number.POSITIVE_INFINITY;
        throw withCode('ENOSPC');
      },
      datasync: async () => undefined,
      truncate: (length) => (this.canTruncate ? file.truncate(length) : Promise.reject(withCode('ENOSPC'))),
      close: () => file.close(),
    };
  };
}

describe('a disk that is full in the middle of a line', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'disk-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Resolves to whether each line was acknowledged; undefined if not even the first was. */
  async function record(disk: Disk): Promise<boolean[] | undefined> {
    const journal = new Journal(new FileStorage(folder, disk.open));
    const isWritten = (line: Promise<void>): Promise<boolean> =>
      line.then(
        () => true,
        (error: unknown) => {
          assert.ok(error instanceof JournalError);
          return false;
        },
      );
    try {
      const entry = await journal.begin(newPlan(plan));
      const written = [
        await isWritten(entry.sending(plan.steps)),
        await isWritten(entry.answered(plan.steps, { kind: 'uncertain', error: undefined })),
        await isWritten(entry.judged(plan.steps.map((step) => ({ step, result: 'done', by: 'us' })))),
        await isWritten(entry.end('applied')),
      ];
      // Closes the file.
      await entry.release();
      return written;
    } catch (error) {
      assert.ok(error instanceof JournalError);
      return undefined;
    }
  }

  const parts = async (): Promise<string[]> =>
    (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));

  for (const canTruncate of [true, false])
    it(`Truth 17: a line that is cut swallows no other, wherever it is cut (${canTruncate ? 'taken back' : 'left in the file'})`, async () => {
      await record(new Disk(Number.POSITIVE_INFINITY, true));
      const [whole = ''] = await parts();
      const { length } = await readFile(join(folder, whole));
      assert.ok(length > 500);
      let failures = 0;
      for (let room = 0; room <= length; room += 1) {
        await rm(folder, { recursive: true });
        const written = await record(new Disk(room, canTruncate));
        if (!written) {
          assert.deepEqual(
            await readdir(folder),
            [],
            `nothing is left of a plan that did not begin, at ${room}`,
          );
          continue;
        }
        const [sent, answered, judged, ended] = written;
        const { accounts, unreadable } = await new Journal(new FileStorage(folder)).read('test');
        const [account] = accounts;
        assert.ok(account && unreadable === 0, `at ${room}`);
        for (const step of account.steps) {
          assert.equal(step.sentAt !== undefined, sent || answered, `sent, at ${room}`);
          assert.equal(step.answer, answered ? 'uncertain' : undefined, `answered, at ${room}`);
          // What was known before the request was to be in the line that says it is sent.
          const by = answered && !sent ? 'perhapsUs' : 'us';
          assert.equal(step.done?.by, judged ? by : undefined, `judged, at ${room}`);
        }
        assert.equal(account.ended !== undefined, ended, `ended, at ${room}`);
        if (canTruncate) assert.equal(account.damaged, false);
        if (written.includes(false)) failures += 1;
      }
      assert.ok(failures > 200);
      assert.deepEqual(await record(new Disk(length, canTruncate)), [true, true, true, true]);
      assert.equal((await accountsIn(new Journal(new FileStorage(folder)))).length, 2);
    });
});

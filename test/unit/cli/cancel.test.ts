import assert from 'node:assert/strict';
import { once } from 'node:events';
import { canceledBeforeChanges, canceledLoading, stopping, stoppingNow } from '../../../src/words/cli';
import type { Matcher } from '../../emulator';
import { type Acme, accessFile, changesAt, projectsWith, reader, startAcme, support } from './acme';
import { installedTool, type RunningTool, Workplace } from './installed';

const minutes = 60_000;

interface CanceledReport {
  readonly result: string;
  readonly exitCode: number;
  readonly changes: readonly { readonly outcome: { readonly result: string } }[];
}

/** Resolves when the tool has said this on standard error. */
async function said({ child }: RunningTool, words: string): Promise<void> {
  let all = '';
  assert.ok(child.stderr);
  while (!all.includes(words)) {
    const [part] = await once(child.stderr, 'data');
    all += String(part);
  }
}

// Windows has no signals for this: there, Ctrl+C ends a console.
if (process.platform !== 'win32')
  describe('Ctrl+C', () => {
    let acme: Acme;
    let workplace: Workplace;

    before(async function () {
      this.timeout(3 * minutes);
      await installedTool();
    });

    beforeEach(async () => {
      acme = await startAcme();
      workplace = await Workplace.open(acme.emulator);
      const { b, c, d, e } = acme.projects;
      await workplace.write(
        accessFile({
          [support]: {
            ownership: 'exact',
            grants: [{ project: b }, { project: c }, { project: d, reason: 'TICK-1' }],
          },
          [reader]: { ownership: 'exact', grants: [{ project: e, reason: 'TICK-2' }] },
        }),
      );
    });

    afterEach(async () => {
      await workplace.close();
      await acme.emulator.stop();
    });

    const apply = () => workplace.start(['apply', '--yes', '--format', 'json']);

    async function endOf(running: RunningTool): Promise<{ code: number | null; report: CanceledReport }> {
      const { code, stdout } = await running.ended;
      return { code, report: JSON.parse(stdout) };
    }

    const results = ({ changes }: CanceledReport) => changes.map(({ outcome }) => outcome.result);

    /** A second run goes on from there, and nothing is done twice. */
    async function assertGoesOn(madeBefore: number): Promise<void> {
      const second = await workplace.run(['apply', '--yes']);
      assert.equal(second.code, 0, second.stdout);
      const { b, c, d, e } = acme.projects;
      assert.deepEqual(projectsWith(acme.emulator, support), [b, c, d]);
      assert.deepEqual(projectsWith(acme.emulator, reader), [e]);
      const changes = changesAt(acme.emulator);
      assert.equal(changes.length, 3);
      assert.equal(new Set(changes).size, 3);
      assert.ok(madeBefore <= 3);
    }

    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      it(`before the first change, while lists are loaded: nothing is sent (${signal})`, async () => {
        const gate = acme.emulator.hold('permissions.list');
        const running = await apply();
        await acme.emulator.requested(1, 'permissions.list');
        running.child.kill(signal);
        const { code, report } = await endOf(running);
        gate.release();
        assert.equal(code, 4);
        assert.equal(report.result, 'canceled');
        assert.ok(JSON.stringify(report).includes(canceledBeforeChanges));
        assert.deepEqual(changesAt(acme.emulator), []);
        await assertGoesOn(0);
      });

    it('in the middle: the request under way is finished and confirmed, and no other is sent', async () => {
      const gate = acme.emulator.hold('permissions.create');
      const running = await apply();
      await acme.emulator.requested(1, 'permissions.create');
      running.child.kill('SIGINT');
      await said(running, stopping);
      gate.release();
      const { code, report } = await endOf(running);
      assert.equal(code, 4);
      assert.equal(report.exitCode, 4);
      assert.deepEqual(results(report), ['done', 'notSent', 'notSent']);
      assert.equal(changesAt(acme.emulator).length, 1);
      assert.equal(acme.emulator.requests.at(-1)?.method, 'GET', 'it was read back');
      await assertGoesOn(1);
    });

    it('in the reading back: it is finished, and says that all was done', async () => {
      // The one revoke is the last change.
      const isReadBack: Matcher = ({ endpoint, number }) =>
        endpoint === 'permissions.list' &&
        acme.emulator.requests.some(
          (other) => other.endpoint === 'permissions.delete' && other.number < number,
        );
      const gate = acme.emulator.hold(isReadBack);
      const running = await apply();
      await acme.emulator.requested(1, isReadBack);
      running.child.kill('SIGINT');
      await said(running, stopping);
      gate.release();
      const { code, report } = await endOf(running);
      assert.equal(code, 4);
      assert.deepEqual(results(report), ['done', 'done', 'done']);
      await assertGoesOn(3);
    });

    it('twice: it ends without confirming, and says so', async () => {
      const create = acme.emulator.hold('permissions.create');
      const running = await apply();
      await acme.emulator.requested(1, 'permissions.create');
      running.child.kill('SIGINT');
      await said(running, stopping);
      running.child.kill('SIGINT');
      await said(running, stoppingNow);
      const before = acme.emulator.requests.length;
      create.release();
      const { code, report } = await endOf(running);
      assert.equal(code, 4);
      assert.deepEqual(results(report), ['unverified', 'notSent', 'notSent']);
      assert.equal(acme.emulator.requests.length, before, 'nothing was sent after it, not even a reading');
      await assertGoesOn(1);
    });

    it('while a plan is loaded: it says that not everything was', async () => {
      const gate = acme.emulator.hold('permissions.list');
      const running = await workplace.start(['plan']);
      await acme.emulator.requested(1, 'permissions.list');
      running.child.kill('SIGINT');
      const { code, stderr } = await running.ended;
      gate.release();
      assert.equal(code, 1);
      assert.ok(stderr.includes(canceledLoading));
    });
  });

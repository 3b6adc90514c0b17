import assert from 'node:assert/strict';
import { once } from 'node:events';
import { canceledBeforeChanges, canceledLoading, stopping, stoppingNow } from '../../../src/words/cli';
import type { Matcher } from '../../emulator';
import { accessFile, changesAt, projectsWith, reader, support } from './acme';
import type { RunningTool } from './installed';
import { useInstalledTool, useStage } from './stage';

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
    const stage = useStage();

    useInstalledTool();

    beforeEach(async () => {
      const { b, c, d, e } = stage.acme.projects;
      await stage.workplace.write(
        accessFile({
          [support]: {
            ownership: 'exact',
            grants: [{ project: b }, { project: c }, { project: d, reason: 'TICK-1' }],
          },
          [reader]: { ownership: 'exact', grants: [{ project: e, reason: 'TICK-2' }] },
        }),
      );
    });

    const apply = () => stage.workplace.start(['apply', '--yes', '--format', 'json']);

    async function endOf(running: RunningTool): Promise<{ code: number | null; report: CanceledReport }> {
      const { code, stdout } = await running.ended;
      return { code, report: JSON.parse(stdout) };
    }

    const results = ({ changes }: CanceledReport) => changes.map(({ outcome }) => outcome.result);

    /** A second run goes on from there, and nothing is done twice. */
    async function assertGoesOn(madeBefore: number): Promise<void> {
      const second = await stage.workplace.run(['apply', '--yes']);
      assert.equal(second.code, 0, second.stdout);
      const { b, c, d, e } = stage.acme.projects;
      assert.deepEqual(projectsWith(stage.acme.emulator, support), [b, c, d]);
      assert.deepEqual(projectsWith(stage.acme.emulator, reader), [e]);
      const changes = changesAt(stage.acme.emulator);
      assert.equal(changes.length, 3);
      assert.equal(new Set(changes).size, 3);
      assert.ok(madeBefore <= 3);
    }

    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      it(`before the first change, while lists are loaded: nothing is sent (${signal})`, async () => {
        const gate = stage.acme.emulator.hold('permissions.list');
        const running = await apply();
        await stage.acme.emulator.requested(1, 'permissions.list');
        running.child.kill(signal);
        const { code, report } = await endOf(running);
        gate.release();
        assert.equal(code, 4);
        assert.equal(report.result, 'canceled');
        assert.ok(JSON.stringify(report).includes(canceledBeforeChanges));
        assert.deepEqual(changesAt(stage.acme.emulator), []);
        await assertGoesOn(0);
      });

    it('in the middle: the request under way is finished and confirmed, and no other is sent', async () => {
      const gate = stage.acme.emulator.hold('permissions.create');
      const running = await apply();
      await stage.acme.emulator.requested(1, 'permissions.create');
      running.child.kill('SIGINT');
      await said(running, stopping);
      gate.release();
      const { code, report } = await endOf(running);
      assert.equal(code, 4);
      assert.equal(report.exitCode, 4);
      assert.deepEqual(results(report), ['done', 'notSent', 'notSent']);
      assert.equal(changesAt(stage.acme.emulator).length, 1);
      assert.equal(stage.acme.emulator.requests.at(-1)?.method, 'GET', 'it was read back');
      await assertGoesOn(1);
    });

    /** Cancels while the first change is under way: it is confirmed, and no other is sent. */
    async function cancelFirstChange(cancel: (running: RunningTool) => Promise<void> | void): Promise<void> {
      const gate = stage.acme.emulator.hold('permissions.create');
      const running = await apply();
      await stage.acme.emulator.requested(1, 'permissions.create');
      await cancel(running);
      gate.release();
      const { code, report } = await endOf(running);
      assert.equal(code, 4);
      assert.deepEqual(results(report), ['done', 'notSent', 'notSent']);
      await assertGoesOn(1);
    }

    it('by the end of its terminal, however often it is told: it finishes and confirms, too', () =>
      cancelFirstChange(async (running) => {
        running.child.kill('SIGHUP');
        await said(running, stopping);
        running.child.kill('SIGHUP');
      }));

    it('in the reading back: it is finished, and says that all was done', async () => {
      // The one revoke is the last change.
      const isReadBack: Matcher = ({ endpoint, number }) =>
        endpoint === 'permissions.list' &&
        stage.acme.emulator.requests.some(
          (other) => other.endpoint === 'permissions.delete' && other.number < number,
        );
      const gate = stage.acme.emulator.hold(isReadBack);
      const running = await apply();
      await stage.acme.emulator.requested(1, isReadBack);
      running.child.kill('SIGINT');
      await said(running, stopping);
      gate.release();
      const { code, report } = await endOf(running);
      assert.equal(code, 4);
      assert.deepEqual(results(report), ['done', 'done', 'done']);
      await assertGoesOn(3);
    });

    it('in the middle, told twice at once, as npm does: it counts once', () =>
      cancelFirstChange(async (running) => {
        // Two of the same kind may arrive as one.
        running.child.kill('SIGINT');
        running.child.kill('SIGTERM');
        await said(running, stopping);
      }));

    it('twice: it ends without confirming, and says so', async () => {
      const create = stage.acme.emulator.hold('permissions.create');
      const running = await apply();
      await stage.acme.emulator.requested(1, 'permissions.create');
      running.child.kill('SIGINT');
      await said(running, stopping);
      // Those that come too soon count as the first one.
      const pressing = setInterval(() => running.child.kill('SIGINT'), 100);
      await said(running, stoppingNow).finally(() => clearInterval(pressing));
      const before = stage.acme.emulator.requests.length;
      create.release();
      const { code, report } = await endOf(running);
      assert.equal(code, 4);
      assert.deepEqual(results(report), ['unverified', 'notSent', 'notSent']);
      assert.equal(
        stage.acme.emulator.requests.length,
        before,
        'nothing was sent after it, not even a reading',
      );
      await assertGoesOn(1);
    });

    it('while a plan is loaded: it says that not everything was', async () => {
      const gate = stage.acme.emulator.hold('permissions.list');
      const running = await stage.workplace.start(['plan']);
      await stage.acme.emulator.requested(1, 'permissions.list');
      running.child.kill('SIGINT');
      const { code, stderr } = await running.ended;
      gate.release();
      assert.equal(code, 1);
      assert.ok(stderr.includes(canceledLoading));
    });
  });

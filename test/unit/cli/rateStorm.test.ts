import assert from 'node:assert/strict';
import type { Clock } from '../../../src/openai';
import { createSampleOrganization } from '../../../src/sample';
import { ManualClock, type RequestRecord, startEmulator } from '../../emulator';
import { forEachEndpoint, forTheKey, inWindows } from '../rateStorm/limits';
import { passTimeUntil } from '../rateStorm/storm';
import { tally } from '../rateStorm/tally';
import { accessFile, organizationName, projectsWith } from './acme';
import { runInProcess } from './inProcess';
import { Workplace } from './installed';

const checkpoints = Array.from(
  { length: 10 },
  (_, index) => `ft:gpt-4o-mini-2024-07-18:acme-corp:storm:Zz9Yy8Xx:ckpt-step-${index + 1}`,
);
const minute = 60_000;

describe('a file of 60 changes over 10 checkpoints, at 7 requests a minute', () => {
  for (const [title, limiter] of Object.entries({ forEachEndpoint, forTheKey, inWindows }))
    it(`none is lost and none is doubled (${title})`, async function () {
      const clock = new ManualClock();
      const shared: string[] = [];
      const wanted: string[] = [];
      const emulator = await startEmulator({
        clock,
        limiter: limiter(clock),
        create: (options) =>
          createSampleOrganization({
            ...options,
            slug: organizationName,
            fill(organization) {
              const add = (name: string): string => organization.state.addProject(name).id;
              const owner = add('owner');
              for (const index of [1, 2, 3]) shared.push(add(`shared ${index}`));
              for (const index of [1, 2, 3]) wanted.push(add(`wanted ${index}`));
              for (const id of checkpoints) organization.addCheckpoint(id, { owner, permissions: shared });
            },
          }),
      });
      const workplace = await Workplace.open(emulator);
      try {
        const grants = wanted.map((project) => ({ project, reason: 'TICK-60' }));
        const all = checkpoints.map((id) => [id, { ownership: 'exact' as const, grants }] as const);
        await workplace.write(accessFile(Object.fromEntries(all), { limits: { removals: 30 } }));
        const own: Clock = { now: clock.now, sleep: clock.delay, random: () => 0.5 };
        const began = clock.now();
        const running = runInProcess(workplace, ['apply', '--yes', '--format', 'json'], { clock: own });
        const { code, stdout, stderr } = await passTimeUntil(running, clock, emulator);
        const minutes = (clock.now() - began) / minute;
        assert.equal(code, 0, stdout);
        for (const id of checkpoints) assert.deepEqual(projectsWith(emulator, id), wanted);
        const { changes, processed, refused, requests } = tally(emulator.requests);
        assert.equal(changes.length, 40, 'one for the grants of a checkpoint, and one for each revoke');
        assert.equal(new Set(changes).size, changes.length);
        assert.deepEqual(processed, {
          'projects.list': 1,
          'permissions.list': 20,
          'permissions.create': 10,
          'permissions.delete': 30,
        });
        assert.ok(isGrantsFirst(emulator.requests));
        assert.ok(refused <= 4 && minutes <= 12, `${requests} requests, ${refused} refused, ${minutes} min`);
        const outcomes = JSON.parse(stdout).changes.map((change: { outcome: unknown }) => change.outcome);
        assert.equal(outcomes.length, 60);
        for (const outcome of outcomes) assert.equal(outcome.result, 'done');
        assert.match(stderr, /Waiting for the rate limit/);
        if (this.test)
          this.test.title += ` (${requests} requests, ${refused} of them 429, ${minutes.toFixed(1)} min)`;
      } finally {
        await workplace.close();
        await emulator.stop();
      }
    });
});

function isGrantsFirst(requests: readonly RequestRecord[]): boolean {
  const methods = requests
    .filter(({ method, processed }) => processed && method !== 'GET')
    .map(({ method }) => method);
  return methods.lastIndexOf('POST') < methods.indexOf('DELETE');
}

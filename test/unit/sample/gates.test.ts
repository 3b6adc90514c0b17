import assert from 'node:assert/strict';
import { type AccessExplanation, explainAccess } from '../../../src/access/explain/explainAccess';
import { type GateKind, gateKinds } from '../../../src/access/explain/gates';
import type { Organization } from '../../../src/access/organization';
import {
  createSampleOrganization,
  createSecondSampleOrganization,
  type SampleOrganization,
} from '../../../src/sample';
import { type Emulator, startEmulator } from '../../emulator';
import { organizationAt } from '../access/support';

const now = Date.UTC(2026, 10, 21, 12);
const supportBot = 'ft:gpt-4.1-mini-2025-04-14:harbor-labs:support-bot:Cq7TzR2m';
const invoiceReader = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:invoice-reader:BxN4kd9V';
const toneOfVoice = 'ft:gpt-3.5-turbo-0125:harbor-labs:tone-of-voice:A9yG5cRf';
const contractSummary = 'ft:gpt-4o-2024-08-06:harbor-labs:contract-summary:Bv3LpK6s';
const wardNotes = 'ft:gpt-4o-2024-05-13:juniper-clinics:ward-notes:Cd7TqL2w';
const appointments = 'ft:gpt-4o-mini-2024-07-18:juniper-clinics::By2VsG7n';

function projectNamed({ state }: SampleOrganization, name: string): string {
  const found = [...state.projects.values()].find((project) => project.name === name);
  assert.ok(found, name);
  return found.id;
}

/** The gates in a state, of a pair of a sample organization. */
const inState = ({ gates }: AccessExplanation, state: string): GateKind[] =>
  gateKinds.filter((kind) => gates[kind].state === state);

describe('the sample organization has pairs of a project and a checkpoint', () => {
  let emulator: Emulator;
  let organization: Organization;

  const use = (create: typeof createSampleOrganization) => {
    beforeEach(async () => {
      const sample = create({ now: () => now, adminAPIKey: 'test-sample-admin-key' });
      emulator = await startEmulator({ organization: sample });
      organization = organizationAt(emulator, sample.checkpoints, () => now);
    });
    afterEach(async () => {
      organization.dispose();
      await emulator.stop();
    });
  };
  const explain = (project: string, checkpoint: string) =>
    explainAccess(organization, projectNamed(emulator.organization, project), checkpoint);

  describe('of Harbor Labs', () => {
    use(createSampleOrganization);

    it('with every gate open', async () => {
      const { verdict } = await explain('Contract review', invoiceReader);
      assert.deepEqual([verdict.kind, verdict.inferred], ['can', ['shutdown']]);
    });

    it('with each gate closed', async () => {
      const closed = async (project: string, checkpoint: string) =>
        inState(await explain(project, checkpoint), 'closed');
      assert.deepEqual(await closed('Voice pilot', supportBot), ['project', 'key']);
      assert.deepEqual(await closed('Contract review', supportBot), ['policy']);
      assert.deepEqual(await closed('Partner portal', toneOfVoice), ['shutdown']);
      assert.deepEqual(await closed('Data platform', invoiceReader), ['key']);
      // The owner is known after a refusal.
      const owner = projectNamed(emulator.organization, 'Contract review');
      const refusal = organization.api.create(contractSummary, { project_ids: [owner] });
      organization.owners.learn(
        contractSummary,
        await Promise.resolve(refusal).catch((error: unknown) => error),
      );
      assert.deepEqual(await closed('Partner portal', contractSummary), ['permission']);
    });

    it('with two gates closed at once', async () => {
      const { verdict } = await explain('Contract review', toneOfVoice);
      assert.deepEqual([verdict.kind, verdict.closed], ['cannot', ['policy', 'shutdown']]);
    });

    it('with each gate unknown: by a missing scope, a failure, and for want of facts', async () => {
      const evidence = async (project: string, checkpoint: string, kind: GateKind) => {
        const { gates } = await explain(project, checkpoint);
        const { state, evidence: found, failure } = gates[kind];
        return [state, found.kind, (failure as { status?: number } | undefined)?.status];
      };
      assert.deepEqual(await evidence('Compliance watch', supportBot, 'project'), ['unknown', 'failed', 403]);
      assert.deepEqual(await evidence('Berth planning', invoiceReader, 'permission'), [
        'unknown',
        'notGranted',
        undefined,
      ]);
      assert.deepEqual(await evidence('Berth planning', `${invoiceReader}0`, 'permission'), [
        'unknown',
        'failed',
        404,
      ]);
      assert.deepEqual(await evidence('Evaluation lab', supportBot, 'policy'), ['unknown', 'failed', 403]);
      assert.deepEqual(await evidence('Internal search', supportBot, 'policy'), [
        'unknown',
        'related',
        undefined,
      ]);
      assert.deepEqual(await evidence('Claims triage', supportBot, 'key'), ['unknown', 'failed', 500]);
      assert.deepEqual(await evidence('Sales copilot', supportBot, 'usage'), ['unknown', 'failed', 500]);
    });

    it('with a witness against the gates: used yesterday, yet its policy reads closed', async () => {
      const { verdict, gates } = await explain('Mobile app', supportBot);
      assert.deepEqual(
        [verdict.kind, verdict.closed, verdict.usedAgainst],
        ['cannot', ['policy'], ['policy']],
      );
      const { evidence } = gates.usage;
      assert.ok(evidence.kind === 'used');
      assert.equal(evidence.lastDay, Date.UTC(2026, 10, 20));
    });
  });

  describe('of Juniper Clinics', () => {
    use(createSecondSampleOrganization);

    it('without a live key, which only warns', async () => {
      const { verdict, gates } = await explain('Billing codes', appointments);
      assert.deepEqual([verdict.kind, verdict.noLiveKey], ['can', true]);
      const { evidence } = gates.key;
      assert.ok(evidence.kind === 'keys');
      assert.deepEqual([evidence.counts.expired, evidence.counts.withoutAccess], [1, 1]);
    });

    it('of a model whose shutdown no one has announced', async () => {
      const { verdict, gates } = await explain('Research', wardNotes);
      assert.deepEqual([gates.shutdown.state, gates.shutdown.evidence.kind], ['unknown', 'undated']);
      assert.notEqual(verdict.kind, 'can');
    });
  });
});

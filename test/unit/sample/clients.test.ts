import assert from 'node:assert/strict';
import { OpenAIAdmin, OpenAIProject, type RequestReport } from '../../../src/openai';
import {
  createSampleOrganization,
  createSecondSampleOrganization,
  sampleTransport,
} from '../../../src/sample';

const now = Date.UTC(2026, 10, 21, 12);

/** Both clients of an organization in memory, as the extension makes them for the sample. */
function clientsOf(organization: ReturnType<typeof createSampleOrganization>) {
  const reports: RequestReport[] = [];
  const options = {
    baseURL: organization.baseURL,
    transport: sampleTransport(organization),
    onRequest: (report: RequestReport) => void reports.push(report),
  };
  const admin = new OpenAIAdmin({ ...options, adminAPIKey: organization.adminAPIKey });
  const projects = organization.projectAPIKeys.map(
    ({ key }) => new OpenAIProject({ ...options, apiKey: key }),
  );
  return { admin: admin.admin.organization, projects, reports };
}

for (const create of [createSampleOrganization, createSecondSampleOrganization])
  describe(`our clients on the sample organization ${create().name}`, () => {
    const organization = create({ now: () => now });

    it('read its audit log to the end', async () => {
      const { admin, reports } = clientsOf(organization);
      const read = [];
      const types = ['checkpoint.permission.created', 'checkpoint.permission.deleted'];
      for await (const event of admin.auditLogs.list({ event_types: types, limit: 100 })) read.push(event);
      const { revoked, checkpoints } = organization.state;
      const grants = [...checkpoints.values()].reduce((sum, { permissions }) => sum + permissions.size, 0);
      assert.equal(read.length, grants + 2 * revoked.length);
      assert.equal(reports.length, Math.ceil(read.length / 100));
      for (const event of read)
        assert.ok(event['checkpoint.permission.created'] ?? event['checkpoint.permission.deleted']);
    });

    it('read ninety days of usage in three requests', async () => {
      const { admin, reports } = clientsOf(organization);
      const days = [];
      const today = Math.floor(now / 1000 / 86_400) * 86_400;
      for await (const { data } of admin.usage.completionWindows({
        start_time: today - 90 * 86_400,
        end_time: today + 86_400,
        bucket_width: '1d',
        group_by: ['model'],
      }))
        days.push(...data);
      assert.equal(days.length, 91);
      assert.equal(new Set(days.map(({ start_time }) => start_time)).size, 91);
      assert.equal(reports.length, 3);
      const models = new Set(days.flatMap(({ results }) => results.map(({ model }) => model)));
      assert.ok([...models].some((model) => model?.startsWith(`ft:`)));
    });

    it('read jobs, their checkpoints and models with every project key', async () => {
      const { projects } = clientsOf(organization);
      const found: string[] = [];
      for (const { fineTuning, models } of projects) {
        const usable = new Map((await models.list()).data.map((model) => [model.id, model]));
        for await (const job of fineTuning.jobs.list())
          for await (const made of fineTuning.jobs.checkpoints.list(job.id)) {
            const id = made.fine_tuned_model_checkpoint;
            found.push(id);
            assert.equal(usable.get(id)?.shutdown_date, organization.state.checkpoints.get(id)?.shutdownDate);
          }
      }
      assert.deepEqual(found.toSorted(), organization.checkpoints.toSorted());
    });
  });

import assert from 'node:assert/strict';
import { createSampleOrganization } from '../../../src/sample';
import { ask } from './ask';

const now = Date.UTC(2026, 10, 21, 12);
const seconds = now / 1000;

/** Checkpoints of each source, and those of the initial checkpoint list. */
function sources() {
  const organization = createSampleOrganization({ now: () => now });
  const read = (target: string, key?: string) =>
    ask(organization, target, key === undefined ? {} : { key }).json;
  const audit = new Set<string>();
  const created = 'checkpoint.permission.created';
  for (let after = ''; ; ) {
    const page = read(`/organization/audit_logs?event_types[]=${created}&limit=100${after}`);
    for (const event of page.data) audit.add(event[created].data.fine_tuned_model_checkpoint);
    if (!page.has_more) break;
    after = `&after=${page.last_id}`;
  }
  const usage = new Set<string>();
  for (const days of [31, 62, 93]) {
    const start = seconds - days * 86_400;
    const page = read(`/organization/usage/completions?start_time=${start}&limit=31&group_by[]=model`);
    for (const { results } of page.data)
      for (const { model } of results) if (model.startsWith('ft:')) usage.add(model);
  }
  const jobs = new Set<string>();
  for (const { key } of organization.projectAPIKeys)
    for (const { id } of read('/fine_tuning/jobs', key).data)
      for (const one of read(`/fine_tuning/jobs/${id}/checkpoints`, key).data)
        jobs.add(one.fine_tuned_model_checkpoint);
  return { organization, audit, usage, jobs, listed: new Set(organization.listed) };
}

describe('the sample organization has checkpoints to be found', () => {
  it('in usage only, as it was never shared', () => {
    const { audit, usage, listed } = sources();
    const found = [...usage].filter((id) => !audit.has(id) && !listed.has(id));
    assert.deepEqual(found, ['ft:gpt-4.1-mini-2025-04-14:harbor-labs:berth-notes:Cz8MfT4e']);
  });

  it('in the audit log only, as nobody uses it', () => {
    const { audit, usage, listed } = sources();
    const found = [...audit].filter((id) => !usage.has(id) && !listed.has(id));
    assert.deepEqual(found, ['ft:gpt-4o-mini-2024-07-18:harbor-labs:claims-triage:Bw6JhX2p']);
  });

  it('with the projects’ keys only: steps that are neither shared nor used', () => {
    const { audit, usage, jobs, listed } = sources();
    const found = [...jobs].filter((id) => !audit.has(id) && !usage.has(id) && !listed.has(id));
    assert.deepEqual(
      found.map((id) => id.split(':').slice(3).join(':')),
      [
        'support-bot:Cq7TzR2m:ckpt-step-240',
        'berth-notes:Cz8MfT4e:ckpt-step-120',
        'berth-notes:Cz8MfT4e:ckpt-step-60',
      ],
    );
  });

  it('all of which can be read and granted', () => {
    const { organization } = sources();
    const hidden = organization.checkpoints.filter((id) => !organization.listed.includes(id));
    assert.equal(hidden.length, 5);
    const project = [...organization.state.projects.keys()].at(-1);
    for (const id of hidden) {
      const target = `/fine_tuning/checkpoints/${id}/permissions`;
      assert.equal(ask(organization, target).status, 200);
      assert.equal(
        ask(organization, target, { method: 'POST', body: { project_ids: [project] } }).status,
        200,
      );
    }
  });
});

describe('the sample organization’s project keys', () => {
  it('are one for each project that owns models, that of the first project first', () => {
    const { organization } = sources();
    const owners = new Set([...organization.state.checkpoints.values()].map(({ owner }) => owner));
    const { projectAPIKeys } = organization;
    assert.deepEqual(
      projectAPIKeys.map(({ project }) => project),
      [...owners],
    );
    assert.equal(projectAPIKeys[0]?.key, organization.projectAPIKey);
    assert.equal(new Set(projectAPIKeys.map(({ key }) => key)).size, projectAPIKeys.length);
  });

  it('are the same after a reset', () => {
    const { organization } = sources();
    const before = organization.projectAPIKeys;
    organization.reset();
    assert.deepEqual(organization.projectAPIKeys, before);
    for (const { key } of before) assert.equal(ask(organization, '/fine_tuning/jobs', { key }).status, 200);
  });

  it('of an organization without projects see nothing', () => {
    const organization = createSampleOrganization({ fill: () => undefined });
    assert.deepEqual(organization.projectAPIKeys, [{ key: organization.projectAPIKey, project: undefined }]);
    const key = organization.projectAPIKey;
    assert.deepEqual(ask(organization, '/fine_tuning/jobs', { key }).json.data, []);
    assert.deepEqual(ask(organization, '/organization/audit_logs').json.data, []);
  });
});

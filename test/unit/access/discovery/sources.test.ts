import assert from 'node:assert/strict';
import { auditLogSource } from '../../../../src/access/discovery/auditLog';
import { jobsSource, type ProjectKeyClient } from '../../../../src/access/discovery/jobs';
import type { Source } from '../../../../src/access/discovery/source';
import { usageSource } from '../../../../src/access/discovery/usage';
import { APIError, OpenAIAdmin, OpenAIProject } from '../../../../src/openai';
import { cursorTraps, type Emulator, faults, startEmulator } from '../../../emulator';
import { findingIn, now, search } from './search';

describe('the search for checkpoints', () => {
  let emulator: Emulator;
  let client: OpenAIAdmin;
  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());
  beforeEach(() => {
    emulator.reset();
    client = new OpenAIAdmin({ adminAPIKey: emulator.adminAPIKey, baseURL: emulator.baseURL, maxRetries: 0 });
  });
  afterEach(() => client.close());

  const auditLog = () => auditLogSource(client.admin.organization.auditLogs);
  const usage = () => usageSource(client.admin.organization.usage);
  const ofEndpoint = (name: string) => emulator.requests.filter(({ endpoint }) => endpoint === name);

  function accesses(): ProjectKeyClient[] {
    return emulator.organization.projectAPIKeys.map(({ key, project = '' }) => ({
      project,
      label: `project ${project}`,
      open: async () => new OpenAIProject({ apiKey: key, baseURL: emulator.baseURL, maxRetries: 0 }),
    }));
  }

  function all(): Source[] {
    return [auditLog(), usage(), ...accesses().map(jobsSource)];
  }

  it('finds in the audit log what was ever granted, with how often and when last', async () => {
    const { state } = emulator.organization;
    const { entries, ends, ids } = await search([auditLog()]);
    assert.deepEqual(ends.auditLog, { kind: 'complete' });
    const shared = [...state.checkpoints.values()].filter(({ permissions }) => permissions.size > 0);
    for (const { id } of shared) assert.ok(ids.includes(id), id);
    const once = shared.find(({ permissions }) => permissions.size > 1);
    const granted = findingIn(
      entries.find(({ id }) => id === once?.id),
      'auditLog',
    );
    assert.ok(granted?.count !== undefined && granted.count > 1);
    assert.ok(granted.last !== undefined && granted.last < now * 2);
  });

  it('asks for each page of the log once, and for nothing else', async () => {
    await search([auditLog()]);
    const asked = emulator.requests.map(({ query }) => JSON.stringify(query));
    assert.equal(new Set(asked).size, asked.length);
    assert.ok(asked.length > 1);
    for (const query of asked) assert.match(query, /"event_types\[\]":"checkpoint\.permission\.created"/);
  });

  it('finds in the usage of three months the models that were used, in three requests', async () => {
    const { ends, ids, entries } = await search([usage()]);
    assert.deepEqual(ends.usage, { kind: 'complete' });
    assert.equal(ofEndpoint('usage.completions').length, 3);
    assert.ok(ids.length > 0);
    assert.ok(ids.every((id) => id.startsWith('ft:')));
    const used = findingIn(entries[0], 'usage');
    assert.ok(used?.count !== undefined && used.count > 0);
    assert.ok(used.last !== undefined && used.last % (24 * 3600_000) === 0, 'a day');
    assert.equal(used.days, 93);
  });

  it('finds with project keys the models of their jobs, with steps, metrics, owners and ends', async () => {
    const { entries, ends } = await search(accesses().map(jobsSource));
    assert.ok(Object.values(ends).every(({ kind }) => kind === 'complete'));
    const { state } = emulator.organization;
    for (const entry of entries.filter(({ owner }) => owner !== undefined)) {
      assert.equal(entry.owner, state.checkpoints.get(entry.id)?.owner, entry.id);
      assert.ok(entry.createdAt && entry.createdAt * 1000 < now * 2);
    }
    const step = entries.find(({ id, metrics }) => id.includes(':ckpt-step-') && metrics);
    assert.ok(step?.metrics && Object.values(step.metrics).every(Number.isFinite));
    assert.ok(entries.some(({ shutdownDate }) => /^\d{4}-/.test(shutdownDate ?? '')));
  });

  it('gathers what several sources say of one checkpoint', async () => {
    const { entries, ids, reports } = await search(all());
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(entries.some(({ findings }) => findings.length >= 3));
    const listed = new Set(emulator.organization.listed);
    assert.ok(
      ids.some((id) => !listed.has(id)),
      'there is something that was not in the list',
    );
    assert.ok(reports.every(({ found }) => found > 0));
  });

  it('lets each source fail for itself', async () => {
    const whole = await search([auditLog(), usage()]);
    for (const fault of [
      faults.status(401),
      faults.status(500),
      faults.html(200),
      faults.resetBeforeAnswer,
    ]) {
      emulator.reset();
      emulator.fail('usage.completions', fault);
      const { ends, ids } = await search([auditLog(), usage()]);
      assert.equal(ends.usage?.kind, 'failed', fault.name);
      assert.deepEqual(ends.auditLog, { kind: 'complete' });
      const alone = await search([auditLog()]);
      assert.deepEqual(ids, alone.ids);
      assert.ok(ids.length <= whole.ids.length);
    }
  });

  it('keeps what a source found before it failed, and says that it failed', async () => {
    emulator.fail('auditLogs.list', faults.status(500));
    emulator.fail('auditLogs.list', { name: 'none', processed: true }, 1);
    const { ends, ids } = await search([auditLog()]);
    assert.equal(ends.auditLog?.kind, 'failed');
    assert.ok(ids.length > 0);
  });

  it('counts nothing, and calls no day the last, where a source was not read to its end', async () => {
    emulator.fail('usage.completions', faults.status(500));
    emulator.fail('usage.completions', { name: 'none', processed: true }, 1);
    emulator.fail('auditLogs.list', faults.status(500));
    emulator.fail('auditLogs.list', { name: 'none', processed: true }, 1);
    const { entries, ends } = await search([auditLog(), usage()]);
    assert.deepEqual([ends.auditLog?.kind, ends.usage?.kind], ['failed', 'failed']);
    const findings = entries.flatMap((entry) => entry.findings);
    assert.ok(findings.some(({ in: place }) => place === 'auditLog'));
    assert.ok(findings.some(({ in: place }) => place === 'usage'));
    for (const { count, last } of findings) {
      assert.equal(count, undefined);
      assert.ok(last !== undefined);
    }
  });

  it('says that steps are missing when those of one job cannot be read, and reads the others', async () => {
    emulator.fail('jobs.checkpoints.list', faults.status(500), 1);
    const [access] = accesses();
    assert.ok(access);
    const { ends, ids } = await search([jobsSource(access)]);
    const [end] = Object.values(ends);
    assert.ok(end?.kind === 'incomplete');
    const [gap] = end.gaps;
    assert.ok(gap?.kind === 'jobCheckpoints');
    assert.match(gap.job, /^ftjob-/);
    assert.ok(gap.error instanceof APIError && gap.error.status === 500);
    assert.ok(ids.length > 0);
  });

  it('tells a wrong key for one project without touching the others', async () => {
    const [first, ...others] = accesses();
    assert.ok(first && others.length > 0);
    const wrong: ProjectKeyClient = {
      ...first,
      open: async () => new OpenAIProject({ apiKey: 'not-known', baseURL: emulator.baseURL, maxRetries: 0 }),
    };
    const { ends } = await search([wrong, ...others].map(jobsSource));
    assert.equal(ends[`jobs:${first.project}`]?.kind, 'failed');
    for (const { project } of others) assert.equal(ends[`jobs:${project}`]?.kind, 'complete');
  });

  it('stops with the person, keeps what was found and says that it was stopped', async () => {
    const abort = new AbortController();
    const gate = emulator.hold('usage.completions');
    const searching = search([auditLog(), usage()], abort.signal);
    await emulator.requested(1, 'usage.completions');
    abort.abort();
    const { ends } = await searching;
    assert.deepEqual(ends.usage, { kind: 'incomplete', gaps: [{ kind: 'stopped' }] });
    gate.release();
  });

  it('says that a list was broken off whose announced last page is empty', async () => {
    const [access] = accesses();
    assert.ok(access);
    for (const [endpoint, source, gap] of [
      ['auditLogs.list', auditLog(), 'brokenOff'],
      ['jobs.list', jobsSource(access), 'brokenOff'],
      ['jobs.checkpoints.list', jobsSource(access), 'jobCheckpoints'],
    ] as const) {
      emulator.reset();
      emulator.fail(endpoint, cursorTraps.emptyEnd);
      const { ends, ids } = await search([source]);
      const [end] = Object.values(ends);
      assert.ok(end?.kind === 'incomplete', endpoint);
      assert.ok(end.gaps.every(({ kind }) => kind === gap) && end.gaps.length > 0);
      assert.ok(ids.length > 0);
    }
  });

  it('does not go in circles where a server does', async () => {
    const body = {
      object: 'page',
      data: [],
      has_more: true,
      next_page: 'again',
    };
    emulator.fail('usage.completions', faults.status(200, { body }));
    const { ends } = await search([usage()]);
    assert.ok(ends.usage?.kind === 'incomplete');
    assert.deepEqual(
      ends.usage.gaps.map(({ kind }) => kind),
      ['brokenOff'],
    );
    assert.ok(emulator.requests.length <= 3);
  });
});

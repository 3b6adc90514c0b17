import assert from 'node:assert/strict';
import type {
  AuditLogListParams,
  AuditLogListResponse,
} from 'openai/resources/admin/organization/audit-logs';
import { type Emulator, ManualClock } from '../../emulator';
import { emulatorForEachTest, model, sdk } from './setUp';

let clock = new ManualClock();
const current = emulatorForEachTest(() => {
  clock = new ManualClock();
  return { clock };
});

const created = 'checkpoint.permission.created' as const;
const deleted = 'checkpoint.permission.deleted' as const;

async function read(query: AuditLogListParams, emulator: Emulator = current()) {
  const events: AuditLogListResponse[] = [];
  for await (const event of sdk(emulator).admin.organization.auditLogs.list(query)) events.push(event);
  return events;
}

describe('the official SDK on the audit log', () => {
  it('pages through all of it, newest first, each event once', async () => {
    const events = await read({ limit: 100 });
    assert.equal(new Set(events.map(({ id }) => id)).size, events.length);
    assert.equal(current().requests.length, Math.ceil(events.length / 100));
    const times = events.map(({ effective_at }) => effective_at);
    assert.deepEqual(
      times,
      times.toSorted((one, other) => other - one),
    );
    assert.equal((await read({ limit: 7, effective_at: { gte: times[20] ?? 0 } })).length >= 21, true);
  });

  it('finds a created event for every permission that there is or was', async () => {
    const { state } = current().organization;
    const events = await read({ event_types: [created], limit: 100 });
    const told = events.map((event) => {
      const { id, data } = event[created] ?? {};
      return [id, data?.project_id, data?.fine_tuned_model_checkpoint, event.effective_at].join();
    });
    const known = [...state.checkpoints.values()].flatMap(({ id, permissions }) =>
      permissions.all().map((one) => [one.id, one.project_id, id, one.created_at].join()),
    );
    const gone = state.revoked.map(({ permission, checkpoint }) =>
      [permission.id, permission.project_id, checkpoint, permission.created_at].join(),
    );
    assert.equal(gone.length, 4);
    assert.deepEqual(told.toSorted(), [...known, ...gone].toSorted());
  });

  it('finds deleted events that name nothing but the permission, one of them without an actor', async () => {
    const events = await read({ event_types: [deleted] });
    assert.equal(events.length, 4);
    assert.equal(events.filter(({ actor }) => actor === null).length, 1);
    const before = new Map(
      (await read({ event_types: [created], limit: 100 })).map((event) => [event[created]?.id, event]),
    );
    for (const event of events) {
      assert.deepEqual(Object.keys(event[deleted] ?? {}), ['id']);
      const earlier = before.get(event[deleted]?.id);
      assert.ok(earlier && earlier.effective_at < event.effective_at);
    }
  });

  it('sees a grant and a revoke at once, with the key that made them', async () => {
    const emulator = current();
    const { permissions } = sdk(emulator).fineTuning.checkpoints;
    emulator.organization.addCheckpoint(model);
    const [project = ''] = emulator.organization.state.projects.keys();
    const before = Math.floor(clock.now() / 1000);
    await read({ limit: 1, effective_at: { gt: before } });
    const [permission] = (await permissions.create(model, { project_ids: [project] })).data;
    clock.advance(5000);
    await permissions.delete(permission?.id ?? '', { fine_tuned_model_checkpoint: model });
    const events = await read({ event_types: [created, deleted], effective_at: { gte: before } });
    const actor = {
      type: 'api_key',
      api_key: {
        id: 'key_harbor1',
        type: 'user',
        user: { id: 'user-harbor', email: 'ines.duarte@harbor-labs.example' },
      },
    };
    assert.deepEqual(
      events.map(({ type, effective_at, ...event }) => [type, effective_at - before, event.actor]),
      [
        [deleted, 5, actor],
        [created, 0, actor],
      ],
    );
    assert.deepEqual(events[0]?.[deleted], { id: permission?.id });
    assert.deepEqual(events[1]?.[created], {
      id: permission?.id,
      data: { project_id: project, fine_tuned_model_checkpoint: model },
    });
  });

  it('sees neither a grant to a project that had it nor a revoke that was refused', async () => {
    const emulator = current();
    const { permissions } = sdk(emulator).fineTuning.checkpoints;
    const checkpoint = emulator.organization.addCheckpoint(model, { permissions: 1 });
    const [permission] = checkpoint.permissions.all();
    const all = await read({ limit: 100 });
    await permissions.create(model, { project_ids: [permission?.project_id ?? ''] });
    await assert.rejects(permissions.delete('cp_nothing', { fine_tuned_model_checkpoint: model }));
    assert.deepEqual(await read({ limit: 100 }), all);
  });

  it('filters by time, person, key, target and project', async () => {
    const all = await read({ limit: 100 });
    const filtered = async (query: AuditLogListParams, counts: (event: AuditLogListResponse) => boolean) => {
      const found = await read({ ...query, limit: 100 });
      assert.ok(found.length > 0 && found.length < all.length, `${found.length} of ${all.length}`);
      assert.deepEqual(found, all.filter(counts));
    };
    const { effective_at: middle = 0 } = all[Math.floor(all.length / 2)] ?? {};
    const earlier = all.at(-20)?.effective_at ?? 0;
    await filtered({ effective_at: { gt: middle } }, (event) => event.effective_at > middle);
    await filtered({ effective_at: { gte: middle } }, (event) => event.effective_at >= middle);
    await filtered({ effective_at: { lt: middle } }, (event) => event.effective_at < middle);
    await filtered(
      { effective_at: { lte: middle, gt: earlier } },
      (event) => event.effective_at <= middle && event.effective_at > earlier,
    );
    await filtered(
      { effective_at: { gte: earlier, lte: middle }, actor_ids: ['user-harbor3'] },
      (event) =>
        event.effective_at >= earlier &&
        event.effective_at <= middle &&
        (event.actor?.session?.user ?? event.actor?.api_key?.user)?.id === 'user-harbor3',
    );
    const email = 'tomas.lind@harbor-labs.example';
    const userOf = ({ actor }: AuditLogListResponse) => actor?.session?.user ?? actor?.api_key?.user;
    await filtered({ actor_emails: [email] }, (event) => userOf(event)?.email === email);
    await filtered(
      { actor_ids: ['key_harbor2', 'user-harbor3'] },
      (event) => event.actor?.api_key?.id === 'key_harbor2' || userOf(event)?.id === 'user-harbor3',
    );
    const [, second] = await read({ event_types: [created], limit: 2 });
    const id = second?.[created]?.id ?? '';
    await filtered({ resource_ids: [id] }, (event) => event[created]?.id === id || event[deleted]?.id === id);
    const [home = '', other = ''] = current().organization.state.projects.keys();
    await filtered({ project_ids: [home] }, ({ project }) => project?.id === home);
    // What an admin key does belongs to the default project, whichever project it is about.
    assert.deepEqual(await read({ project_ids: [other] }), []);
    assert.deepEqual(await read({ tenant_only: true }), []);
  });

  it('reads the page before an event', async () => {
    const { auditLogs } = sdk(current()).admin.organization;
    const { data } = await auditLogs.list({ limit: 10 });
    const before = await auditLogs.list({ before: data[7]?.id ?? '', limit: 3 });
    assert.deepEqual(before.data, data.slice(4, 7));
    assert.equal(before.has_more, true);
    const first = await auditLogs.list({ before: data[2]?.id ?? '', limit: 3 });
    assert.deepEqual([first.data, first.has_more], [data.slice(0, 2), false]);
  });

  const refused: Readonly<Record<string, AuditLogListParams>> = {
    limit: { limit: 101 },
    after: { after: 'audit_log-nothing' },
    before: { before: 'audit_log-nothing' },
    event_types: { event_types: ['checkpoint.permission.seen' as 'checkpoint.permission.created'] },
    'effective_at[gt]': { effective_at: { gt: 1.5 } },
    'effective_at[lte]': { effective_at: { lte: '2026-05-03' as unknown as number } },
    colour: { colour: 'red' } as AuditLogListParams,
  };
  for (const [param, query] of Object.entries(refused))
    it(`is refused ${JSON.stringify(query)}`, async () => {
      await assert.rejects(read(query), { status: 400, param });
    });

  it('is refused events that are not above projects together with tenant_only', async () => {
    await assert.rejects(read({ tenant_only: true, event_types: [created] }), { status: 400 });
  });

  it('is told which scope a key lacks', async () => {
    current().removeScopes('api.audit_logs.read');
    await assert.rejects(read({}), { status: 403, message: /Missing scopes: api\.audit_logs\.read\./ });
  });
});

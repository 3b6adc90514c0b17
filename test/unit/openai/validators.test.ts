import assert from 'node:assert/strict';
import {
  adminAPIKeys,
  fineTuningJobs,
  models,
  permissionDeleted,
  permissions,
  projects,
  usageCompletions,
} from '../../../src/openai/responses';
import { Mismatch, type ResponseValidator } from '../../../src/openai/validators';
import { listBody, permission } from './support/replies';

function refuses(check: ResponseValidator<unknown>, value: unknown, why: string): void {
  assert.throws(
    () => check(value),
    (error) => {
      assert.ok(error instanceof Mismatch);
      const { field, found, expected } = error.facts;
      assert.equal(`${field || 'body'} is ${found}, expected ${expected}`, why);
      return true;
    },
  );
}

describe('Wire types', () => {
  it('pass and keep only what they have', () => {
    const checked = permissions({
      ...listBody(['cp_1'], { data: [{ ...permission('cp_1'), creator: 'x' }] }),
      page: 1,
    });
    assert.deepEqual(checked, listBody(['cp_1']));
  });

  it('take first_id and last_id as optional and as null', () => {
    assert.deepEqual(permissions({ object: 'list', data: [], has_more: false, last_id: null }), {
      object: 'list',
      data: [],
      has_more: false,
      last_id: null,
    });
  });

  const broken: Record<string, unknown> = {
    'body is array, expected object': [],
    'body is null, expected object': null,
    'body is string, expected object': 'ok',
    'object is undefined, expected "list"': {},
    'data is undefined, expected array': { object: 'list', has_more: false },
    'has_more is undefined, expected boolean': { object: 'list', data: [] },
    'has_more is string, expected boolean': { object: 'list', data: [], has_more: 'no' },
    'last_id is number, expected string': listBody([], { last_id: 1 }),
    'data[0] is null, expected object': listBody([], { data: [null] }),
    'data[1].id is string, expected non-empty string': listBody([], {
      data: [permission('cp_1'), permission('')],
    }),
    'data[0].created_at is string, expected finite number': listBody([], {
      data: [{ ...permission('cp_1'), created_at: '2026-01-01' }],
    }),
    'data[0].project_id is undefined, expected non-empty string': listBody([], {
      data: [{ id: 'cp_1', object: 'checkpoint.permission', created_at: 1 }],
    }),
    'data[0].object is string, expected "checkpoint.permission"': listBody([], {
      data: [{ ...permission('cp_1'), object: 'permission' }],
    }),
  };
  for (const [message, value] of Object.entries(broken))
    it(`refuse a list where ${message}`, () => refuses(permissions, value, message));

  it('refuse a deletion that does not say whether it deleted', () => {
    refuses(
      permissionDeleted,
      { id: 'cp_1', object: 'checkpoint.permission' },
      'deleted is undefined, expected boolean',
    );
  });

  it('take an admin API key of an older server', () => {
    const old = { id: 'key_1', object: 'organization.admin_api_key', created_at: 1, name: 'Main' };
    assert.deepEqual(adminAPIKeys(listBody([], { data: [old] })).data, [
      { ...old, redacted_value: '', expires_at: null, owner: {} },
    ]);
  });

  it('Truth 26: take an admin API key whatever its owner is', () => {
    const key = { id: 'key_1', object: 'organization.admin_api_key', created_at: 1 };
    const keyOf = (owner: unknown) => adminAPIKeys(listBody([], { data: [{ ...key, owner }] })).data[0];
    for (const owner of [null, undefined, 'somebody', 7, []]) assert.deepEqual(keyOf(owner)?.owner, {});
    assert.deepEqual(keyOf({ role: 7, name: null, id: 'user_1' })?.owner, { id: 'user_1' });
  });

  it('Truth 26: take an admin API key of which only what decides something is known', () => {
    const key = { id: 'key_1', object: 'organization.admin_api_key' };
    const rest = { name: 3, redacted_value: null, created_at: null, expires_at: 'never', last_used_at: {} };
    assert.deepEqual(adminAPIKeys(listBody([], { data: [{ ...key, ...rest, owner: null }] })).data, [
      { ...key, redacted_value: '', created_at: 0, expires_at: null, owner: {} },
    ]);
    refuses(
      adminAPIKeys,
      listBody([], { data: [{ ...key, id: null }] }),
      'data[0].id is null, expected non-empty string',
    );
  });

  it('Truth 26: take a time of 0 for none', () => {
    const key = { id: 'key_1', object: 'organization.admin_api_key', created_at: 0 };
    const [checked] = adminAPIKeys(listBody([], { data: [{ ...key, expires_at: 0, last_used_at: 0 }] })).data;
    assert.deepEqual([checked?.expires_at, checked?.last_used_at], [null, null]);
    const project = { id: 'proj_1', object: 'organization.project', created_at: 0, archived_at: 0 };
    assert.equal(projects(listBody([], { data: [project] })).data[0]?.archived_at, null);
    const job = { id: 'ftjob-1', object: 'fine_tuning.job', created_at: 0, finished_at: 0 };
    assert.equal(fineTuningJobs(listBody([], { data: [job] })).data[0]?.finished_at, null);
  });

  it('Truth 26: take jobs, models and projects without what decides nothing', () => {
    const project = { id: 'proj_1', object: 'organization.project', status: 'active' };
    assert.deepEqual(projects(listBody([], { data: [{ ...project, name: 5, external_key_id: 6 }] })).data, [
      { ...project, created_at: 0 },
    ]);
    refuses(
      projects,
      listBody([], { data: [{ ...project, status: 1 }] }),
      'data[0].status is number, expected string',
    );
    assert.deepEqual(
      models({ object: 'list', data: [{ id: 'ft:a', object: 'model' }], has_more: undefined }).data,
      [{ id: 'ft:a', object: 'model', created: 0, owned_by: '' }],
    );
    const job = { id: 'ftjob-1', object: 'fine_tuning.job', fine_tuned_model: 'ft:a' };
    assert.deepEqual(fineTuningJobs(listBody([], { data: [job] })).data, [
      { ...job, created_at: 0, finished_at: null, model: '', status: '' },
    ]);
  });

  it('Truth 26: skip and count usage of other kinds', () => {
    const result = {
      object: 'organization.usage.completions.result',
      num_model_requests: 3,
      model: 'ft:a',
      project_id: 'proj_1',
    };
    const bucket = { object: 'bucket', start_time: 1, end_time: 2 };
    const page = (...results: unknown[]) => ({
      object: 'page',
      data: [{ ...bucket, results }],
      has_more: false,
    });
    const others = ['organization.usage.embeddings.result', 'organization.usage.vector_stores.result', 'x'];
    assert.deepEqual(
      usageCompletions(page(...others.map((object) => ({ object, usage_bytes: 1 })), result)).data,
      [{ ...bucket, results: [result], otherResults: 3 }],
    );
    assert.deepEqual(usageCompletions(page(result)).data, [{ ...bucket, results: [result] }]);
    for (const [odd, why] of [
      [null, 'data[0].results[0] is null, expected object'],
      [
        { ...result, object: undefined },
        'data[0].results[0].object is undefined, expected "organization.usage.completions.result"',
      ],
      [
        { ...result, num_model_requests: '3' },
        'data[0].results[0].num_model_requests is string, expected finite number',
      ],
    ] as const)
      refuses(usageCompletions, page(odd), why);
  });

  it('take a project with nullable fields', () => {
    const project = {
      id: 'proj_1',
      object: 'organization.project',
      created_at: 1,
      name: null,
      archived_at: null,
    };
    assert.deepEqual(projects(listBody([], { data: [project] })).data, [project]);
  });
});

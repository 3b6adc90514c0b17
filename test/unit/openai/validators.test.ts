import assert from 'node:assert/strict';
import { adminAPIKeys, permissionDeleted, permissions, projects } from '../../../src/openai/responses';
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

  it('refuse an admin API key with an owner of another shape', () => {
    const odd = { id: 'key_1', object: 'organization.admin_api_key', created_at: 1, owner: { role: 7 } };
    refuses(adminAPIKeys, listBody([], { data: [odd] }), 'data[0].owner.role is number, expected string');
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

import assert from 'node:assert/strict';
import { ask, type Question } from './ask';
import { organizationWith, permissions } from './oneCheckpoint';

/** A request, and its expected error response. */
interface Refused extends Question {
  readonly target?: string;
  readonly status: number;
  readonly message: RegExp;
  readonly param?: string | null;
  readonly code?: string | null;
}

const refused: Readonly<Record<string, Refused>> = {
  'an unknown query key': {
    target: `${permissions}?colour=red`,
    status: 400,
    message: /^Unknown parameter: 'colour'\.$/,
    param: 'colour',
    code: 'unknown_parameter',
  },
  'a query key given twice': {
    target: `${permissions}?limit=1&limit=2`,
    status: 400,
    message: /^Duplicate parameter: 'limit'\.$/,
    param: 'limit',
    code: 'duplicate_parameter',
  },
  'the order of another endpoint': {
    target: `${permissions}?order=asc`,
    status: 400,
    message: /^Invalid value: 'asc'\. Supported values are: 'ascending' and 'descending'\.$/,
    param: 'order',
    code: 'invalid_value',
  },
  'the permissions’ order on keys': {
    target: '/organization/admin_api_keys?order=ascending',
    status: 400,
    message: /'asc' and 'desc'/,
    param: 'order',
    code: 'invalid_value',
  },
  'a limit of 0': {
    target: `${permissions}?limit=0`,
    status: 400,
    message: /^Invalid 'limit': integer below minimum value\. Expected a value >= 1, but got 0 instead\.$/,
    param: 'limit',
    code: 'integer_below_min_value',
  },
  'a negative limit': {
    target: `${permissions}?limit=-1`,
    status: 400,
    message: /below minimum value/,
    param: 'limit',
    code: 'integer_below_min_value',
  },
  'a limit that is no whole number': {
    target: `${permissions}?limit=2.5`,
    status: 400,
    message: /expected an integer, but got '2\.5'/,
    param: 'limit',
    code: 'invalid_type',
  },
  'more projects than a page may have': {
    target: '/organization/projects?limit=101',
    status: 400,
    message: /Expected a value <= 100, but got 101 instead/,
    param: 'limit',
    code: 'integer_above_max_value',
  },
  'include_archived other than true or false': {
    target: '/organization/projects?include_archived=yes',
    status: 400,
    message: /'true' and 'false'/,
    param: 'include_archived',
    code: 'invalid_value',
  },
  'a cursor of no permission': {
    target: `${permissions}?after=cp_nothing`,
    status: 400,
    message: /no item with id 'cp_nothing'/,
    param: 'after',
    code: 'invalid_value',
  },
  'an empty cursor': {
    target: `${permissions}?after=`,
    status: 400,
    message: /no item/,
    param: 'after',
    code: 'invalid_value',
  },
  'a cursor of no project': {
    target: '/organization/projects?after=proj_nothing',
    status: 400,
    message: /no item with id 'proj_nothing'/,
    param: 'after',
    code: 'invalid_value',
  },
  'an unknown body key': {
    method: 'POST',
    body: { project_ids: ['proj_a'], note: 'x' },
    status: 400,
    message: /^Unknown parameter: 'note'\.$/,
    param: 'note',
    code: 'unknown_parameter',
  },
  'a body without projects': {
    method: 'POST',
    body: {},
    status: 400,
    message: /^Missing required parameter: 'project_ids'\.$/,
    param: 'project_ids',
    code: 'missing_required_parameter',
  },
  'no projects': {
    method: 'POST',
    body: { project_ids: [] },
    status: 400,
    message: /empty array/,
    param: 'project_ids',
    code: 'empty_array',
  },
  'projects that are not a list': {
    method: 'POST',
    body: { project_ids: 'proj_a' },
    status: 400,
    message: /expected an array of strings, but got a string instead/,
    param: 'project_ids',
    code: 'invalid_type',
  },
  'a project that is a number': {
    method: 'POST',
    body: { project_ids: [7] },
    status: 400,
    message: /expected a string, but got a number instead/,
    param: 'project_ids[0]',
    code: 'invalid_type',
  },
  'a project id of another form': {
    method: 'POST',
    body: { project_ids: ['Support'] },
    status: 400,
    message: /Expected an ID that begins with 'proj_'/,
    param: 'project_ids[0]',
    code: 'invalid_value',
  },
  'a project of nobody': {
    method: 'POST',
    body: { project_ids: ['proj_nothing'] },
    status: 400,
    message: /^Project 'proj_nothing' was not found in this organization\.$/,
    param: 'project_ids',
    code: 'invalid_value',
  },
  'a body that is a list': {
    method: 'POST',
    body: [],
    status: 400,
    message: /expected an object/,
    param: 'body',
    code: 'invalid_type',
  },
  'a body that is not JSON': {
    method: 'POST',
    body: '{',
    status: 400,
    message: /could not parse the JSON body/,
  },
  'no body': { method: 'POST', status: 400, message: /could not parse the JSON body/ },
  'a body of another type': {
    method: 'POST',
    body: 'project_ids=proj_a',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 400,
    message: /only accepts 'application\/json' requests/,
    code: 'unsupported_content_type',
  },
  'a query on a grant': {
    method: 'POST',
    target: `${permissions}?limit=1`,
    body: { project_ids: ['proj_a'] },
    status: 400,
    message: /Unknown parameter: 'limit'/,
    param: 'limit',
    code: 'unknown_parameter',
  },
  'a query on a revoke': {
    method: 'DELETE',
    target: `${permissions}/cp_nothing?force=true`,
    status: 400,
    message: /Unknown parameter: 'force'/,
    param: 'force',
    code: 'unknown_parameter',
  },
  'a checkpoint of nobody': {
    target: '/fine_tuning/checkpoints/ft:gpt-4.1-2025-04-14:other::BBBBBBBB/permissions',
    status: 404,
    message: /^The model 'ft:gpt-4\.1-2025-04-14:other::BBBBBBBB' does not exist$/,
    param: 'model',
    code: 'model_not_found',
  },
  'a base model': {
    target: '/fine_tuning/checkpoints/gpt-4.1/permissions',
    status: 400,
    message: /Expected an ID that begins with 'ft:'/,
    param: 'fine_tuned_model_checkpoint',
    code: 'invalid_value',
  },
  'an id with a part missing': {
    target: '/fine_tuning/checkpoints/ft:gpt-4.1:org/permissions',
    status: 400,
    message: /Expected an ID/,
    param: 'fine_tuned_model_checkpoint',
    code: 'invalid_value',
  },
  'a permission of nobody': {
    method: 'DELETE',
    target: `${permissions}/cp_nothing`,
    status: 404,
    message: /No permission 'cp_nothing' on checkpoint/,
    param: 'permission_id',
    code: 'not_found',
  },
  'a project that does not exist': {
    target: '/organization/projects/proj_nothing',
    status: 404,
    message: /Project with ID 'proj_nothing' was not found/,
    param: 'project_id',
    code: 'not_found',
  },
  'an address that does not exist': {
    target: '/fine_tuning/nothing',
    status: 404,
    message: /^Invalid URL \(GET \/v1\/fine_tuning\/nothing\)$/,
  },
  'an empty checkpoint id': {
    target: '/fine_tuning/checkpoints//permissions',
    status: 404,
    message: /^Invalid URL/,
  },
  'a checkpoint id that cannot be decoded': {
    target: '/fine_tuning/checkpoints/ft%E0%A4%A/permissions',
    status: 404,
    message: /^Invalid URL/,
  },
  'a method that an address does not have': {
    method: 'DELETE',
    target: '/organization/projects',
    status: 405,
    message: /^Invalid method for URL \(DELETE \/v1\/organization\/projects\)$/,
  },
  'the legacy delete path': {
    method: 'DELETE',
    target: '/fine_tuning/checkpoints/cp_nothing/permissions',
    status: 405,
    message: /^Invalid method for URL/,
  },
};

describe('the organization refuses', () => {
  for (const [
    what,
    { target = permissions, status, message, param = null, code = null, ...question },
  ] of Object.entries(refused)) {
    it(what, () => {
      const { organization, checkpoint } = organizationWith(3);
      const answer = ask(organization, target, question);
      assert.equal(answer.status, status);
      assert.match(answer.json.error.message, message);
      assert.deepEqual(
        { ...answer.json.error, message: '' },
        { message: '', type: 'invalid_request_error', param, code },
      );
      assert.equal(checkpoint.permissions.size, 3, 'and nothing changes');
    });
  }

  it('a checkpoint’s own id (ftckpt_…) with the 500 of the field', () => {
    const { organization } = organizationWith(0);
    const answer = ask(organization, '/fine_tuning/checkpoints/ftckpt_abc/permissions');
    assert.equal(answer.status, 500);
    assert.equal(answer.json.error.type, 'server_error');
  });
});

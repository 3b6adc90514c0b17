import assert from 'node:assert/strict';
import { type AccessError, readAccessError } from '../../../../src/access/explain/accessError';

const model = 'ft:gpt-4.1-2025-04-14:acme:support-bot:CZtsdFlR';
const step = `${model}:ckpt-step-16`;
const project = 'proj_Ab12Cd34Ef56Gh78';
/** Made up, and put together so that no text in the repository looks like a key. */
const key = ['sk', 'proj', 'canary', 'of', 'the', 'tests'].join('-');

const noAccess = `Project \`${project}\` does not have access to model \`${model}\``;
const found = { projects: [project], checkpoints: [model], scopes: [] };

const wordings: Readonly<Record<string, readonly [text: string, found: AccessError]>> = {
  'a 403': [noAccess, { ...found, kind: 'noAccess' }],
  'a 403 of the SDK': [
    `PermissionDeniedError: 403 ${noAccess}\n    at APIError.generate (error.mjs:41:20)`,
    { ...found, kind: 'noAccess' },
  ],
  'a 403 as JSON, within JSON': [
    JSON.stringify({ log: JSON.stringify({ error: { message: noAccess, code: 'model_not_found' } }) }),
    { ...found, kind: 'noAccess' },
  ],
  'a 403 as JSON with escaped quotation marks': [
    JSON.stringify({ error: noAccess }).replaceAll('`', '\\u0060'),
    { ...found, kind: 'noAccess' },
  ],
  'a 403 as a sentence without marks': [
    `Project ${project} does not have access to model ${step}.`,
    { ...found, checkpoints: [step], kind: 'noAccess' },
  ],
  'a 403 over two lines, in quotation marks': [
    `Project '${project}' does not have\n  access to model "${model}"`,
    { ...found, kind: 'noAccess' },
  ],
  'a 403 for a base model': [
    `Project \`${project}\` does not have access to model \`gpt-4.1\``,
    { kind: 'noAccess', projects: [project], checkpoints: [], otherModel: 'gpt-4.1', scopes: [] },
  ],
  'a 403 for a model of a lenient form': [
    `Project \`${project}\` does not have access to model \`ft:gpt-4.1:acme::short\``,
    { ...found, checkpoints: ['ft:gpt-4.1:acme::short'], kind: 'noAccess' },
  ],
  'a 401 for missing scopes': [
    '401 You have insufficient permissions for this operation. Missing scopes: model.request, api.model.read. Check…',
    { kind: 'missingScopes', projects: [], checkpoints: [], scopes: ['model.request', 'api.model.read'] },
  ],
  'a 401 for missing scopes beside its request': [
    `model="${model}" You have insufficient permissions. Missing scopes: model.request.`,
    { kind: 'missingScopes', projects: [], checkpoints: [model], scopes: ['model.request'] },
  ],
  'a 400 for the owner': [
    `400 Cannot modify checkpoint permissions for the owning project: ${project}`,
    { kind: 'owningProject', projects: [project], checkpoints: [], scopes: [] },
  ],
  'a 404': [
    `404 The model \`${model}\` does not exist or you do not have access to it.`,
    { kind: 'notFound', projects: [], checkpoints: [model], scopes: [] },
  ],
  'a 404 by its code': [
    `{"error": {"code": "model_not_found"}, "model": "${model}", "project": "${project}"}`,
    { ...found, kind: 'notFound' },
  ],
  'no known error': [`used ${model} in ${project}`, { ...found, kind: 'other' }],
};

describe('an error about access', () => {
  for (const [title, [text, expected]] of Object.entries(wordings))
    it(`is read: ${title}`, () => assert.deepEqual(readAccessError(text), expected));

  it('is none in a text without one', () => {
    for (const text of ['', 'npm ERR! 404', 'project and model', `Authorization: Bearer ${key}`])
      assert.equal(readAccessError(text), undefined);
  });

  it('comes with the IDs of its sentence first, and with others to choose from', () => {
    const other = 'ft:gpt-4o-mini-2024-07-18:acme::B7R9VjQd';
    const error = readAccessError(`tried ${other} in proj_other, then ${noAccess}`);
    assert.deepEqual(error?.projects, [project, 'proj_other']);
    assert.deepEqual(error?.checkpoints, [model, other]);
  });

  it('gives nothing away of a key beside it', () => {
    assert.ok(!JSON.stringify(readAccessError(`${key} ${noAccess} ${key}`)).includes(key));
  });

  it('is bounded, in its text and in what is found', () => {
    const many = Array.from({ length: 100 }, (_, index) => `proj_${index}`).join(' ');
    assert.equal(readAccessError(many)?.projects.length, 20);
    assert.equal(readAccessError(`${' '.repeat(100_000)}${noAccess}`), undefined);
  });
});

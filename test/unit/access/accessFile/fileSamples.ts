/** Texts of access files for tests. */

export const model = 'ft:gpt-4.1-mini-2025-04-14:acme:support:CZtsdFlR';
export const otherModel = 'ft:gpt-4o-mini-2024-07-18:acme::B7R9VjQd:ckpt-step-16';

/** The text of a file with these checkpoints, and more at its top level. */
export function fileText(checkpoints: unknown = {}, more: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify({ version: 1, organization: 'org-acme', ...more, checkpoints }, undefined, 2)}\n`;
}

/** The text of a file with one checkpoint. */
export function oneCheckpoint(grants: unknown, ownership: unknown = 'exact'): string {
  return fileText({ [model]: { ownership, grants } });
}

const acceptance = {
  finding: 'unused',
  checkpoint: model,
  project: 'proj_a',
  reason: 'TICK-9',
  until: '2027-01-10',
};

export interface FileSample {
  readonly title: string;
  readonly text: string;
  /** Kinds of its problems; none if it is valid. */
  readonly kinds: readonly string[];
  /** What no schema can say. */
  readonly isForParserOnly?: true;
}

const valid = (title: string, text: string): FileSample => ({ title, text, kinds: [] });
const invalid = (title: string, text: string, ...kinds: string[]): FileSample => ({ title, text, kinds });
const forParser = (title: string, text: string, ...kinds: string[]): FileSample => ({
  title,
  text,
  kinds,
  isForParserOnly: true,
});
const grant = (fields: Readonly<Record<string, unknown>>): string =>
  oneCheckpoint([{ project: 'proj_a', ...fields }]);

export const fileSamples: readonly FileSample[] = [
  valid('nothing managed', fileText()),
  valid(
    'all there is',
    fileText(
      {
        [model]: {
          ownership: 'exact',
          grants: [{ project: 'proj_a', name: 'Support Bot', reason: 'TICK-12', until: '2027-01-10' }],
        },
        [otherModel]: { ownership: 'additive', grants: [] },
      },
      { limits: { removals: 0 }, accepted: [acceptance] },
    ),
  ),
  valid('comments', `// top\n${fileText()}\n/* end */`),
  valid('a comma after the last item', '{"version":1,"organization":"org-a","checkpoints":{},}'),
  valid('a byte order mark', `\uFEFF${fileText()}`),
  valid('limits without a number', fileText({}, { limits: {} })),
  valid(
    'the same project for two checkpoints',
    fileText(
      Object.fromEntries(
        [model, otherModel].map((id) => [id, { ownership: 'exact', grants: [{ project: 'proj_a' }] }]),
      ),
    ),
  ),
  valid('a version as a fraction that is whole', '{"version":1.0,"organization":"org-a","checkpoints":{}}'),
  valid('the last day of a leap year', grant({ until: '2028-02-29' })),
  valid('a name in another script, with marks', grant({ name: '\u202eشريك 支持\u0000' })),
  valid('a reason as long as it may be, of wide characters', grant({ reason: '🦜'.repeat(300) })),
  valid('an organization that is no org-', fileText({}, { organization: 'acme-corp' })),

  invalid('no object', '[]', 'wrongType'),
  invalid('null', 'null', 'wrongType'),
  invalid('no version', '{"organization":"org-a","checkpoints":{}}', 'missingKey'),
  invalid('another version', fileText({}, { version: 2 }), 'wrongVersion'),
  invalid('a version as text', fileText({}, { version: '1' }), 'wrongType'),
  invalid('a version between', fileText({}, { version: 1.5 }), 'wrongType'),
  invalid('no organization', '{"version":1,"checkpoints":{}}', 'missingKey'),
  invalid('an organization that is a project', fileText({}, { organization: 'proj_a' }), 'notOrganization'),
  invalid('an organization that is a checkpoint', fileText({}, { organization: model }), 'notOrganization'),
  invalid('an organization with spaces', fileText({}, { organization: 'Acme Corp' }), 'notOrganization'),
  invalid('an empty organization', fileText({}, { organization: '' }), 'notOrganization'),
  invalid('a long organization', fileText({}, { organization: 'a'.repeat(201) }), 'notOrganization'),
  invalid('no checkpoints', '{"version":1,"organization":"org-a"}', 'missingKey'),
  invalid('checkpoints as a list', fileText([]), 'wrongType'),
  invalid('an unknown key', fileText({}, { $schema: 'https://example.com' }), 'unknownKey'),
  invalid('an unknown key in limits', fileText({}, { limits: { grants: 1 } }), 'unknownKey'),
  invalid('limits as a number', fileText({}, { limits: 5 }), 'wrongType'),
  invalid('removals below zero', fileText({}, { limits: { removals: -1 } }), 'notRemovals'),
  invalid('removals between', fileText({}, { limits: { removals: 2.5 } }), 'wrongType'),
  invalid('removals as text', fileText({}, { limits: { removals: '5' } }), 'wrongType'),
  invalid('too many removals', fileText({}, { limits: { removals: 10_001 } }), 'notRemovals'),
  invalid(
    'a checkpoint that is a project',
    fileText({ proj_a: { ownership: 'exact', grants: [] } }),
    'notCheckpoint',
  ),
  invalid('a checkpoint object', fileText({ ftckpt_a: { ownership: 'exact', grants: [] } }), 'notCheckpoint'),
  invalid('a base model', fileText({ 'gpt-4o': { ownership: 'exact', grants: [] } }), 'notCheckpoint'),
  invalid(
    'a checkpoint with an invisible character',
    fileText({ [`${model}\u200b`]: { ownership: 'exact', grants: [] } }),
    'notCheckpoint',
  ),
  invalid(
    'a checkpoint in two directions',
    fileText({ [model.replace('acme', '\u202eemca')]: { ownership: 'exact', grants: [] } }),
    'notCheckpoint',
  ),
  invalid(
    'a long checkpoint',
    fileText({ [`${model}${'x'.repeat(300)}`]: { ownership: 'exact', grants: [] } }),
    'notCheckpoint',
  ),
  invalid(
    'a step without a number',
    fileText({ [`${model}:ckpt-step-`]: { ownership: 'exact', grants: [] } }),
    'notCheckpoint',
  ),
  invalid('no ownership', fileText({ [model]: { grants: [] } }), 'missingKey'),
  invalid('another ownership', oneCheckpoint([], 'Exact'), 'notOwnership'),
  invalid('ownership as true', oneCheckpoint([], true), 'wrongType'),
  invalid('no grants', fileText({ [model]: { ownership: 'exact' } }), 'missingKey'),
  invalid('grants as an object', oneCheckpoint({}), 'wrongType'),
  invalid('a grant as text', oneCheckpoint(['proj_a']), 'wrongType'),
  invalid('a grant without a project', oneCheckpoint([{ name: 'A' }]), 'missingKey'),
  invalid('an unknown key of a grant', grant({ expires: '2027-01-10' }), 'unknownKey'),
  invalid('a project that is a checkpoint', oneCheckpoint([{ project: model }]), 'notProject'),
  invalid('a project that is an organization', oneCheckpoint([{ project: 'org-acme' }]), 'notProject'),
  invalid('a project that is a permission', oneCheckpoint([{ project: 'cp_a' }]), 'notProject'),
  invalid('a project with a space', oneCheckpoint([{ project: 'proj_a b' }]), 'notProject'),
  invalid('a project with a line break at its end', oneCheckpoint([{ project: 'proj_a\n' }]), 'notProject'),
  invalid('a long project', oneCheckpoint([{ project: `proj_${'x'.repeat(200)}` }]), 'notProject'),
  invalid('a blank reason', grant({ reason: ' \t' }), 'blank'),
  invalid('a blank name', grant({ name: '' }), 'blank'),
  invalid('a long reason', grant({ reason: 'x'.repeat(301) }), 'tooLong'),
  invalid('a long reason of wide characters', grant({ reason: '🦜'.repeat(301) }), 'tooLong'),
  invalid('a reason as null', grant({ reason: null }), 'wrongType'),
  invalid('a day that there is not', grant({ until: '2027-02-29' }), 'notDay'),
  invalid('the thirteenth month', grant({ until: '2027-13-01' }), 'notDay'),
  invalid('a day of another form', grant({ until: '10.01.2027' }), 'notDay'),
  invalid('a moment', grant({ until: '2027-01-10T00:00:00Z' }), 'notDay'),
  invalid('a day as a number', grant({ until: 20270110 }), 'wrongType'),
  invalid('accepted as an object', fileText({}, { accepted: {} }), 'wrongType'),
  invalid(
    'an unknown finding',
    fileText({}, { accepted: [{ ...acceptance, finding: 'old' }] }),
    'notFinding',
  ),
  invalid(
    'accepted without a reason',
    fileText({}, { accepted: [{ ...acceptance, reason: undefined }] }),
    'missingKey',
  ),
  invalid(
    'accepted for ever',
    fileText({}, { accepted: [{ ...acceptance, until: undefined }] }),
    'missingKey',
  ),
  invalid(
    'accepted for a project as a checkpoint',
    fileText({}, { accepted: [{ ...acceptance, checkpoint: 'proj_a' }] }),
    'notCheckpoint',
  ),
  invalid(
    'a key of the language',
    fileText().replace('"version"', '"__proto__": {}, "version"'),
    'unknownKey',
  ),
  invalid(
    'constructor as a checkpoint',
    fileText({ constructor: { ownership: 'exact', grants: [] } }),
    'notCheckpoint',
  ),
  invalid('a key with a change of direction', fileText({}, { '\u202eversion': 1 }), 'unknownKey'),

  forParser(
    'a key twice',
    '{"version":1,"version":1,"organization":"org-a","checkpoints":{}}',
    'duplicateKey',
  ),
  forParser(
    'a key twice, in two spellings',
    '{"version":1,"v\\u0065rsion":1,"organization":"org-a","checkpoints":{}}',
    'duplicateKey',
  ),
  forParser(
    'a checkpoint twice',
    `{"version":1,"organization":"org-a","checkpoints":{"${model}":{"ownership":"exact","grants":[]},"${model}":{"ownership":"exact","grants":[]}}}`,
    'duplicateCheckpoint',
  ),
  forParser(
    'a project twice',
    oneCheckpoint([{ project: 'proj_a' }, { project: 'proj_a', reason: 'x' }]),
    'duplicateGrant',
  ),
  forParser(
    'a finding accepted twice',
    fileText({}, { accepted: [acceptance, { ...acceptance, reason: 'other' }] }),
    'duplicateAcceptance',
  ),
  forParser('a key of the API in a reason', grant({ reason: 'uses sk-admin-madeUpKeyForTests' }), 'holdsKey'),
  forParser('text that is no JSON', 'version: 1', 'syntax'),
  forParser('nothing', '', 'syntax'),
  forParser('white space', ' \n', 'syntax'),
  forParser('a brace that is not closed', '{"version":1', 'syntax'),
  forParser('a control character in a text', grant({ reason: 'a' }).replace('"a"', '"\u0001"'), 'syntax'),
  forParser('many levels', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'tooDeep'),
  forParser('too much text', ' '.repeat(4 * 1024 * 1024 + 1), 'fileTooLong'),
];

import assert from 'node:assert/strict';
import {
  type NotCheckpoint,
  type NotProject,
  parseCheckpointId,
  shortName,
  splitName,
  whyNotProject,
  whyRefused,
} from '../../../../src/access/ids/checkpointId';
import { pastedIds } from '../../../../src/access/ids/pastedProjects';

describe('checkpoint ids', () => {
  const named: readonly (readonly [string, string])[] = [
    ['ft:gpt-4.1-2025-04-14:acme:support-bot:CZtsdFlR:ckpt-step-16', 'support-bot · step 16'],
    ['ft:gpt-4.1-2025-04-14:acme:support-bot:CZtsdFlR', 'support-bot'],
    ['ft:gpt-4o-mini-2024-07-18:acme::B7R9VjQd', 'gpt-4o-mini · B7R9VjQd'],
    ['ft:gpt-4o-mini-2024-07-18:acme::B7R9VjQd:ckpt-step-8', 'gpt-4o-mini · B7R9VjQd · step 8'],
    ['ft:gpt-3.5-turbo-0125:org.with-dots_and:a.b-c:xyz', 'a.b-c'],
  ];
  for (const [id, name] of named) {
    it(`${id} is called ${name}`, () => {
      const parsed = parseCheckpointId(id);
      assert.ok(parsed);
      assert.equal(parsed.id, id);
      assert.equal(shortName(parsed), name);
      assert.equal(whyRefused(id), undefined);
    });
  }

  it('are called so that what tells them apart stands at the end', () => {
    const split: readonly (readonly [string, string])[] = [
      ['support-bot', ''],
      ['support-bot', ' · step 16'],
      ['gpt-4o-mini · B7R9VjQd', ' · step 8'],
      ['bot · step 8 (ft:gpt-4.1:acme:bot:CZtsdFlR', ':ckpt-step-8)'],
      ['bot (ft:gpt-4.1:acme:bot', ':CZtsdFlR)'],
      ['a step 5', ''],
    ];
    for (const [stem, tail] of split) assert.deepEqual(splitName(`${stem}${tail}`), { stem, tail });
  });

  it('are taken apart', () => {
    assert.deepEqual(parseCheckpointId('ft:gpt-4.1:acme:bot:CZtsdFlR:ckpt-step-16'), {
      id: 'ft:gpt-4.1:acme:bot:CZtsdFlR:ckpt-step-16',
      baseModel: 'gpt-4.1',
      organization: 'acme',
      suffix: 'bot',
      unique: 'CZtsdFlR',
      step: 16,
    });
  });

  const refused: readonly (readonly [string, NotCheckpoint])[] = [
    ['ftckpt_abc123', 'checkpointObject'],
    ['ftjob-abc123', 'job'],
    ['gpt-4o-mini-2024-07-18.ft-0123456789abcdef0123456789abcdef', 'azure'],
    ['davinci:ft-acme-2023-08-24-16-25-55', 'legacy'],
    ['gpt-4.1-mini', 'baseModel'],
    ['o4-mini', 'baseModel'],
    ['ft:gpt-4.1:acme', 'incomplete'],
    ['ft:gpt-4.1:acme:bot:CZtsdFlR:ckpt-step-', 'incomplete'],
    ['proj_abc', 'project'],
    ['cp_abc', 'permission'],
    [['sk', 'anything'].join('-'), 'apiKey'],
    ['draft:1', 'other'],
    ['', 'other'],
  ];
  for (const [text, kind] of refused) {
    it(`recognizes “${text}” as another kind of ID`, () => assert.equal(whyRefused(text), kind));
  }
});

describe('pasted ids', () => {
  it('are found between spaces, commas, line ends, quotes and brackets, each once', () => {
    assert.deepEqual(pastedIds(' ["proj_a", "proj_b"],\nproj_c;proj_a\tproj_d '), [
      'proj_a',
      'proj_b',
      'proj_c',
      'proj_d',
    ]);
  });

  it('are none in blank text', () => assert.deepEqual(pastedIds(' ,; \n'), []));
});

describe('project ids', () => {
  it('are accepted leniently', () => assert.equal(whyNotProject('proj_aB3-_x'), undefined));
  const refused: readonly (readonly [string, NotProject])[] = [
    ['proj_', 'badCharacter'],
    ['proj_a/b', 'badCharacter'],
    ['proj_ä', 'badCharacter'],
    ['ft:a:b:c:d', 'checkpoint'],
    ['cp_1', 'permission'],
    ['org-1', 'organization'],
    ['Support', 'other'],
    [['sk', 'x'].join('-'), 'apiKey'],
  ];
  for (const [text, kind] of refused) {
    it(`“${text}” is refused`, () => assert.equal(whyNotProject(text), kind));
  }
});

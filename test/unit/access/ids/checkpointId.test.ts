import assert from 'node:assert/strict';
import {
  parseCheckpointId,
  shortName,
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

  const refused: readonly (readonly [string, RegExp])[] = [
    ['ftckpt_abc123', /fine_tuned_model_checkpoint/],
    ['ftjob-abc123', /fine-tuning job/],
    ['gpt-4o-mini-2024-07-18.ft-0123456789abcdef0123456789abcdef', /Azure/],
    ['davinci:ft-acme-2023-08-24-16-25-55', /legacy/],
    ['gpt-4.1-mini', /base model/],
    ['o4-mini', /base model/],
    ['ft:gpt-4.1:acme', /not complete/],
    ['ft:gpt-4.1:acme:bot:CZtsdFlR:ckpt-step-', /not complete/],
    ['proj_abc', /project id/],
    ['cp_abc', /id of a permission/],
    [['sk', 'anything'].join('-'), /API key/],
    ['draft:1', /not the id of a fine-tuned model/],
    ['', /not the id/],
  ];
  for (const [text, reason] of refused) {
    it(`refuses “${text}” with its own reason`, () => assert.match(whyRefused(text) ?? '', reason));
  }

  it('has a different sentence for each kind of mistake', () => {
    const kinds = [
      'ftckpt_a',
      'ftjob-a',
      `x.ft-${'0'.repeat(32)}`,
      'ada:ft-x',
      'gpt-4',
      'ft:x',
      'proj_a',
      'cp_a',
      '?',
    ];
    assert.equal(new Set(kinds.map(whyRefused)).size, kinds.length);
  });
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
  for (const text of [
    'proj_',
    'proj_a/b',
    'proj_ä',
    'ft:a:b:c:d',
    'cp_1',
    'org-1',
    'Support',
    ['sk', 'x'].join('-'),
  ]) {
    it(`“${text}” is refused`, () => assert.match(whyNotProject(text) ?? '', /\.$/));
  }
});

import assert from 'node:assert/strict';
import type { Permission } from '../../../src/access/api';
import type { Sent } from '../../../src/access/plan/answer';
import type { By } from '../../../src/access/plan/attribution';
import type { Meanwhile } from '../../../src/access/plan/meanwhile';
import type { Outcome } from '../../../src/access/plan/outcome';
import type { Step } from '../../../src/access/plan/plan';
import { explain, explanationInWords } from '../../../src/words/errors';
import * as words from '../../../src/words/outcomes';
import { World } from '../access/plan/world';

const bot = 'ft:gpt-4.1-2025-04-14:harbor-labs:support-bot:Aa1Bb2Cc';
const other = `${bot}:ckpt-step-160`;

const grant = (project = 'proj_a', checkpoint = bot): Step => ({ action: 'grant', checkpoint, project });
const revoke = (project = 'proj_a'): Step => ({
  action: 'revoke',
  checkpoint: bot,
  project,
  permissionId: 'cp_a',
});
const done = (step: Step, by: By = 'us'): Outcome => ({ step, result: 'done', by });
const notSent = (step: Step): Outcome => ({ step, result: 'notSent' });
const error = new Error('broken');
const failed = (step: Step, mayStillHappen = false): Outcome => ({
  step,
  result: 'failed',
  error,
  readBack: true,
  mayStillHappen,
});
const sent: Sent = { answer: { kind: 'accepted' }, known: { ids: [], isAll: true } };
const unverified = (step: Step, why: 'unreadable' | 'notListed' = 'unreadable'): Outcome => ({
  step,
  result: 'unverified',
  why,
  error,
  sent,
});

describe('words for outcomes', () => {
  it('say what is in effect, of how much, and how that is known', () => {
    const table: [Outcome[], string][] = [
      [[done(grant())], 'Granted 1 project access to support-bot. Confirmed by the server.'],
      [
        [done(grant()), done(grant('proj_b'))],
        'Granted 2 projects access to support-bot. Confirmed by the server.',
      ],
      [
        [done(grant()), notSent(grant('proj_b'))],
        'Granted 1 of 2 projects access to support-bot. Confirmed by the server.',
      ],
      [
        [done(grant()), done(grant('proj_a', other))],
        'Granted 2 permissions for 2 checkpoints. Confirmed by the server.',
      ],
      [
        [done(grant()), failed(grant('proj_a', other))],
        'Granted 1 of 2 permissions for 2 checkpoints. Confirmed by the server.',
      ],
      [[done(revoke())], 'Revoked 1 permission for support-bot. Confirmed by the server.'],
      [
        [done(revoke()), done(revoke('proj_b'))],
        'Revoked 2 permissions for support-bot. Confirmed by the server.',
      ],
      [
        [done(revoke()), failed(revoke('proj_b'))],
        'Revoked 1 of 2 permissions for support-bot. Confirmed by the server.',
      ],
      [
        [done(grant()), done(revoke('proj_b'))],
        'Granted 1 permission and revoked 1 for support-bot. Confirmed by the server.',
      ],
      [
        [done(grant()), done(grant('proj_c')), done(revoke('proj_b'))],
        'Granted 2 permissions and revoked 1 for support-bot. Confirmed by the server.',
      ],
      [
        [done(grant()), done(grant('proj_c')), failed(revoke('proj_b'))],
        'Granted 2 of 2 and revoked 0 of 1 permissions for support-bot. Confirmed by the server.',
      ],
    ];
    for (const [outcomes, expected] of table) assert.equal(words.outcomesInWords(outcomes), expected);
  });

  it('never call nothing what may have happened', () => {
    assert.equal(
      words.outcomesInWords([notSent(grant()), failed(grant('proj_b'))]),
      "Access to support-bot wasn't changed.",
    );
    for (const outcome of [failed(grant(), true), { step: grant(), result: 'unknown', error } as const])
      assert.equal(words.outcomesInWords([outcome]), "It's unknown whether access to support-bot changed.");
    assert.equal(
      words.outcomesInWords([unverified(grant())]),
      "It's unknown whether access to support-bot changed. The API accepted 1 change that isn't confirmed yet.",
    );
    assert.equal(
      words.outcomesInWords([done(grant()), unverified(grant('proj_b')), unverified(grant('proj_c'))]),
      "Granted 1 of 3 projects access to support-bot. Confirmed by the server. The API accepted 2 changes that aren't confirmed yet.",
    );
  });

  it('say what others had done before', () => {
    const table: [Outcome[], string][] = [
      [[done(grant(), 'others')], 'Someone else had already granted it.'],
      [[done(grant(), 'others'), done(grant('proj_b'))], 'Someone else had already granted 1 of them.'],
      [
        [done(grant(), 'others'), done(grant('proj_b'), 'others')],
        'Someone else had already granted 2 of them.',
      ],
      [[done(revoke(), 'others')], 'The permission was already gone.'],
      [[done(revoke(), 'others'), done(revoke('proj_b'))], '1 of the permissions was already gone.'],
      [
        [done(revoke(), 'others'), done(revoke('proj_b'), 'others')],
        '2 of the permissions were already gone.',
      ],
    ];
    for (const [outcomes, expected] of table) {
      const text = words.outcomesInWords(outcomes);
      assert.ok(text.endsWith(`Confirmed by the server. ${expected}`), text);
    }
  });

  it('say what others changed since the preview', async () => {
    const world = new World(1, 4);
    const { organization, projects } = world;
    await organization.projects.read();
    const change = (action: Meanwhile['action'], project = ''): Meanwhile => ({
      action,
      checkpoint: bot,
      permission: {
        id: 'cp',
        object: 'checkpoint.permission',
        created_at: 1,
        project_id: project,
      } as Permission,
    });
    const [a, b, c, d] = projects;
    const outcomes = [done(revoke(a))];
    assert.equal(words.othersInWords(organization, [], outcomes), '');
    assert.equal(
      words.othersInWords(organization, [change('granted', a)], outcomes),
      'Since the preview, someone else granted access again, with a new permission: Project 0.',
    );
    assert.equal(
      words.othersInWords(
        organization,
        [change('granted', b), change('granted', c), change('revoked', d)],
        outcomes,
      ),
      'Since the preview, someone else granted access: Project 1 and Project 2. Since the preview, someone else revoked access: Project 3.',
    );
    organization.dispose();
  });

  it('give the reason of each that is not done', () => {
    const why = explanationInWords(explain(error));
    const table: [Outcome, string][] = [
      [done(grant()), ''],
      [notSent(grant()), 'Not sent because it was canceled.'],
      [{ step: grant(), result: 'notSent', error }, `Not sent. ${why}`],
      [unverified(grant()), `Accepted, but not confirmed. ${why}`],
      [unverified(grant(), 'notListed'), `Not confirmed yet. ${why}`],
      [{ step: grant(), result: 'unknown', error }, `It's unknown whether this took effect. ${why}`],
      [failed(grant()), why],
      [failed(grant(), true), `Not in effect yet, but it may still take effect. ${why}`],
    ];
    for (const [outcome, expected] of table) assert.equal(words.reasonInWords(outcome), expected);
    assert.equal(words.projectsAndReason('Alpha', '', 'No [way](x).'), 'Alpha: No [way]\u200b(x).');
    assert.equal(words.projectsAndReason('Alpha', 'bot', 'No.'), 'Alpha for bot: No.');
  });

  it('name a change for the log', () => {
    assert.equal(
      words.outcomeForLog(notSent(revoke())),
      `revoke cp_a, project proj_a, checkpoint ${bot}: notSent. Not sent because it was canceled.`,
    );
  });
});

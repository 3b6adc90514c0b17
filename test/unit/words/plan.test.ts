import assert from 'node:assert/strict';
import { grantsWithUnknownOwner } from '../../../src/access/plan/obstacles';
import { type Plan, planGrants, type RevokeStep } from '../../../src/access/plan/plan';
import { checkpointLabel, checkpointName, checkpointNames } from '../../../src/words/names';
import * as words from '../../../src/words/plan';
import { allowTimeFor, requestsInWords } from '../../../src/words/requests';
import { World } from '../access/plan/world';

const bot = 'ft:gpt-4.1-2025-04-14:harbor-labs:support-bot:Aa1Bb2Cc';
const step = `${bot}:ckpt-step-160`;

function revokes(count: number, checkpoint = bot): RevokeStep[] {
  return Array.from({ length: count }, (_, index) => ({
    action: 'revoke',
    checkpoint,
    project: `proj_${index}`,
    permissionId: `cp_${index}`,
  }));
}

const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `proj_${index}`);

describe('words for names of checkpoints', () => {
  it('have the training step in parentheses in sentences, and after a dot in rows', () => {
    assert.equal(checkpointName(step), 'support-bot (step 160)');
    assert.equal(checkpointLabel(step), 'support-bot · step 160');
    assert.equal(checkpointName('ft:gpt-4o-mini-2024-07-18:harbor::B7R9VjQd'), 'gpt-4o-mini · B7R9VjQd');
    assert.equal(checkpointName('[a](b) $(x)'), '[a]\u200b(b) $\u200b(x)');
    assert.deepEqual(
      [[], [bot], [bot, step]].map((checkpoints) => checkpointNames(checkpoints)),
      ['0 checkpoints', 'support-bot', '2 checkpoints'],
    );
  });
});

describe('words for a plan', () => {
  let world: World;
  before(async () => {
    world = new World(1, 2);
    await world.organization.projects.read();
  });
  after(() => world.organization.dispose());

  it('name what it does to how many', () => {
    const mixed = (grants: number, revoked: number): Plan => ({
      steps: [...planGrants([bot], many(grants)).steps, ...revokes(revoked)],
    });
    const table: [Plan, string][] = [
      [planGrants([bot], many(1)), 'Grant 1 project access to support-bot'],
      [planGrants([step], many(2)), 'Grant 2 projects access to support-bot (step 160)'],
      [planGrants([bot, step], many(2)), 'Grant 2 projects access to 2 checkpoints'],
      [{ steps: revokes(1) }, 'Revoke 1 permission for support-bot'],
      [{ steps: revokes(1200) }, 'Revoke 1,200 permissions for support-bot'],
      [mixed(1, 2), 'Grant 1 permission and revoke 2 for support-bot'],
      [mixed(3, 1), 'Grant 3 permissions and revoke 1 for support-bot'],
    ];
    for (const [plan, expected] of table) assert.equal(words.planInWords(plan), expected);
    assert.equal(words.planQuestion(mixed(1, 1)), 'Grant 1 permission and revoke 1 for support-bot?');
  });

  it('Truth 2: say that the API refuses owners that are unknown', () => {
    const unknown = grantsWithUnknownOwner(planGrants([bot, step], many(2)), (id) =>
      id === step ? 'proj_9' : undefined,
    );
    assert.deepEqual([...unknown], [bot]);
    assert.equal(grantsWithUnknownOwner({ steps: revokes(2) }, () => undefined).size, 0);
    assert.deepEqual([1, 2].map(words.ownersUnknownInPlan), [
      'The owner of 1 checkpoint is unknown. The API refuses to grant access to the owner.',
      'The owners of 2 checkpoints are unknown. The API refuses to grant access to owners.',
    ]);
  });

  it('have a line for each change, with the verb where a plan has both', () => {
    const [project = ''] = world.projects;
    const [grant] = planGrants([bot], [project]).steps;
    const [revoke] = revokes(1);
    assert.ok(grant && revoke);
    const { organization } = world;
    assert.equal(words.changeInWords(organization, grant), `Project 0 (${project})`);
    assert.equal(words.changeInWords(organization, revoke), 'proj_0, cp_0');
    assert.equal(words.changeWithVerb(organization, grant), `Grant: Project 0 (${project})`);
    assert.equal(words.changeWithVerb(organization, revoke), 'Revoke: proj_0, cp_0');
    const doubtful = 'proj_0, cp_0 (perhaps granted by someone else)';
    assert.equal(words.changeInWords(organization, revoke, true), doubtful);
    assert.equal(words.changeWithVerb(organization, revoke, true), `Revoke: ${doubtful}`);
    assert.equal(
      words.changeInWords(organization, grant, true),
      `Project 0 (${project}) (perhaps revoked by someone else)`,
    );
    assert.equal(words.changeDetails(grant), `grant · ${project}`);
    assert.equal(words.changeDetails(revoke), 'revoke · proj_0 · cp_0');
    assert.equal(words.changesOf('grant', step), 'Grant · support-bot · step 160');
    assert.equal(words.changesOf('revoke', bot), 'Revoke · support-bot');
  });

  it('count what is not selected, and what is to be confirmed', () => {
    const table: [(count: number) => string, string, string][] = [
      [words.notSelected, "1 change isn't selected.", "2 changes aren't selected."],
      [
        words.confirmNumberPrompt,
        'Type 1 to confirm revoking 1 permission',
        'Type 2 to confirm revoking 2 permissions',
      ],
    ];
    for (const [inWords, one, two] of table) assert.deepEqual([inWords(1), inWords(2)], [one, two]);
    assert.equal(words.confirmNumberPrompt(1200), 'Type 1200 to confirm revoking 1,200 permissions');
    assert.equal(words.wrongNumber(12), 'Type 12, the number of permissions to revoke.');
  });

  it('say why a plan is not shown any more, or not yet', () => {
    assert.equal(
      words.planReplaced('Undo: Grant 1 project access to support-bot'),
      'Another plan was opened, so this one was closed: Undo: Grant 1 project access to support-bot. Nothing was sent.',
    );
    assert.equal(
      words.anotherPlanIsApplied,
      "Another plan is being applied. Wait until it's done. Nothing was sent.",
    );
  });

  it('say why a change is impossible or suspicious', () => {
    const now = Date.UTC(2026, 10, 21);
    const loadedAt = now - 3_600_000;
    const [project = ''] = world.projects;
    const [change] = planGrants([step], [project]).steps;
    assert.ok(change);
    const table = [
      [
        { kind: 'missingScope', scopes: ['a.write'] },
        "support-bot (step 160) can't be changed. A few minutes ago, the API refused because your admin API key lacks the scope a.write.",
      ],
      [
        { kind: 'missingScope', scopes: ['a.write', 'b.write'] },
        "support-bot (step 160) can't be changed. A few minutes ago, the API refused because your admin API key lacks the scopes a.write and b.write.",
      ],
      [{ kind: 'owner' }, "Project 0 owns this model, so it always has access. That can't be changed."],
      [{ kind: 'archived' }, 'Project 0 is archived, so access would have no effect.'],
      [
        { kind: 'archived', loadedAt },
        'Project 0 is archived, so access would have no effect (project list loaded 1 hour ago).',
      ],
      [
        { kind: 'shutDown', shutdown: { shutsDownOn: '2026-10-23', source: 'table' } },
        'Project 0 would get access to a model that shut down Oct 23, 2026.',
      ],
      [
        { kind: 'ownsModel' },
        'Project 0 owns the fine-tuned model, so it probably owns this checkpoint, too.',
      ],
      [{ kind: 'wasArchived' }, 'Project 0 was archived, so access may have no effect.'],
      [
        { kind: 'wasArchived', loadedAt },
        'Project 0 was archived, so access may have no effect (project list loaded 1 hour ago).',
      ],
    ] as const;
    for (const [reason, expected] of table)
      assert.equal(words.obstacleInWords(world.organization, { step: change, ...reason }, now), expected);
  });

  it('say how many more changes are impossible', () => {
    const reason = 'Alpha is archived.';
    assert.deepEqual(
      [0, 1, 2].map((rest) => words.nothingPossible(reason, rest)),
      [
        'Nothing was sent. Alpha is archived.',
        "Nothing was sent. Alpha is archived. 1 more change can't be made for a similar reason.",
        "Nothing was sent. Alpha is archived. 2 more changes can't be made for similar reasons.",
      ],
    );
  });

  it('say what it costs', () => {
    assert.equal(
      words.costInWords({ changes: 1, readBacks: 1 }),
      'Sends 1 request, then 1 more to confirm. Allow up to about 1 minute.',
    );
    assert.equal(
      words.costInWords({ changes: 12, readBacks: 3 }),
      'Sends 12 requests, then 3 more to confirm. Allow up to about 3 minutes.',
    );
  });

  it('say how far applying has come', () => {
    const [project = ''] = world.projects;
    const [change] = planGrants([step], [project]).steps;
    assert.ok(change);
    const counts = { answered: 1, total: 3 };
    assert.equal(
      words.applyProgressInWords(world.organization, { ...counts, doing: 'changing', step: change }),
      '2 of 3: Project 0',
    );
    assert.equal(
      words.applyProgressInWords(world.organization, { ...counts, doing: 'readingBack', checkpoint: step }),
      'confirming support-bot (step 160)',
    );
    const now = Date.UTC(2026, 10, 21);
    assert.equal(words.archivedAsOf('Alpha', now - 7_200_000, now), 'Alpha was archived as of 2 hours ago');
  });
});

describe('words for what requests cost', () => {
  it('give the time where it is noticeable', () => {
    const table: [number, string][] = [
      [1, 'At least 1 request'],
      [7, 'At least 7 requests'],
      [9, 'At least 9 requests (about 1–2 minutes, as the API may allow only 7–10 a minute)'],
      [20, 'At least 20 requests (about 2–3 minutes, as the API may allow only 7–10 a minute)'],
      [14, 'At least 14 requests (about 2 minutes, as the API may allow only 7–10 a minute)'],
    ];
    for (const [requests, expected] of table) assert.equal(requestsInWords(requests), expected);
    assert.deepEqual([1, 7, 8].map(allowTimeFor), [
      'Allow up to about 1 minute.',
      'Allow up to about 1 minute.',
      'Allow up to about 2 minutes.',
    ]);
  });
});

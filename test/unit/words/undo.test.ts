import assert from 'node:assert/strict';
import type { Account } from '../../../src/access/journal/account';
import type { Undo } from '../../../src/access/plan/lookAgain';
import { planGrants } from '../../../src/access/plan/plan';
import * as words from '../../../src/words/undo';
import { World } from '../access/plan/world';

const bot = 'ft:gpt-4.1-2025-04-14:harbor-labs:support-bot:Aa1Bb2Cc';
const now = Date.UTC(2026, 10, 21);

describe('words for undoing and resuming', () => {
  let world: World;
  before(async () => {
    world = new World(1, 2);
    await world.organization.projects.read();
  });
  after(() => world.organization.dispose());

  it('name a recorded change', () => {
    const grants = planGrants(['[x](y)'], ['proj_a']);
    assert.equal(words.recordedPlan(grants), 'Grant 1 project access to [x]\u200b(y)');
    assert.equal(
      words.recordedPlan({ ...grants, isUndo: true }),
      'Undo: Grant 1 project access to [x]\u200b(y)',
    );
    assert.deepEqual([0, 1, 2].map(words.unreadableRecords), [
      '',
      "1 change recorded on this computer can't be read, so it isn't listed. Its record is damaged, or a newer version of this extension wrote it.",
      "2 changes recorded on this computer can't be read, so they aren't listed. Their records are damaged, or a newer version of this extension wrote them.",
    ]);
    const checkpoints = [1, 2, 3, 4].map((step) => `${bot}:ckpt-step-${step}`);
    const at = now - 180_000;
    assert.deepEqual(
      [1, 2, 4].map((count) => words.whenAndWhere(at, checkpoints.slice(0, count), now)),
      [
        '3 minutes ago · support-bot (step 1)',
        '3 minutes ago · support-bot (step 1) and support-bot (step 2)',
        '3 minutes ago · support-bot (step 1), support-bot (step 2), and 2 more',
      ],
    );
    const steps = planGrants([bot], ['proj_a', 'proj_b']).steps.map((step) => ({ step }));
    const account: Pick<Account, 'steps' | 'names'> = { steps, names: { proj_a: 'Alpha' } };
    assert.equal(words.recordedProjects(account), 'Alpha and proj_b');
  });

  it('say how far it came', () => {
    const table: [words.RecordedProgress, string, string][] = [
      [{ done: 1, unanswered: 0, total: 1 }, 'done', 'It was done.'],
      [{ done: 0, unanswered: 0, total: 1 }, 'not done', "It isn't done."],
      [{ done: 0, unanswered: 1, total: 1 }, 'sent without a response', 'It was sent, but no response came.'],
      [{ done: 0, unanswered: 0, total: 2 }, '0 of 2 changes done', '0 of 2 changes are done.'],
      [
        { done: 4, unanswered: 1, total: 10 },
        '4 of 10 changes done · 1 sent without a response',
        '4 of 10 changes are done. 1 was sent, but no response came.',
      ],
      [
        { done: 4, unanswered: 2, total: 10 },
        '4 of 10 changes done · 2 sent without a response',
        '4 of 10 changes are done. 2 were sent, but no response came.',
      ],
    ];
    for (const [progress, short, long] of table) {
      assert.equal(words.progressInShort(progress), short);
      assert.equal(words.progressInWords(progress), long);
    }
    assert.deepEqual(
      [words.alreadyDone(0, 1), words.alreadyDone(1, 1), words.alreadyDone(4, 10)],
      ["The change isn't done yet.", 'The change is already done.', '4 of 10 changes are already done.'],
    );
  });

  it('offer to resume', () => {
    assert.equal(
      words.oneInterrupted('Grant 2 projects access to support-bot', '1 minute ago · support-bot', {
        done: 0,
        unanswered: 1,
        total: 2,
      }),
      'A change was interrupted: Grant 2 projects access to support-bot (1 minute ago · support-bot). 0 of 2 changes are done. 1 was sent, but no response came. Nothing is sent until you choose.',
    );
    assert.equal(
      words.severalInterrupted(3),
      '3 changes were interrupted. Nothing is sent until you choose.',
    );
    assert.deepEqual(
      [words.foreignInterruptions(1), words.foreignInterruptions(2)],
      [
        '1 interrupted change belongs to a different organization or host. Use Set Admin API Key… with its key to see it.',
        '2 interrupted changes belong to a different organization or host. Use Set Admin API Key… with its key to see them.',
      ],
    );
    assert.deepEqual(
      [words.foreignChanges(1), words.foreignChanges(2)],
      [
        '1 change belongs to a different organization or host. Use Set Admin API Key… with its key to see it.',
        '2 changes belong to a different organization or host. Use Set Admin API Key… with its key to see them.',
      ],
    );
    const next = 'Continue there, or close that window first.';
    assert.deepEqual(
      [
        words.beingAppliedElsewhere(),
        words.beingAppliedElsewhere(4711),
        words.beingAppliedElsewhere(4711, 'harbor'),
      ],
      [
        `Another window is working on this change. ${next}`,
        `Another window (process 4711) is working on this change. ${next}`,
        `Another window (process 4711 on harbor) is working on this change. ${next}`,
      ],
    );
  });

  it('say what is not undone, and what is not granted again', () => {
    const { organization } = world;
    const steps = planGrants([bot], world.projects).steps;
    const nothing: Undo = { plan: { steps: [] }, perhapsUs: [], left: [] };
    assert.deepEqual(words.undoNotes(organization, nothing), []);
    assert.deepEqual(words.undoNotes(organization, { ...nothing, plan: { steps } }), [
      'Restored access gets a new permission ID.',
    ]);
    const [one, two] = steps;
    assert.ok(one && two);
    const notes = words.undoNotes(organization, {
      ...nothing,
      left: [
        { step: one, why: 'goneAlready' },
        { step: two, why: 'goneAlready' },
        { step: one, why: 'backAlready' },
        { step: two, why: 'notOurs' },
      ],
    });
    assert.deepEqual(notes, [
      'Not undone, because the access has been revoked since: Project 0 and Project 1.',
      'Not undone, because access already exists: Project 0.',
      'Not undone, because the current access seems to come from another change: Project 1.',
    ]);
    assert.equal(
      words.notGrantedAgain(organization, [one]),
      'Not granted again, because someone revoked the access after it was granted: Project 0.',
    );
  });
});

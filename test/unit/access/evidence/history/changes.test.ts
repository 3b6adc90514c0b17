import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { actorIDs, actorOf } from '../../../../../src/access/evidence/history/actor';
import { type Change, notesOn, personsOf } from '../../../../../src/access/evidence/history/change';
import { filterHistory, parseHistoryFilter } from '../../../../../src/access/evidence/history/filter';
import { learnFromLog, mergeChanges } from '../../../../../src/access/evidence/history/merge';
import { Origins } from '../../../../../src/access/evidence/history/origins';
import { learnFromJournal, ownChanges } from '../../../../../src/access/evidence/history/ownChanges';
import type { Account, StepAccount } from '../../../../../src/access/journal/account';
import type { OrganizationIdentity } from '../../../../../src/access/organizationIdentity';
import { atOnce } from '../../../../../src/access/slices';
import type { AuditLog } from '../../../../../src/openai/index';
import { foldedOnce } from '../../../../../src/text/searchTerms';
import { bot, day, deleted, granted, start } from './support';

const grantStep = { action: 'grant', checkpoint: bot, project: 'proj_a' } as const;
const revokeStep = {
  action: 'revoke',
  checkpoint: bot,
  project: 'proj_a',
  permissionId: 'cp_1',
} as const;

const here: OrganizationIdentity = { origin: 'https://api.example', key: 'key-1' };

function account(...steps: StepAccount[]): Account {
  return {
    id: 'plan-1',
    profile: 'test',
    organization: 'Test',
    by: 'ines',
    at: start * 1000,
    names: { proj_a: 'Berth planning' },
    steps,
    whose: here,
    session: undefined,
    released: false,
    part: 1,
    damaged: false,
  };
}

function told(events: readonly AuditLog[], accounts: readonly Account[] = []): Change[] {
  const origins = new Origins();
  atOnce(learnFromJournal(origins, accounts));
  atOnce(learnFromLog(origins, events));
  return atOnce(mergeChanges(events, atOnce(ownChanges(accounts, here)), origins));
}

describe('the history', () => {
  it('has the newest change first, with who, what and where', () => {
    const changes = told([deleted('cp_1', start + day), granted('cp_1', start)]);
    assert.deepEqual(
      changes.map(({ action, project, checkpoint, origin }) => [action, project, checkpoint, origin]),
      [
        ['revoked', 'proj_a', bot, 'earlierEvent'],
        ['granted', 'proj_a', bot, 'event'],
      ],
    );
    assert.deepEqual(changes[0]?.logged?.actor, { kind: 'user', id: 'ines@harbor.example', user: 'user-1' });
  });

  it('says of what was done with another key that it may be of another organization, unless the log tells of it', () => {
    const permission = { id: 'cp_1', created_at: start };
    const done: StepAccount = { step: grantStep, sentAt: start * 1000, done: { by: 'us', permission } };
    for (const whose of [undefined, { origin: here.origin, key: 'key-2' }]) {
      const { whose: _, ...rest } = account(done);
      const before = [{ ...rest, ...(whose && { whose }) }];
      const [alone] = told([], before);
      assert.ok(alone);
      assert.deepEqual(notesOn(alone, true), ['maybeOtherOrganization']);
      const [logged] = told([granted('cp_1', start)], before);
      assert.ok(logged?.own);
      assert.deepEqual(notesOn(logged, true), []);
    }
    const [own] = told([], [account(done)]);
    assert.ok(own);
    assert.deepEqual(notesOn(own, true), []);
  });

  it('says that a revoke cannot be resolved, and whether the rest of the log may tell', () => {
    const [change] = told([deleted('cp_9', start)]);
    assert.ok(change);
    assert.equal(change.project, undefined);
    assert.deepEqual(notesOn(change, true), ['originUnknown']);
    assert.deepEqual(notesOn(change, false), ['originNotLoaded']);
  });

  it('resolves a revoke from the journal, also from a plan that was refused', () => {
    const refused = account({ step: revokeStep, sentAt: start * 1000, answer: 'refused' });
    const [change, another] = told([deleted('cp_1', start + 9 * day)], [refused]);
    assert.deepEqual([change?.project, change?.origin, change?.own], ['proj_a', 'journal', undefined]);
    assert.equal(another, undefined);
  });

  it('resolves a revoke from a list that was read before', () => {
    const origins = new Origins();
    origins.learn('cp_1', { project: 'proj_b', checkpoint: bot }, 'list');
    const [change] = atOnce(mergeChanges([deleted('cp_1', start)], [], origins));
    assert.deepEqual([change?.project, change?.origin], ['proj_b', 'list']);
  });

  it('is one row for what the log and this computer tell of the same permission', () => {
    const own = account({
      step: grantStep,
      sentAt: start * 1000 - 1500,
      answer: 'accepted',
      done: { by: 'us', permission: { id: 'cp_1', created_at: start } },
    });
    const changes = told([granted('cp_1', start)], [own]);
    assert.equal(changes.length, 1);
    const [change] = changes;
    assert.ok(change);
    assert.equal(change.at, start * 1000, 'the log’s time counts');
    assert.equal(change.projectName, 'Berth planning');
    assert.deepEqual([change.logged?.actor?.id, change.own?.by], ['ines@harbor.example', 'ines']);
    assert.deepEqual(notesOn(change, true), []);
  });

  it('joins a grant whose permission was never learnt with the closest event, once', () => {
    const accepted = { step: grantStep, sentAt: start * 1000, answer: 'accepted' } as const;
    const events = [granted('cp_2', start + 3600), granted('cp_1', start + 2)];
    const changes = told(events, [account(accepted)]);
    assert.deepEqual(
      changes.map(({ permission, own }) => [permission, own?.certainty]),
      [
        ['cp_2', undefined],
        ['cp_1', 'accepted'],
      ],
    );
  });

  it('puts down to this computer no later change of somebody else whose like it had sent in vain', () => {
    const lost = { step: revokeStep, sentAt: start * 1000, answer: 'uncertain' } as const;
    const later = told([deleted('cp_1', start + day)], [account(lost)]);
    assert.deepEqual(
      later.map(({ logged, own }) => [logged?.actor?.id, own?.by]),
      [
        ['ines@harbor.example', undefined],
        [undefined, 'ines'],
      ],
    );
    const [soon] = told([deleted('cp_1', start + 2)], [account(lost)]);
    assert.ok(soon);
    assert.deepEqual(notesOn(soon, true), ['maybeOfSomeoneElse']);
  });

  it('takes no name for a project’s that nobody wrote down', () => {
    const step = { ...grantStep, project: 'constructor' };
    const [change] = told([], [account({ step, sentAt: start * 1000, answer: 'accepted' })]);
    assert.equal(change?.projectName, undefined);
  });

  it('tells only what this computer did, or may have done', () => {
    const at = start * 1000;
    const steps: StepAccount[] = [
      { step: grantStep },
      { step: grantStep, sentAt: at, answer: 'refused' },
      { step: grantStep, sentAt: at, done: { by: 'others' } },
      { step: grantStep, sentAt: at, answer: 'uncertain', judged: { step: 3, result: 'failed' } },
      { step: grantStep, sentAt: at, answer: 'uncertain' },
      { step: grantStep, sentAt: at, answer: 'accepted' },
      { step: grantStep, sentAt: at, done: { by: 'us' } },
    ];
    const changes = told([], [account(...steps)]);
    assert.deepEqual(
      changes.map((change) => notesOn(change, true)),
      [['outcomeUnknown'], ['notConfirmed'], []],
    );
    assert.ok(changes.every(({ logged, own }) => logged === undefined && own?.by === 'ines'));
  });

  it('knows the IDs by which the API can be asked for somebody', () => {
    const events = [
      granted('cp_1', start, {
        actor: { api_key: { id: 'key_2', user: { id: 'user-1', email: 'a@b.example' } } },
      }),
      granted('cp_2', start, { actor: { session: { user: { id: 'user-1', email: 'a@b.example' } } } }),
      granted('cp_3', start, { actor: { api_key: { id: 'key_1', user: { email: 'a@b.example' } } } }),
      granted('cp_4', start, { actor: { api_key: { id: 'key_3', service_account: { id: 'svc_1' } } } }),
      granted('cp_5', start, { actor: { session: { user: { email: 'c@d.example' } } } }),
      granted('cp_6', start, { actor: { api_key: { id: 'key_4' } } }),
      granted('cp_7', start, { actor: null }),
    ];
    assert.deepEqual(actorIDs(events, 'a@b.example'), ['key_1', 'key_2', 'user-1']);
    assert.deepEqual(actorIDs(events, 'svc_1'), ['key_3', 'svc_1']);
    assert.deepEqual(actorIDs(events, 'key_4'), ['key_4']);
    assert.deepEqual(actorIDs(events, 'c@d.example'), [], 'an address is no ID');
    assert.deepEqual(actorIDs(events, 'user-1'), [], 'known by their address');
  });

  it('names whoever the log names, and says when it names nobody', () => {
    const user = { id: 'user-1', email: 'a@b.example' };
    assert.equal(actorOf(null), undefined);
    assert.equal(actorOf({ type: 'session', session: {} }), undefined);
    assert.deepEqual(actorOf({ api_key: { id: 'key_1', user } }), {
      kind: 'user',
      id: 'a@b.example',
      user: 'user-1',
      key: 'key_1',
    });
    assert.deepEqual(actorOf({ api_key: { id: 'key_1', service_account: { id: 'svc_1' } } }), {
      kind: 'serviceAccount',
      id: 'svc_1',
      key: 'key_1',
    });
    assert.deepEqual(actorOf({ api_key: { id: 'key_1' } }), { kind: 'key', id: 'key_1', key: 'key_1' });
    const [nobody] = told([granted('cp_1', start, { actor: null })]);
    assert.ok(nobody?.logged);
    assert.equal(nobody.logged.actor, undefined);
  });

  it('resolves every revoke whose grant is in the log, whatever the order and the rest', () => {
    const permission = fc.record({
      id: fc.integer({ min: 0, max: 30 }),
      project: fc.integer({ min: 0, max: 5 }),
      at: fc.integer({ min: 0, max: 1000 }),
      revokedAfter: fc.option(fc.integer({ min: 0, max: 1000 }), { nil: undefined }),
      isLogged: fc.boolean(),
    });
    void fc.assert(
      fc.property(fc.uniqueArray(permission, { selector: ({ id }) => id }), (permissions) => {
        const events = permissions.flatMap(({ id, project, at, revokedAfter, isLogged }) => [
          ...(isLogged ? [granted(`cp_${id}`, start + at, { project: `proj_${project}` })] : []),
          ...(revokedAfter === undefined ? [] : [deleted(`cp_${id}`, start + at + revokedAfter)]),
        ]);
        const changes = told(events);
        assert.equal(changes.length, events.length);
        for (const { id, project, isLogged } of permissions) {
          for (const change of changes.filter((each) => each.permission === `cp_${id}`))
            assert.equal(change.project, isLogged ? `proj_${project}` : undefined);
        }
        for (const [index, { at }] of changes.entries())
          assert.ok(index === 0 || at <= (changes[index - 1]?.at ?? 0));
      }),
    );
  });
});

describe('a filter of the history', () => {
  const other = `${bot}:ckpt-step-9`;
  const nameless = { actor: null };
  const ines = { kind: 'actor', id: 'ines@harbor.example' } as const;
  const thisComputer = { kind: 'account', id: 'ines' } as const;
  const changes = told([
    deleted('cp_9', start + 5 * day),
    granted('cp_3', start + 2 * day, { project: 'proj_b', checkpoint: other }),
    granted('cp_2', start + day, nameless),
    granted('cp_1', start),
  ]);
  const textOf = ({ permission = '', action, project = '' }: Change) =>
    foldedOnce((only) => (only === 'project' ? project : `${action} ${permission}`));
  const shown = (filter: Parameters<typeof filterHistory>[1]) => {
    const found = filterHistory(changes, filter, textOf);
    return [found.shown.map(({ permission }) => permission).join(), found.undecided];
  };

  it('shows all without a wish', () => assert.deepEqual(shown({}), ['cp_9,cp_3,cp_2,cp_1', 0]));

  it('tells how many changes it cannot decide about, and shows none of them', () => {
    assert.deepEqual(shown({ checkpoint: bot }), ['cp_2,cp_1', 1]);
    assert.deepEqual(shown({ project: 'proj_b' }), ['cp_3', 1]);
    assert.deepEqual(shown({ person: ines }), ['cp_9,cp_3,cp_1', 1]);
  });

  it('counts a day from its beginning and ends before another', () => {
    assert.deepEqual(shown({ from: (start + day) * 1000, to: (start + 5 * day) * 1000 }), ['cp_3,cp_2', 0]);
    assert.deepEqual(shown({ from: (start + day) * 1000, checkpoint: bot }), ['cp_2', 1]);
    assert.deepEqual(shown({ to: (start + day) * 1000, checkpoint: bot }), ['cp_1', 0]);
  });

  it('knows this computer’s account as a person', () => {
    const [own] = told([], [account({ step: grantStep, sentAt: start * 1000, done: { by: 'us' } })]);
    assert.ok(own);
    assert.deepEqual(personsOf(own), [thisComputer]);
    assert.equal(filterHistory([own], { person: thisComputer }, textOf).shown.length, 1);
  });

  it('finds what this computer did also where the log tells of it, and by whom', () => {
    const done = { by: 'us', permission: { id: 'cp_1', created_at: start } } as const;
    const [both] = told(
      [granted('cp_1', start)],
      [account({ step: grantStep, sentAt: start * 1000, answer: 'accepted', done })],
    );
    assert.ok(both);
    for (const person of [thisComputer, ines])
      assert.equal(filterHistory([both], { person }, textOf).shown.length, 1, person.kind);
    const olu = { kind: 'actor', id: 'olu@harbor.example' } as const;
    assert.deepEqual(filterHistory([both], { person: olu }, textOf), { shown: [], undecided: 0 });
  });

  it('does not say that somebody did not do what the log has not told of yet', () => {
    const own = told([], [account({ step: grantStep, sentAt: start * 1000, done: { by: 'us' } })]);
    assert.deepEqual(filterHistory(own, { person: ines }, textOf), { shown: [], undecided: 1 });
  });

  it('finds what has every word of a search, and grants or revokes alone', () => {
    assert.deepEqual(shown({ text: 'CP_3 granted' }), ['cp_3', 0]);
    assert.deepEqual(shown({ text: 'cp_3 revoked' }), ['', 0]);
    assert.deepEqual(shown({ text: '"granted cp_3"' }), ['cp_3', 0], 'words in quotation marks are one');
    assert.deepEqual(shown({ text: 'project:proj_b granted' }), ['cp_3', 0]);
    assert.deepEqual(shown({ text: 'project:cp_3' }), ['', 0], 'sought in the project only');
    assert.deepEqual(shown({ action: 'revoked' }), ['cp_9', 0]);
    assert.deepEqual(shown({ action: 'granted', person: ines }), ['cp_3,cp_1', 1]);
    assert.deepEqual(shown({ text: 'cp_9', project: 'proj_b' }), ['', 1], 'it may be of the project');
  });

  it('believes only what is valid of a filter from outside', () => {
    for (const person of [ines, thisComputer])
      assert.deepEqual(parseHistoryFilter({ person }), { filter: { person }, isWhole: true });
    const filter = {
      project: 'proj_a',
      action: 'granted',
      from: 5,
      to: 7,
      text: 'x',
      checkpoint: bot,
    } as const;
    assert.deepEqual(parseHistoryFilter(filter), { filter, isWhole: true });
    for (const wrong of [
      { person: { kind: 'else', id: 'x' } },
      { person: { kind: 'actor' } },
      { person: 'ines' },
      { action: 'toggled' },
      { from: Number.POSITIVE_INFINITY },
      { to: '2026' },
      { text: 'x'.repeat(1001) },
      { toString: 'proj_b' },
    ])
      assert.deepEqual(parseHistoryFilter({ project: 'proj_a', ...wrong }), {
        filter: { project: 'proj_a' },
        isWhole: false,
      });
    for (const wrong of [undefined, null, 7, 'x']) assert.equal(parseHistoryFilter(wrong).isWhole, false);
  });
});

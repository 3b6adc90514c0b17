import assert from 'node:assert/strict';
import type { AccessExplanation } from '../../../src/access/explain/explainAccess';
import type { Gate, GateKind, Gates } from '../../../src/access/explain/gates';
import { gateKinds } from '../../../src/access/explain/gates';
import type { KeyCounts } from '../../../src/access/explain/projectKeys';
import { findingsOf, verdictOf } from '../../../src/access/explain/verdict';
import { commandIds } from '../../../src/ids';
import { APIError } from '../../../src/openai';
import {
  gateInWords,
  gateLine,
  gateTitles,
  verdictInWords,
  warningsInWords,
} from '../../../src/words/explain';
import { titleOf } from '../../titles';

const now = Date.parse('2026-11-21T15:00:00Z');
const minute = 60_000;
const loadedAt = now - 5 * minute;
const names = {
  project: 'Berth planning',
  checkpoint: 'support-bot',
  nameOf: (id: string) => `the project ${id}`,
};

const open: Gates = {
  project: { kind: 'project', state: 'open', source: 'project', loadedAt, evidence: { kind: 'active' } },
  permission: {
    kind: 'permission',
    state: 'open',
    source: 'permissions',
    loadedAt,
    evidence: {
      kind: 'granted',
      permissions: [
        {
          id: 'cp_a',
          since: Date.parse('2026-03-04T10:00:00Z'),
          by: { kind: 'user', id: 'ines@harbor.example' },
        },
      ],
    },
  },
  policy: {
    kind: 'policy',
    state: 'open',
    source: 'policy',
    loadedAt,
    evidence: { kind: 'listed', mode: 'allow_list' },
  },
  shutdown: {
    kind: 'shutdown',
    state: 'open',
    source: 'models',
    evidence: { kind: 'dated', shutdown: { shutsDownOn: '2027-01-14', source: 'models' }, daysLeft: 54 },
  },
  key: {
    kind: 'key',
    state: 'open',
    source: 'keys',
    loadedAt,
    evidence: { kind: 'keys', counts: counts({ people: 1 }), isComplete: true },
  },
  usage: {
    kind: 'usage',
    state: 'open',
    source: 'usage',
    loadedAt,
    evidence: {
      kind: 'used',
      lastDay: Date.parse('2026-11-18'),
      requests: 1,
      from: Date.parse('2026-10-22'),
    },
  },
};

function counts(more: Partial<KeyCounts>): KeyCounts {
  return { people: 0, serviceAccounts: 0, others: 0, expired: 0, withoutAccess: 0, ...more };
}

function explained(changed: Partial<Gates>): AccessExplanation {
  const gates = { ...open, ...changed };
  return { project: 'proj_a', checkpoint: 'ft:a', gates, verdict: verdictOf(findingsOf(gates)), at: now };
}

const verdict = (changed: Partial<Gates> = {}) => verdictInWords(explained(changed), names);
/** A gate with other evidence, as a sentence. */
const evidence = (gate: Gate) => gateInWords(gate, names, now).evidence;
const noPolicy = { ...open.policy, inferred: true, evidence: { kind: 'noPolicy' } } as const;
const archived = {
  ...open.project,
  state: 'closed',
  evidence: { kind: 'archived', archivedAt: Date.parse('2026-10-02') },
} as const;
const blocked = {
  ...open.policy,
  state: 'closed',
  evidence: { kind: 'listed', mode: 'deny_list' },
} as const;
const scope = new APIError(403, { message: 'Missing scopes: api.management.read.' }, undefined, undefined);

describe('why a project can use a checkpoint, in words', () => {
  it('is a sentence alone if nothing is inferred', () =>
    assert.equal(verdict(), 'Berth planning can use support-bot.'));

  it('names each gate that is inferred', () => {
    const table = {
      ...open.shutdown,
      source: 'table',
      inferred: true,
      evidence: {
        kind: 'dated',
        shutdown: { shutsDownOn: '2027-01-14', source: 'table' },
        daysLeft: 54,
        knownAsOf: '2026-11-21',
      },
    } as const;
    assert.equal(
      verdict({ policy: noPolicy, shutdown: table }),
      'Berth planning can use support-bot. Inferred, not confirmed: the project has no model policy. ' +
        'Inferred, not confirmed: the shutdown date, announced for the base model as of Nov 21, 2026.',
    );
  });

  it('says what is out of date', () => {
    assert.equal(
      verdict({ policy: { ...open.policy, isOld: true } }),
      'Berth planning can use support-bot. The information under Model policy may be out of date.',
    );
    assert.equal(
      verdict({ policy: { ...open.policy, isOld: true }, project: { ...open.project, isOld: true } }),
      'Berth planning can use support-bot. The information under these headings may be out of date: Project and Model policy.',
    );
  });

  it('or why it cannot, by each gate that is closed', () => {
    assert.equal(
      verdict({ project: archived }),
      "Berth planning can't use support-bot. The project was archived on Oct 2, 2026 UTC.",
    );
    assert.equal(
      verdict({ project: archived, policy: blocked }),
      "Berth planning can't use support-bot. The project was archived on Oct 2, 2026 UTC. " +
        'The model policy of the project blocks the models in its list. This checkpoint is in the list.',
    );
  });

  it('or what is unknown, with the use that there was', () => {
    const failed = {
      ...open.policy,
      state: 'unknown',
      settledBy: 'loadAgain',
      failure: scope,
      evidence: { kind: 'failed' },
    } as const;
    assert.equal(
      verdict({ policy: failed }),
      "Whether Berth planning can use support-bot is unknown. The model policy of the project couldn't be loaded. " +
        'The key lacks the api.management.read scope. ' +
        'The project last used the checkpoint on Nov 18, 2026 UTC, with 1 request since Oct 22, 2026 UTC.',
    );
    const { advice, detail } = gateInWords(failed, names, now);
    assert.equal(advice, 'Use an admin API key that has it, or ask an organization owner to add it.');
    assert.match(detail ?? '', /Missing scopes/);
  });

  it('warns of what speaks against it', () => {
    assert.deepEqual(warningsInWords(explained({})), []);
    const noKey = {
      ...open.key,
      state: 'closed',
      closedSince: Date.parse('2026-11-20'),
      evidence: { kind: 'keys', counts: counts({ expired: 1 }), isComplete: true },
    } as const;
    assert.deepEqual(warningsInWords(explained({ key: noKey })), [
      'The project has no live API key, so no program can use the model. People may still use it.',
    ]);
    assert.deepEqual(warningsInWords(explained({ key: noKey, project: archived })), [
      'The project also has no live API key.',
      'The project used the checkpoint on Nov 18, 2026 UTC. That contradicts what is shown under Project. ' +
        'The project may have lost access since then, or the information may be wrong.',
    ]);
  });
});

describe('a gate in words', () => {
  it('has a title, a state, evidence, and source with age', () => {
    assert.deepEqual(gateInWords(open.permission, names, now), {
      title: 'Owner or permission',
      state: 'Open',
      evidence: 'The project has permission cp_a (granted Mar 4, 2026 UTC by ines@harbor.example).',
      source: 'permissions of the checkpoint · loaded 5 minutes ago',
      advice: '',
    });
    assert.equal(
      gateLine(open.shutdown, names, now),
      'Shutdown: open · The model shuts down on Jan 14, 2027, in 54 days. · shutdown date reported by the API',
    );
    assert.equal(new Set(gateKinds.map((kind) => gateTitles[kind])).size, gateKinds.length);
  });

  it('says that its last refresh failed', () => {
    const gate = { ...open.policy, isOld: true, failure: scope } as const;
    assert.equal(
      gateInWords(gate, names, now).source,
      'model policy of the project · loaded 5 minutes ago · the last refresh failed',
    );
  });

  const { project, permission, policy, shutdown, key, usage } = open;
  const owner = { project: 'proj_o', source: 'refusal', reportedAt: loadedAt } as const;
  const dated = (shutsDownOn: string, daysLeft: number) =>
    ({
      ...shutdown,
      evidence: { kind: 'dated', shutdown: { shutsDownOn, source: 'models' }, daysLeft },
    }) as const;
  const keys = (more: Partial<KeyCounts>, isComplete = true) =>
    ({ ...key, evidence: { kind: 'keys', counts: counts(more), isComplete } }) as const;
  const sentences: readonly (readonly [Gate, string])[] = [
    [project, 'The project is active in this organization.'],
    [{ ...project, evidence: { kind: 'archived' } }, 'The project is archived.'],
    [{ ...project, evidence: { kind: 'notFound' } }, 'This organization has no such project.'],
    [{ ...project, evidence: { kind: 'notLoaded' } }, "The project isn't loaded."],
    [
      { ...project, evidence: { kind: 'otherStatus', status: 'paused' } },
      'The API reported the status “paused” for the project. What it means for access is unknown.',
    ],
    [
      { ...project, evidence: { kind: 'otherStatus', status: '' } },
      "The API didn't report whether the project is active.",
    ],
    [
      { ...permission, evidence: { kind: 'owner', owner } },
      'The project owns the model, so it needs no permission.',
    ],
    [
      { ...permission, evidence: { kind: 'none', owner } },
      'The project has no permission, and the project proj_o owns the model.',
    ],
    [
      { ...permission, evidence: { kind: 'notGranted' } },
      'The project has no permission. It may still own the model, because the owner is unknown.',
    ],
    [
      {
        ...permission,
        evidence: {
          kind: 'granted',
          permissions: [{ id: 'cp_a' }, { id: 'cp_b', since: Date.parse('2026-03-04') }],
        },
      },
      'The project has 2 permissions: cp_a and cp_b (granted Mar 4, 2026 UTC).',
    ],
    [noPolicy, 'The API found no model policy for the project.'],
    [
      { ...policy, evidence: { kind: 'notListed', mode: 'allow_list' } },
      "The model policy of the project allows only the models in its list. This checkpoint isn't in the list.",
    ],
    [
      { ...policy, evidence: { kind: 'notListed', mode: 'deny_list' } },
      "The model policy of the project blocks the models in its list. This checkpoint isn't in the list.",
    ],
    [
      { ...policy, evidence: { kind: 'related', mode: 'deny_list', models: ['gpt-4.1', 'ft:a'] } },
      'The model policy of the project blocks the models in its list. The list has gpt-4.1 and ft:a. Whether that includes this checkpoint is unknown.',
    ],
    [dated('2026-10-23', -29), 'The model shut down on Oct 23, 2026.'],
    [dated('2026-11-21', 0), 'The model shuts down today. It may still respond.'],
    [dated('2026-11-22', 1), 'The model shuts down on Nov 22, 2026, in 1 day.'],
    [
      { ...shutdown, evidence: { kind: 'undated', knownAsOf: '2026-11-21' } },
      'No shutdown date is known for the model. The announcements in this extension are as of Nov 21, 2026.',
    ],
    [keys({}), 'The project has no API key.'],
    [keys({ people: 1 }), 'The project has 1 live API key. Keys by owner: 1 person.'],
    [
      keys({ people: 2, serviceAccounts: 3, others: 1, expired: 2, lastUsedAt: Date.parse('2026-11-20') }),
      'The project has 6 live API keys. Keys by owner: 2 people, 3 service accounts, and 1 other owner. 2 keys have expired. A key was last used on Nov 20, 2026 UTC.',
    ],
    [
      keys({ serviceAccounts: 1, expiresAt: Date.parse('2026-12-01') }),
      'The project has 1 live API key. Keys by owner: 1 service account. The last live key expires on Dec 1, 2026 UTC.',
    ],
    [
      keys({ expired: 1, withoutAccess: 2 }),
      'The project has API keys, but none that is live. 1 key has expired. The owners of 2 keys have no access to the project.',
    ],
    [
      keys({ expired: 1, withoutAccess: 1 }, false),
      'No live API key of the project is loaded. 1 key has expired. The owner of 1 key has no access to the project. Not all keys could be loaded.',
    ],
    [
      {
        ...usage,
        evidence: {
          kind: 'used',
          lastDay: Date.parse('2026-11-18'),
          requests: 1200,
          from: Date.parse('2026-10-22'),
        },
      },
      'The project last used the checkpoint on Nov 18, 2026 UTC, with 1,200 requests since Oct 22, 2026 UTC.',
    ],
    [
      {
        ...usage,
        state: 'unknown',
        evidence: { kind: 'notUsed', from: Date.parse('2026-10-22'), until: now },
      },
      "The project didn't use the checkpoint: Oct 22, 2026 to Nov 21, 2026 UTC. That doesn't mean that it can't.",
    ],
    [
      { ...usage, state: 'unknown', evidence: { kind: 'unattributed' } },
      'The API reported usage without a project or model, or of another kind. Whether this project used the checkpoint is unknown.',
    ],
  ];
  for (const [gate, sentence] of sentences)
    it(`is “${sentence}”`, () => assert.equal(evidence(gate), sentence));

  it('is not closed by usage', () => {
    const state = (gate: Gate) => gateInWords(gate, names, now).state;
    assert.equal(state(usage), 'Used');
    const unused = {
      ...usage,
      state: 'unknown',
      evidence: { kind: 'notUsed', from: 0, until: now },
    } as const;
    assert.equal(state(unused), 'Not used');
    assert.equal(state({ ...unused, evidence: { kind: 'notLoaded' } }), 'Unknown');
  });

  it('comes with what to do where there is something, by commands that exist', () => {
    const titles = new Set((Object.keys(commandIds) as (keyof typeof commandIds)[]).map(titleOf));
    const unknown: Partial<Record<GateKind, Gate>> = {
      project: { ...project, state: 'unknown', settledBy: 'load', evidence: { kind: 'notLoaded' } },
      permission: {
        ...permission,
        state: 'unknown',
        settledBy: 'findOwner',
        evidence: { kind: 'notGranted' },
      },
      policy: { ...policy, state: 'unknown', settledBy: 'openSettings' },
      shutdown: {
        ...shutdown,
        state: 'unknown',
        settledBy: 'findShutdownDate',
        evidence: { kind: 'undated', knownAsOf: '2026-11-21' },
      },
    };
    const closed: readonly Gate[] = [
      { ...project, state: 'closed', evidence: { kind: 'notFound' } },
      archived,
      { ...permission, state: 'closed', evidence: { kind: 'none', owner } },
      blocked,
      { ...policy, state: 'closed', evidence: { kind: 'notListed', mode: 'allow_list' } },
      { ...dated('2026-10-23', -29), state: 'closed' },
      { ...keys({}), state: 'closed' },
    ];
    for (const gate of [...Object.values(unknown), ...closed]) {
      const { advice } = gateInWords(gate, names, now);
      assert.notEqual(advice, '', gate.kind);
      for (const [, title = ''] of advice.matchAll(/((?:[A-Z]\w+ )*[A-Z]\w+…)/g)) {
        const command = title.replace(/^Use /, '');
        assert.ok(titles.has(command), command);
      }
    }
    assert.equal(gateInWords(open.policy, names, now).advice, '');
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  decidingGates,
  type GateKind,
  type GateState,
  gateKinds,
} from '../../../../src/access/explain/gates';
import { type GateFindings, verdictOf } from '../../../../src/access/explain/verdict';

const states: readonly GateState[] = ['open', 'closed', 'unknown'];

/** Every way in which the gates can be. Usage is never closed. */
function everyCombination(): Record<GateKind, GateState>[] {
  return gateKinds.reduce<Record<string, GateState>[]>(
    (all, kind) =>
      all.flatMap((each) =>
        states
          .filter((state) => kind !== 'usage' || state !== 'closed')
          .map((state) => ({ ...each, [kind]: state })),
      ),
    [{}],
  ) as Record<GateKind, GateState>[];
}

function findings(of: Record<GateKind, GateState>): GateFindings {
  return Object.fromEntries(gateKinds.map((kind) => [kind, { state: of[kind] }])) as GateFindings;
}

const open = findings({
  project: 'open',
  permission: 'open',
  policy: 'open',
  shutdown: 'open',
  key: 'open',
  usage: 'open',
});

/** What the four gates that decide are, in their order, and the verdict. */
const table: Readonly<Record<string, 'can' | 'cannot' | 'unknown'>> = Object.fromEntries(
  'open closed unknown'.split(' ').flatMap((project) =>
    'open closed unknown'.split(' ').flatMap((permission) =>
      'open closed unknown'.split(' ').flatMap((policy) =>
        'open closed unknown'.split(' ').map((shutdown) => {
          const all = [project, permission, policy, shutdown].join(' ');
          return [all, /closed/.test(all) ? 'cannot' : /unknown/.test(all) ? 'unknown' : 'can'] as const;
        }),
      ),
    ),
  ),
);

describe('the verdict', () => {
  it('of every combination of gates is that of the table, whatever the key and the usage are', () => {
    const combinations = everyCombination();
    assert.equal(combinations.length, 3 ** 5 * 2);
    const met = new Set<string>();
    for (const each of combinations) {
      const row = [each.project, each.permission, each.policy, each.shutdown].join(' ');
      met.add(row);
      assert.equal(verdictOf(findings(each)).kind, table[row], row);
    }
    assert.deepEqual([...met].sort(), Object.keys(table).sort());
    assert.deepEqual(
      [table['open open open open'], table['open open unknown open'], table['unknown open closed open']],
      ['can', 'unknown', 'cannot'],
    );
  });

  const gate = fc.record(
    {
      state: fc.constantFrom(...states),
      inferred: fc.constant(true as const),
      isOld: fc.constant(true as const),
      closedSince: fc.integer({ min: 0, max: 9 }),
    },
    { requiredKeys: ['state'] },
  );
  const usage = fc.record(
    { state: fc.constantFrom('open' as const, 'unknown' as const), lastDay: fc.integer({ min: 0, max: 9 }) },
    { requiredKeys: ['state'] },
  );
  const any = fc.record({
    project: gate,
    permission: gate,
    policy: gate,
    shutdown: gate,
    key: gate,
    usage,
  });
  const property = (holds: (gates: GateFindings) => void) => fc.assert(fc.property(any, holds));

  it('“can” never stands beside a gate that is unknown or closed, and names all that are inferred', () =>
    property((gates) => {
      const verdict = verdictOf(gates);
      if (verdict.kind !== 'can') return;
      for (const kind of decidingGates) assert.equal(gates[kind].state, 'open');
      assert.deepEqual([verdict.unknown, verdict.closed], [[], []]);
      assert.deepEqual(
        verdict.inferred,
        decidingGates.filter((kind) => gates[kind].inferred),
      );
    }));

  it('“cannot” never stands without a closed gate, and “unknown” never with one', () =>
    property((gates) => {
      const { kind, closed, unknown } = verdictOf(gates);
      assert.equal(kind === 'cannot', closed.length > 0);
      for (const each of closed) assert.equal(gates[each].state, 'closed');
      if (kind === 'unknown') assert.ok(unknown.length > 0);
    }));

  it('does not hang on the key or on usage', () =>
    property((gates) => {
      const { kind } = verdictOf(gates);
      for (const state of states)
        assert.equal(verdictOf({ ...gates, key: { state }, usage: { state: 'unknown' } }).kind, kind);
    }));

  it('hides no witness: each gate that is closed though it was used is reported', () =>
    property((gates) => {
      const { usedAgainst, isUsed } = verdictOf(gates);
      const contradicted = [...decidingGates, 'key' as const].filter((kind) => {
        const { state, closedSince } = gates[kind];
        const { lastDay } = gates.usage;
        return (
          state === 'closed' && !(lastDay !== undefined && closedSince !== undefined && lastDay < closedSince)
        );
      });
      assert.deepEqual(usedAgainst, isUsed ? contradicted : []);
    }));

  it('warns of a project without a live key', () => {
    assert.equal(verdictOf(open).noLiveKey, false);
    const { kind, noLiveKey } = verdictOf({ ...open, key: { state: 'closed' } });
    assert.deepEqual([kind, noLiveKey], ['can', true]);
    assert.equal(verdictOf({ ...open, key: { state: 'unknown' } }).noLiveKey, false);
  });
});

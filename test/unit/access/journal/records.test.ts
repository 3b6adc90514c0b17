import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Permission } from '../../../../src/access/api';
import type { StepAccount } from '../../../../src/access/journal/account';
import { Journal } from '../../../../src/access/journal/journal';
import { MemoryStorage } from '../../../../src/access/journal/storage';
import { NotDeletedError, type RequestResult } from '../../../../src/access/plan/answer';
import type { By, ServerTime } from '../../../../src/access/plan/attribution';
import type { Known } from '../../../../src/access/plan/basis';
import { NotListedYetError, type Outcome } from '../../../../src/access/plan/outcome';
import type { Step } from '../../../../src/access/plan/plan';
import { accountsIn, newPlan, planIn } from './support';

const runs = Number(process.env.FUZZ_RUNS ?? 300);

/** With the usual prototype, as what is compared with it. */
const plainRecord = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record<T>(model, { noNullPrototype: true });

/** Names as servers and people may choose them. */
const name = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
  fc.constantFrom('__proto__', 'constructor', 'proj_\n', '"', '\u2028', 'İstanbul', ' '),
);
const seconds = fc.oneof(fc.integer({ min: 0, max: 2 ** 33 }), fc.double({ noNaN: true, min: 0, max: 2e9 }));

const known: fc.Arbitrary<Known> = fc
  .record({ ids: fc.array(name, { maxLength: 3 }), isAll: fc.boolean(), wasTried: fc.boolean() })
  .map(({ wasTried, ...rest }) => ({ ...rest, ...(wasTried && { wasTried }) }));
const serverTime: fc.Arbitrary<ServerTime> = plainRecord({
  date: fc.integer({ min: 0, max: 2 ** 33 }),
  took: fc.double({ noNaN: true, min: 0, max: 1e7 }),
});
const permission = (project: string): fc.Arbitrary<Permission> =>
  plainRecord({
    id: name,
    created_at: seconds,
    project_id: fc.constant(project),
    object: fc.constant('checkpoint.permission' as const),
  });

const step: fc.Arbitrary<Step> = fc.oneof(
  plainRecord({ action: fc.constant('grant' as const), checkpoint: name, project: name }),
  fc
    .record({
      action: fc.constant('revoke' as const),
      checkpoint: name,
      project: name,
      permissionId: name,
      createdAt: fc.option(seconds, { nil: undefined }),
    })
    .map(({ createdAt, ...rest }) => (createdAt === undefined ? rest : { ...rest, createdAt })),
);

/** What is recorded of a step, as whoever applies a plan has it. */
interface Facts {
  readonly step: Step;
  readonly known: Known;
  readonly answer: RequestResult;
  readonly outcome: Outcome;
}

const doers: readonly By[] = ['us', 'others', 'perhapsUs'];

const facts: fc.Arbitrary<Facts> = step.chain((each) => {
  const own = permission(each.project);
  const answer: fc.Arbitrary<RequestResult> = fc
    .tuple(
      fc.constantFrom<RequestResult['kind'][]>('accepted', 'refused', 'doubtful', 'uncertain', 'notSent'),
      fc.option(serverTime, { nil: undefined }),
      fc.option(fc.array(fc.oneof(own, name.chain(permission)), { maxLength: 4 }), { nil: undefined }),
    )
    .map(([kind, time, listed]): RequestResult => {
      const timed = time && { serverTime: time };
      if (kind === 'accepted') return { kind, ...timed, ...(listed && { listed }) };
      return kind === 'notSent' ? { kind } : { kind, error: new NotDeletedError(), ...timed };
    });
  const error = new Error('refused');
  const done = fc
    .tuple(fc.constantFrom(...doers), fc.option(own, { nil: undefined }))
    .map(([by, its]): Outcome => ({ step: each, result: 'done', by, ...(its && { permission: its }) }));
  const notDone = answer.chain((sentAnswer) =>
    fc.constantFrom<Outcome[]>(
      { step: each, result: 'failed', error, readBack: true, mayStillHappen: false },
      { step: each, result: 'unknown', error },
      { step: each, result: 'notSent' },
      {
        step: each,
        result: 'unverified',
        why: 'notListed',
        error: new NotListedYetError(each),
        sent: { answer: sentAnswer, known: { ids: [], isAll: false } },
      },
    ),
  );
  return fc.record({ step: fc.constant(each), known, answer, outcome: fc.oneof(done, notDone) });
});

const different = fc.uniqueArray(facts, {
  minLength: 1,
  maxLength: 5,
  selector: ({ step: each }) => JSON.stringify([each.action, each.checkpoint, each.project]),
});

describe('the record of a plan', () => {
  it('Truth 4: gives back every fact that decides who made a change, as it was written', () =>
    fc.assert(
      fc.asyncProperty(
        different,
        fc.dictionary(name, name),
        fc.option(name, { nil: undefined }),
        async (all, names, undoes) => {
          let now = 0;
          const journal = new Journal(new MemoryStorage(), () => ++now);
          const steps = all.map((each) => each.step);
          const entry = await journal.begin(
            newPlan(
              { steps },
              { names, ...(undoes !== undefined && { undoes, undoesTries: [`${undoes} again`] }) },
            ),
          );
          const sentAt = new Map<Step, number>();
          // All at once, as the grants of one checkpoint; the answers one by one.
          await entry.sending(
            steps,
            all.map((each) => each.known),
          );
          for (const each of steps) sentAt.set(each, now);
          for (const each of all) await entry.answered([each.step], each.answer);
          await entry.judged(all.map(({ outcome }) => outcome));
          await entry.end('applied');
          const [account] = await accountsIn(journal);
          assert.ok(account);
          assert.equal(account.damaged, false);
          assert.equal(account.undoes, undoes);
          assert.deepEqual(account.undoesTries, undoes === undefined ? undefined : [`${undoes} again`]);
          assert.deepEqual({ ...account.names }, { ...names });
          assert.equal(account.ended?.how, 'applied');
          for (const [index, { step: each, known: before, answer, outcome }] of all.entries()) {
            const read: StepAccount | undefined = account.steps[index];
            assert.ok(read);
            const isSent = answer.kind !== 'notSent';
            const listed = 'listed' in answer ? answer.listed : undefined;
            const { result } = outcome;
            const time = 'serverTime' in answer ? answer.serverTime : undefined;
            assert.deepEqual(read.step, each);
            assert.deepEqual(read.known, before);
            assert.deepEqual(
              [read.sentAt, read.answer, read.serverTime],
              isSent ? [sentAt.get(each), answer.kind, time] : [undefined, undefined, undefined],
            );
            assert.deepEqual(
              read.listed,
              listed
                ?.filter(({ project_id }) => project_id === each.project)
                .map(({ object: _object, ...rest }) => rest),
            );
            assert.equal(read.judged?.result, result);
            if (result !== 'done') {
              assert.equal(read.done, undefined);
              continue;
            }
            const { id, created_at } = outcome.permission ?? {};
            assert.deepEqual(read.done, {
              by: outcome.by,
              ...(outcome.permission && { permission: { id, created_at } }),
            });
          }
        },
      ),
      { numRuns: runs },
    ));

  const grant = { action: 'grant', checkpoint: 'ft:a', project: 'proj_a' };
  const begun = JSON.stringify({ v: 1, kind: 'begun', profile: 'test', at: 1, steps: [grant], names: {} });
  const recordOf = (...lines: object[]) =>
    planIn(`${[begun, ...lines.map((line) => JSON.stringify(line))].join('\n')}\n`);

  it('Truth 4: an answer of which a part is damaged does not say that it listed nothing else', async () => {
    const listed = [{ id: 'cp_1', project_id: 'proj_b', created_at: 1 }, { id: 'cp_2' }];
    const account = await recordOf(
      { kind: 'sending', at: 2, steps: [0], known: [{ ids: [], isAll: true }] },
      { kind: 'answered', at: 3, steps: [0], answer: 'accepted', listed },
    );
    assert.equal(account?.damaged, true);
    assert.equal(account.steps[0]?.answer, 'accepted');
    assert.equal(account.steps[0]?.listed, undefined);
  });

  it('Truth 4: what an older version called ours by the clocks alone is perhaps ours', async () => {
    const permission = { id: 'cp_1', created_at: 1 };
    const judged = {
      kind: 'judged',
      at: 4,
      outcomes: [{ step: 0, result: 'done', by: 'us', permission }],
    };
    const made = [{ id: 'cp_1', project_id: 'proj_a' }];
    const older = await recordOf(
      { kind: 'sending', at: 2, steps: [0] },
      { kind: 'answered', at: 3, steps: [0], answer: 'accepted', made },
      judged,
    );
    assert.equal(older?.damaged, false);
    assert.deepEqual(older.steps[0]?.listed, made);
    assert.deepEqual(older.steps[0]?.done, { by: 'perhapsUs', permission });
    const leftOut = await recordOf(
      { kind: 'sending', at: 2, steps: [0] },
      { kind: 'answered', at: 3, steps: [0], answer: 'accepted', made: [] },
    );
    assert.equal(leftOut?.steps[0]?.listed, undefined);
    const newer = await recordOf(
      { kind: 'sending', at: 2, steps: [0], known: [{ ids: [], isAll: true }] },
      { kind: 'answered', at: 3, steps: [0], answer: 'accepted', listed: made },
      judged,
    );
    assert.deepEqual(newer?.steps[0]?.done, { by: 'us', permission });
  });
});

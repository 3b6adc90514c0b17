import assert from 'node:assert/strict';
import { KeptAnswers } from '../../../../src/access/explain/keptAnswers';
import { PolicyLoad } from '../../../../src/access/explain/policyLoad';
import type { ModelPolicy } from '../../../../src/access/explain/projectPolicies';
import { Waits } from '../../../../src/access/loading/waits';
import { AuthenticationError, InternalServerError, PermissionDeniedError } from '../../../../src/openai';

describe('loading the model policies of many projects', () => {
  let asked: string[];
  let failures: Map<string, unknown>;
  let hold: Promise<void> | undefined;
  let kept: KeptAnswers<string, ModelPolicy>;
  let load: PolicyLoad;
  let progress: string[];
  const headers = new Headers();
  const refusal = new PermissionDeniedError(403, { message: 'You may not.' }, undefined, headers);

  beforeEach(() => {
    asked = [];
    failures = new Map();
    hold = undefined;
    progress = [];
    kept = new KeptAnswers<string, ModelPolicy>({
      nameOf: (project) => project,
      maxAge: 1000,
      closed: () => new AbortController().signal,
      waits: new Waits(),
      now: () => 1,
      ask: async (project, { signal }) => {
        asked.push(project);
        await hold;
        signal?.throwIfAborted();
        if (failures.has(project)) throw failures.get(project);
        return { kind: 'none' };
      },
    });
    load = new PolicyLoad(kept);
    load.onDidChange(() => {
      const now = load.progress;
      progress.push(now ? `${now.done}/${now.total}` : 'over');
    });
  });

  it('asks once for each, and says how far it is', async () => {
    await load.load(['a', 'b', 'c']);
    assert.deepEqual(asked, ['a', 'b', 'c']);
    assert.deepEqual(progress, ['0/3', '1/3', '2/3', '3/3', 'over']);
    await load.load(['a', 'b']);
    assert.deepEqual(asked.length, 3, 'what is current is not asked for again');
    await load.load([]);
    assert.equal(progress.at(-1), 'over');
  });

  it('goes on after a failure, which is kept, and asks for what failed again', async () => {
    failures.set('b', new InternalServerError(500, { message: 'Sorry' }, undefined, headers));
    await load.load(['a', 'b', 'c']);
    assert.deepEqual(asked, ['a', 'b', 'c']);
    assert.ok(kept.get('b').failure instanceof InternalServerError);
    failures.clear();
    await load.load(['b']);
    assert.deepEqual(asked.slice(3), ['b']);
    assert.deepEqual(kept.get('b').value, { kind: 'none' });
  });

  for (const [what, error] of [
    ['a missing scope', refusal],
    ['an invalid key', new AuthenticationError(401, { message: 'Incorrect API key' }, undefined, headers)],
  ] as const)
    it(`asks for no more after ${what} was reported twice in a row, but after once`, async () => {
      for (const project of ['a', 'b', 'c', 'd']) failures.set(project, error);
      await load.load(['a', 'b', 'c', 'd']);
      assert.deepEqual(asked, ['a', 'b']);
      failures.delete('d');
      await load.load(['c', 'd', 'e', 'a']);
      assert.deepEqual(asked.slice(2), ['c', 'd', 'e', 'a']);
    });

  it('runs once at a time, and stops without a failure when asked', async () => {
    let release: () => void = () => undefined;
    hold = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = load.load(['a', 'b']);
    const second = load.load(['c']);
    await second;
    load.stop();
    release();
    await first;
    assert.deepEqual(asked, ['a']);
    assert.deepEqual([kept.get('a'), load.progress], [{}, undefined]);
  });
});

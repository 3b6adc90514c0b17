import assert from 'node:assert/strict';
import type { UsageCompletionsParams } from 'openai/resources/admin/organization/usage';
import { ManualClock } from '../../emulator';
import { emulatorForEachTest, sdk } from './setUp';

let clock = new ManualClock();
const current = emulatorForEachTest(() => {
  clock = new ManualClock();
  return { clock };
});
const day = 86_400;
const now = () => Math.floor(clock.now() / 1000);
const today = () => now() - (now() % day);

interface Result {
  readonly object: string;
  readonly num_model_requests: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly model: string | null;
  readonly project_id: string | null;
}

interface Bucket {
  readonly start_time: number;
  readonly end_time: number;
  readonly results: Result[];
}

/** Window by window, because the API refuses its own page tokens. */
async function read(query: UsageCompletionsParams): Promise<Bucket[]> {
  const buckets: Bucket[] = [];
  const { usage } = sdk(current()).admin.organization;
  for (let { start_time } = query, isOver = false; !isOver; ) {
    const answer = await usage.completions({ ...query, start_time });
    assert.equal(answer.object, 'page');
    assert.equal(answer.has_more, answer.next_page !== null);
    buckets.push(...(answer.data as Bucket[]));
    isOver = !answer.has_more;
    start_time = answer.data.at(-1)?.end_time ?? start_time;
  }
  return buckets;
}

const month = (days = 30): UsageCompletionsParams => ({
  start_time: today() - (days - 1) * day,
  limit: 31,
  group_by: ['model', 'project_id'],
});
const sum = (results: readonly Result[]) =>
  results.reduce((all, { num_model_requests }) => all + num_model_requests, 0);
const resultsOf = (buckets: readonly Bucket[]) => buckets.flatMap(({ results }) => results);

describe('the official SDK on usage', () => {
  it('reads days, seven a page, to the one that is not over', async () => {
    const buckets = await read({ start_time: today() - 29 * day + 5 });
    assert.equal(buckets.length, 30);
    assert.equal(current().requests.length, 5);
    for (const [index, { start_time, end_time }] of buckets.entries()) {
      assert.equal(start_time, today() - (29 - index) * day);
      assert.equal(end_time, start_time + day);
    }
  });

  it('is told the same in every run', async () => {
    const first = await read(month());
    current().reset();
    assert.deepEqual(await read(month()), first);
  });

  it('sums up what it is not asked to tell apart', async () => {
    const apart = await read(month(7));
    for (const group_by of [undefined, ['model'], ['project_id']] as const) {
      const together = await read({
        start_time: month(7).start_time,
        ...(group_by && { group_by: [...group_by] }),
      });
      for (const [index, { results }] of together.entries()) {
        assert.equal(sum(results), sum(apart[index]?.results ?? []));
        if (!group_by) assert.ok(results.length <= 1);
        for (const { model, project_id } of results) {
          assert.equal(model !== null, group_by?.[0] === 'model');
          assert.equal(project_id !== null, group_by?.[0] === 'project_id');
        }
      }
    }
  });

  it('filters by model and by project', async () => {
    const all = await read(month());
    const { model, project_id } = resultsOf(all).find((result) => result.model?.startsWith('ft:')) ?? {};
    assert.ok(model && project_id);
    const ofModel = resultsOf(await read({ ...month(), models: [model] }));
    assert.deepEqual(
      ofModel,
      resultsOf(all).filter((result) => result.model === model),
    );
    const ofProject = resultsOf(await read({ ...month(), project_ids: [project_id] }));
    assert.deepEqual(
      ofProject,
      resultsOf(all).filter((result) => result.project_id === project_id),
    );
    assert.deepEqual(resultsOf(await read({ ...month(), batch: true })), []);
    assert.equal(sum(resultsOf(await read({ ...month(), batch: false }))), sum(resultsOf(all)));
  });

  it('reads hours and minutes that add up to their day', async () => {
    const start_time = today() - 3 * day;
    const end_time = start_time + day;
    const [date] = await read({ start_time, end_time });
    const hours = await read({ start_time, end_time, bucket_width: '1h' });
    const minutes = await read({ start_time, end_time, bucket_width: '1m', limit: 1440 });
    assert.deepEqual([hours.length, minutes.length], [24, 1440]);
    assert.ok(sum(date?.results ?? []) > 0);
    assert.equal(sum(resultsOf(hours)), sum(date?.results ?? []));
    assert.equal(sum(resultsOf(minutes)), sum(date?.results ?? []));
  });

  it('finds no use by who may not use a model, nor after the model’s end or the project’s', async () => {
    const { state } = current().organization;
    for (const { start_time, end_time, results } of await read(month(90))) {
      for (const { model, project_id, num_model_requests, input_tokens } of results) {
        assert.ok(num_model_requests > 0 && input_tokens > 0);
        const project = state.projects.get(project_id ?? '');
        assert.ok(project && (project.archived_at === null || project.archived_at > start_time));
        const checkpoint = state.checkpoints.get(model ?? '');
        if (!checkpoint) {
          assert.doesNotMatch(model ?? '', /^ft:/);
          continue;
        }
        assert.ok(
          checkpoint.shutdownDate === null || Date.parse(checkpoint.shutdownDate) / 1000 > start_time,
        );
        const grants = [
          ...checkpoint.permissions.ofProject(project_id ?? ''),
          ...state.revoked.map(({ permission }) => permission).filter((one) => one.project_id === project_id),
        ];
        assert.ok(checkpoint.owner === project_id || grants.some((one) => one.created_at < end_time));
      }
    }
  });

  it('leaves some grants without use in 30 and in 90 days, and most with', async () => {
    const { state } = current().organization;
    const usedIn = async (days: number) =>
      new Set(resultsOf(await read(month(days))).map(({ model, project_id }) => `${model} ${project_id}`));
    const [in30, in90] = [await usedIn(30), await usedIn(90)];
    const grants = [...state.checkpoints.values()].flatMap(({ id, created, permissions, shutdownDate }) =>
      shutdownDate === '2027-01-14' && created < now() - 90 * day
        ? permissions
            .all()
            .filter((one) => one.created_at < now() - 90 * day)
            .filter((one) => state.projects.get(one.project_id)?.status === 'active')
            .map((one) => `${id} ${one.project_id}`)
        : [],
    );
    const idle30 = grants.filter((grant) => !in30.has(grant));
    const idle90 = idle30.filter((grant) => !in90.has(grant));
    assert.ok(grants.length > 200);
    assert.ok(idle90.length > 20 && idle30.length > idle90.length + 10, `${idle30.length} ${idle90.length}`);
    assert.ok(idle30.length < grants.length / 2);
  });

  it('goes on as time does', async () => {
    const [before] = (await read({ ...month(1) })).slice(-1);
    clock.advance(2 * day * 1000);
    const buckets = await read(month(3));
    assert.equal(buckets[0]?.start_time, before?.start_time);
    assert.ok(sum(buckets[1]?.results ?? []) > 0);
  });

  const refused: Readonly<Record<string, object>> = {
    start_time: {},
    end_time: { start_time: 5, end_time: 5 },
    limit: { start_time: 0, limit: 32 },
    bucket_width: { start_time: 0, bucket_width: '2d' },
    'group_by[]': { start_time: 0, group_by: ['colour'] },
    batch: { start_time: 0, batch: 'maybe' },
    colour: { start_time: 0, colour: 'red' },
  };
  for (const [param, query] of Object.entries(refused))
    it(`is refused ${JSON.stringify(query)}`, async () => {
      await assert.rejects(read(query as UsageCompletionsParams), { status: 400, param });
    });

  it('Truth 25: is refused every page token, as by the API', async () => {
    const { usage } = sdk(current()).admin.organization;
    const query = { start_time: today() - 20 * day };
    const { next_page } = await usage.completions(query);
    await assert.rejects(usage.completions({ ...query, page: next_page ?? '' }), {
      status: 400,
      param: 'page',
      message: /The page token is invalid/,
    });
  });

  it('is told which scope a key lacks', async () => {
    current().removeScopes('api.usage.read');
    await assert.rejects(read(month()), { status: 403, message: /Missing scopes: api\.usage\.read\./ });
  });
});

import assert from 'node:assert/strict';
import { OpenAI } from 'openai';
import type { FineTuningJob, FineTuningJobCheckpoint } from 'openai/resources/fine-tuning/jobs';
import type { Emulator } from '../../emulator';
import { emulatorForEachTest, model, sdk } from './setUp';
import { exchange } from './wire';

const current = emulatorForEachTest();

const withKey = ({ baseURL }: Emulator, apiKey: string) => new OpenAI({ apiKey, baseURL, maxRetries: 0 });

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const item of items) read.push(item);
  return read;
}

/** Jobs, checkpoints and models of all project keys. */
async function everything(emulator: Emulator) {
  const found: { project: string; job: FineTuningJob; checkpoints: FineTuningJobCheckpoint[] }[] = [];
  for (const { key, project = '' } of emulator.organization.projectAPIKeys) {
    const { jobs } = withKey(emulator, key).fineTuning;
    for (const job of await collect(jobs.list()))
      found.push({ project, job, checkpoints: await collect(jobs.checkpoints.list(job.id)) });
  }
  return found;
}

describe('the official SDK on fine-tuning jobs', () => {
  it('finds every checkpoint with the keys of the projects that own them, by its job', async () => {
    const emulator = current();
    const { state } = emulator.organization;
    const found = await everything(emulator);
    const ids = found.flatMap(({ checkpoints }) => checkpoints.map((one) => one.fine_tuned_model_checkpoint));
    assert.deepEqual(ids.toSorted(), [...state.checkpoints.keys()].toSorted());
    for (const { project, job, checkpoints } of found) {
      for (const one of checkpoints) {
        assert.equal(one.fine_tuning_job_id, job.id);
        assert.match(one.id, /^ftckpt_[0-9A-Za-z]{24}$/);
        assert.equal(state.checkpoints.get(one.fine_tuned_model_checkpoint)?.owner, project);
        assert.equal(one.metrics.step, one.step_number);
        const step = /:ckpt-step-(\d+)$/.exec(one.fine_tuned_model_checkpoint)?.[1];
        if (step !== undefined) assert.equal(one.step_number, Number(step));
        else assert.equal(one.fine_tuned_model_checkpoint, job.fine_tuned_model);
      }
      const steps = checkpoints.map(({ step_number }) => step_number);
      assert.deepEqual(
        steps,
        steps.toSorted((one, other) => other - one),
      );
      const losses = checkpoints.map(({ metrics }) => metrics.train_loss ?? Number.NaN);
      assert.deepEqual(
        losses,
        losses.toSorted((one, other) => one - other),
        'training goes well',
      );
    }
  });

  it('finds jobs that left nothing: one that failed and says why, one that runs', async () => {
    const found = await everything(current());
    const others = found.filter(({ job }) => job.fine_tuned_model === null);
    assert.deepEqual(
      others.map(({ job, checkpoints }) => [
        job.status,
        job.error?.code,
        job.finished_at !== null,
        checkpoints,
      ]),
      [
        ['running', undefined, false, []],
        ['failed', 'invalid_training_file', true, []],
      ],
    );
    const succeeded = found.filter(({ job }) => job.status === 'succeeded');
    assert.equal(succeeded.length + others.length, found.length);
    for (const { job } of found) assert.match(job.id, /^ftjob-[0-9A-Za-z]{24}$/);
  });

  it('pages by the last item’s id, newest first', async () => {
    const emulator = current();
    const { state } = emulator.organization;
    const owner = state.keys.get(emulator.projectAPIKey)?.project ?? '';
    for (const index of Array(7).keys())
      emulator.organization.addCheckpoint(`${model.slice(0, -1)}${index}`, {
        owner,
        createdAt: 1_700_000_000 + index,
      });
    const { jobs } = sdk(emulator).fineTuning;
    const read = await collect(jobs.list({ limit: 3 }));
    assert.equal(read.length, 8);
    assert.equal(emulator.requests.length, 3);
    const { body } = await exchange(emulator, {
      path: '/v1/fine_tuning/jobs',
      headers: { authorization: `Bearer ${emulator.projectAPIKey}` },
    });
    assert.deepEqual(Object.keys(JSON.parse(body)), ['object', 'data', 'has_more'], 'no other cursor');
    assert.deepEqual(
      read,
      read.toSorted((one, other) => other.created_at - one.created_at),
    );
    const { id } = read.find((job) => job.fine_tuned_model?.includes('support-bot')) ?? { id: '' };
    const steps = await collect(jobs.checkpoints.list(id, { limit: 1 }));
    assert.deepEqual(
      steps.map(({ step_number }) => step_number),
      [280, 240, 160, 80],
    );
    assert.equal(emulator.requests.length, 8);
  });

  it('sees no job of another project', async () => {
    const emulator = current();
    const [first, second] = emulator.organization.projectAPIKeys;
    const [job] = (await withKey(emulator, second?.key ?? '').fineTuning.jobs.list()).data;
    const { jobs } = withKey(emulator, first?.key ?? '').fineTuning;
    assert.ok(job && !(await collect(jobs.list())).some(({ id }) => id === job.id));
    await assert.rejects(jobs.checkpoints.list(job.id), {
      status: 404,
      code: 'fine_tune_not_found',
      param: 'fine_tuning_job_id',
    });
    await assert.rejects(jobs.list({ after: job.id }), { status: 400, param: 'after' });
  });

  it('is refused what does not exist, and pages that are too large', async () => {
    const { jobs } = sdk(current()).fineTuning;
    await assert.rejects(jobs.checkpoints.list('ftjob-nothing'), { status: 404 });
    await assert.rejects(jobs.list({ limit: 101 }), { status: 400, code: 'integer_above_max_value' });
    await assert.rejects(jobs.list({}, { query: { colour: 'red' } }), { status: 400, param: 'colour' });
    const [job] = (await jobs.list()).data;
    const list = jobs.checkpoints.list(job?.id ?? '', {}, { query: { order: 'asc' } });
    await assert.rejects(list, { status: 400, param: 'order' });
  });

  it('is told which scope an admin key lacks', async () => {
    const emulator = current();
    await assert.rejects(withKey(emulator, emulator.adminAPIKey).fineTuning.jobs.list(), {
      status: 401,
      code: null,
      message: /Missing scopes: api\.fine_tuning\.jobs\.read\./,
    });
  });

  it('lists models with the key of each project: what it owns and what it was granted', async () => {
    const emulator = current();
    const { state } = emulator.organization;
    for (const { key, project = '' } of emulator.organization.projectAPIKeys) {
      const { data } = await withKey(emulator, key).models.list();
      const usable = [...state.checkpoints.values()].filter(
        ({ owner, permissions }) => owner === project || permissions.ofProject(project).length > 0,
      );
      assert.deepEqual(
        data.map(({ id }) => id).filter((id) => id.startsWith('ft:')),
        usable.map(({ id }) => id),
      );
    }
  });
});

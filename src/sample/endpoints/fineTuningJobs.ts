import { errorResponse } from '../answers/errorResponse';
import { pageOf } from '../answers/page';
import { pageSize, readQuery, text } from '../answers/query';
import { jobCheckpoint, jobsOf } from '../state/jobs';
import type { Endpoint } from './endpoint';

const scope = 'api.fine_tuning.jobs.read';

/** Fine-tuning jobs of the key's project, newest first, and their checkpoints (docs/api.md#fine-tuning-jobs). */
export const fineTuningJobEndpoints: readonly Endpoint[] = [
  {
    name: 'jobs.list',
    method: 'GET',
    path: '/fine_tuning/jobs',
    key: 'project',
    scope,
    answer(state, { request, key }) {
      const query = readQuery(request.query, {
        after: text,
        limit: pageSize({ fallback: 20, most: 100, above: 'refuse' }),
      });
      const jobs = jobsOf(state, key.project).map(({ job }) => job);
      const { data, has_more } = pageOf(jobs, query.after, query.limit);
      return { object: 'list', data, has_more };
    },
  },
  {
    name: 'jobs.checkpoints.list',
    method: 'GET',
    path: '/fine_tuning/jobs/{job}/checkpoints',
    key: 'project',
    scope,
    answer(state, { parameters, request, key }) {
      const query = readQuery(request.query, {
        after: text,
        limit: pageSize({ fallback: 10, most: 100, above: 'refuse' }),
      });
      const job = jobsOf(state, key.project).find((each) => each.job.id === parameters.job);
      if (!job) {
        const message = `Could not find fine tune: ${parameters.job}`;
        throw errorResponse(404, message, 'fine_tuning_job_id', 'fine_tune_not_found');
      }
      const checkpoints = job.checkpoints.map((checkpoint) => jobCheckpoint(job, checkpoint));
      return pageOf(checkpoints, query.after, query.limit);
    },
  },
];

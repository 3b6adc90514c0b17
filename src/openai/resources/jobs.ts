import type { RequestOptions } from '../options';
import type { CursorPage, PagePromise } from '../pages';
import type { RequestPipeline } from '../requestPipeline';
import { fineTuningJobs } from '../responses';
import type { FineTuningJob, JobListParams } from '../wire';
import { JobCheckpoints } from './jobCheckpoints';
import { cursorList } from './lists';

/** Fine-tuning jobs of the key's project, newest first (docs/api.md#fine-tuning-jobs). */
export class Jobs {
  readonly checkpoints: JobCheckpoints;
  readonly #send: RequestPipeline;

  constructor(send: RequestPipeline) {
    this.#send = send;
    this.checkpoints = new JobCheckpoints(send);
  }

  list(
    query?: JobListParams | null,
    options?: RequestOptions,
  ): PagePromise<CursorPage<FineTuningJob>, FineTuningJob> {
    return cursorList(this.#send, fineTuningJobs, ['fine_tuning', 'jobs'], query, options);
  }
}

import { fineTuningJobs } from '../answers';
import type { Send } from '../exchange';
import type { RequestOptions } from '../options';
import type { CursorPage, PagePromise } from '../pages';
import type { FineTuningJob, JobListParams } from '../wire';
import { JobCheckpoints } from './jobCheckpoints';
import { cursorList } from './lists';

/** The fine-tuning jobs of the key's project, the newest first (API reference §2). */
export class Jobs {
  readonly checkpoints: JobCheckpoints;
  readonly #send: Send;

  constructor(send: Send) {
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

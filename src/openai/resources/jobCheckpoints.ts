import type { RequestOptions } from '../options';
import type { CursorPage, PagePromise } from '../pages';
import type { RequestPipeline } from '../requestPipeline';
import { fineTuningJobCheckpoints } from '../responses';
import type { FineTuningJobCheckpoint, JobCheckpointListParams } from '../wire';
import { cursorList } from './lists';

/** Checkpoints of a fine-tuning job, newest first (docs/api.md#checkpoints-of-a-job). */
export class JobCheckpoints {
  readonly #send: RequestPipeline;

  constructor(send: RequestPipeline) {
    this.#send = send;
  }

  list(
    fineTuningJobID: string,
    query?: JobCheckpointListParams | null,
    options?: RequestOptions,
  ): PagePromise<CursorPage<FineTuningJobCheckpoint>, FineTuningJobCheckpoint> {
    const segments = ['fine_tuning', 'jobs', fineTuningJobID, 'checkpoints'];
    return cursorList(this.#send, fineTuningJobCheckpoints, segments, query, options);
  }
}

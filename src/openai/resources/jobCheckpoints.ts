import { fineTuningJobCheckpoints } from '../answers';
import type { Send } from '../exchange';
import type { RequestOptions } from '../options';
import type { CursorPage, PagePromise } from '../pages';
import type { FineTuningJobCheckpoint, JobCheckpointListParams } from '../wire';
import { cursorList } from './lists';

/** The checkpoints that a fine-tuning job left, the newest first (API reference §2). */
export class JobCheckpoints {
  readonly #send: Send;

  constructor(send: Send) {
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

import type { RequestResult } from './answer';
import type { Known } from './basis';
import type { Outcome } from './outcome';
import type { Step } from './plan';

/**
 * Records the progress of a plan while it is applied, so that a crash loses nothing. Each call resolves when the
 * record is on the disk, and rejects with `JournalError` if it cannot be written.
 */
export interface Recorder {
  /**
   * Records a request before it is sent, with what is known of each step's project. On rejection the request is not
   * sent.
   */
  sending(steps: readonly Step[], known?: readonly Known[]): Promise<void>;
  /** Records a response, or that the request was certainly not sent. */
  answered(steps: readonly Step[], answer: RequestResult): Promise<void>;
  /** Records the outcomes after the list was reloaded. */
  judged(outcomes: readonly Outcome[]): Promise<void>;
}

/** The journal cannot be written or read. No change may be sent without it. */
export class JournalError extends Error {
  override readonly name = 'JournalError';

  constructor(
    readonly folder: string,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause));
    this.cause = cause;
  }
}

/** Another window took over the plan, or its record was removed. This window must send nothing more. */
export class NotOursError extends JournalError {
  constructor(folder: string) {
    super(folder, new Error());
  }
}

import type { RequestResult } from './answer';
import type { Outcome } from './outcome';
import type { Step } from './plan';

/**
 * Writes down what becomes of a plan while it is applied, so that a crash in its middle loses nothing. Each call resolves
 * when it is kept for good, and rejects with `JournalError` when it cannot be.
 */
export interface Recorder {
  /** Before a request for these steps is sent. When it rejects, the request is not sent. */
  sending(steps: readonly Step[]): Promise<void>;
  /** After the request was answered, or surely was not sent. */
  answered(steps: readonly Step[], answer: RequestResult): Promise<void>;
  /** After the list was read back. */
  judged(outcomes: readonly Outcome[]): Promise<void>;
}

/** The journal cannot be written (or read): nothing may be changed without it. */
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

/** Another window took over the plan, or its record was removed: this window must send nothing more. */
export class NotOursError extends JournalError {
  constructor(folder: string) {
    super(folder, new Error());
  }
}

/** How far reading a matrix has come, for the person who waits. */
export interface ReadingProgress {
  /** Checkpoints whose list was read to its end, or could not be. */
  readonly done: number;
  readonly total: number;
  /** How many of them could not be read, not to their end, or not again. */
  readonly failed: number;
  /** Requests are under way or wait. */
  readonly isReading: boolean;
  /** A person has stopped it with lists left to read. */
  readonly isStopped: boolean;
  /** Until when the next of its requests waits, where one does. */
  readonly wait?: Wait;
}

export interface Wait {
  readonly reason: 'rate-limit' | 'retry';
  /** Milliseconds since 1970. */
  readonly until: number;
}

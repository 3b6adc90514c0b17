const checkpoints = new WeakMap<object, string>();

/**
 * Notes the checkpoint that a failed request was about, and returns the error. A command about several checkpoints can
 * then name the one that failed.
 */
export function noteCheckpoint<E>(error: E, checkpoint: string): E {
  if (typeof error === 'object' && error !== null) checkpoints.set(error, checkpoint);
  return error;
}

/** The checkpoint that a failed request was about. Undefined for other errors. */
export function failedCheckpoint(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null ? checkpoints.get(error) : undefined;
}

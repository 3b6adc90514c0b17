import { presentable } from '../../text/redact';

/** Why a file can't be read or written, without the keys in use. */
export function errorReasonOf(error: unknown): string {
  return presentable(error instanceof Error ? error.message : String(error), []);
}

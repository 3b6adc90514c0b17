import type { Organization } from '../../access/organization';
import { APIUserAbortError } from '../../openai';
import { progressOf } from '../../words/changes';
import { checkpointName } from '../../words/names';
import type { PlanReading } from '../plan/makePlan';

/** What was loaded of each checkpoint, and what couldn't be. */
export interface LoadedAccess<T> {
  readonly found: Map<string, T>;
  readonly failures: { readonly checkpoint: string; readonly error: unknown }[];
}

/** Loads checkpoints in sequence, and reports each. Rejects only when canceled. */
export async function loadEach<T>(
  organization: Organization,
  checkpoints: readonly string[],
  { signal, report }: PlanReading,
  read: (checkpoint: string) => Promise<T>,
): Promise<LoadedAccess<T>> {
  const found = new Map<string, T>();
  const failures: LoadedAccess<T>['failures'] = [];
  for (const [index, checkpoint] of checkpoints.entries()) {
    report(progressOf(index + 1, checkpoints.length, checkpointName(checkpoint, organization)));
    try {
      found.set(checkpoint, await read(checkpoint));
    } catch (error) {
      failures.push({ checkpoint, error });
    }
    if (signal.aborted) throw new APIUserAbortError();
  }
  return { found, failures };
}

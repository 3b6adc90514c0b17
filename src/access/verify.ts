import type { Answer } from './answer';
import { type Listing, permissionsOf, reachesPast } from './listing';
import { NotTakenOverError, type Outcome } from './outcome';
import type { PermissionStore } from './permissionStore';
import type { Step } from './plan';

/**
 * Judges steps of one checkpoint by the list that was read back. What lies beyond the part that was read is asked for by
 * project; when even that fails, the rest is said to be unverified rather than asked for again and again.
 */
export async function verify(
  steps: readonly Step[],
  answers: ReadonlyMap<Step, Answer>,
  readBack: Listing | { readonly error: unknown },
  store: PermissionStore,
): Promise<Outcome[]> {
  let unreadable = 'error' in readBack ? readBack : undefined;
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    const answer = answers.get(step) ?? { kind: 'notSent' };
    let isSo: boolean | undefined;
    if (!unreadable && !('error' in readBack)) {
      isSo = soInListing(step, readBack);
      if (isSo === undefined) {
        try {
          isSo = await soByProject(step, store);
        } catch (error) {
          unreadable = { error };
        }
      }
    }
    outcomes.push(outcomeOf(step, answer, isSo, unreadable?.error));
  }
  return outcomes;
}

/** Whether what the step wants is the case, or undefined where the part that was read cannot tell. */
function soInListing(step: Step, listing: Listing): boolean | undefined {
  const permissions = permissionsOf(listing, step.project);
  if (step.action === 'grant') {
    if (permissions.length > 0) return true;
    return listing.ending.kind === 'complete' ? false : undefined;
  }
  if (listing.permissions.some(({ id }) => id === step.permissionId)) return false;
  if (listing.ending.kind === 'complete') return true;
  const known = step.createdAt !== undefined && reachesPast(listing, { created_at: step.createdAt });
  return known ? true : undefined;
}

async function soByProject(step: Step, store: PermissionStore): Promise<boolean> {
  const permissions = await store.readProject(step.checkpoint, step.project);
  if (step.action === 'grant') return permissions.length > 0;
  return !permissions.some(({ id }) => id === step.permissionId);
}

function outcomeOf(step: Step, answer: Answer, isSo: boolean | undefined, unreadable: unknown): Outcome {
  if (answer.kind === 'notSent') return { step, result: 'notSent' };
  if (isSo === true) return { step, result: 'done', by: answer.kind === 'refused' ? 'others' : 'us' };
  if (answer.kind === 'accepted') {
    return isSo === undefined
      ? { step, result: 'unverified', error: unreadable }
      : { step, result: 'failed', error: new NotTakenOverError(step) };
  }
  const unclear = answer.kind === 'uncertain' && isSo === undefined;
  return { step, result: unclear ? 'unknown' : 'failed', error: answer.error };
}

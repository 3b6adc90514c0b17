import { NotFoundError } from '../openai';
import type { Answer } from './answer';
import { type Listing, permissionsOf, reachesPast } from './listing';
import { NotTakenOverError, type Outcome } from './outcome';
import type { PermissionStore } from './permissionStore';
import type { Step } from './plan';

/**
 * Judges steps of one checkpoint by the list that was read back. What lies beyond the part that was read is asked for by
 * project; when that fails or is cancelled, the rest is said to be unverified rather than asked for again and again.
 */
export async function verify(
  steps: readonly Step[],
  answers: ReadonlyMap<Step, Answer>,
  readBack: Listing | { readonly error: unknown },
  store: PermissionStore,
  signal?: AbortSignal,
): Promise<Outcome[]> {
  let unreadable = 'error' in readBack ? readBack : undefined;
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    const answer = answers.get(step) ?? { kind: 'notSent' };
    let isSo: boolean | undefined;
    if (!unreadable && !('error' in readBack)) {
      try {
        isSo = await isAsWanted(step, readBack, store, signal);
      } catch (error) {
        unreadable = { error };
      }
    }
    outcomes.push(outcomeOf(step, answer, isSo, unreadable?.error));
  }
  return outcomes;
}

/**
 * Whether what a step wants is the case, by the list where that reaches far enough, else by asking for its project.
 * Rejects with the client's error.
 */
export async function isAsWanted(
  step: Step,
  listing: Listing,
  store: PermissionStore,
  signal?: AbortSignal,
): Promise<boolean> {
  const known = inListing(step, listing);
  if (known !== undefined) return known;
  const permissions = await store.readProject(step.checkpoint, step.project, signal);
  if (step.action === 'grant') return permissions.length > 0;
  return !permissions.some(({ id }) => id === step.permissionId);
}

function inListing(step: Step, listing: Listing): boolean | undefined {
  if (step.action === 'grant') {
    if (permissionsOf(listing, step.project).length > 0) return true;
    return listing.ending.kind === 'complete' ? false : undefined;
  }
  if (listing.permissions.some(({ id }) => id === step.permissionId)) return false;
  if (listing.ending.kind === 'complete') return true;
  const reaches = step.createdAt !== undefined && reachesPast(listing, { created_at: step.createdAt });
  return reaches ? true : undefined;
}

function outcomeOf(step: Step, answer: Answer, isSo: boolean | undefined, unreadable: unknown): Outcome {
  if (answer.kind === 'notSent') return { step, result: 'notSent' };
  if (isSo === true) return { step, result: 'done', by: wasGone(step, answer) ? 'others' : 'us' };
  if (answer.kind === 'accepted') {
    return isSo === undefined
      ? { step, result: 'unverified', error: unreadable }
      : {
          step,
          result: 'failed',
          error: new NotTakenOverError(step),
          readBack: true,
          mayStillHappen: false,
        };
  }
  const { error } = answer;
  const uncertain = answer.kind === 'uncertain';
  if (uncertain && isSo === undefined) return { step, result: 'unknown', error };
  return { step, result: 'failed', error, readBack: isSo === false, mayStillHappen: uncertain };
}

/** Only a first 404 tells that somebody else was there before; other refusals may hide an effect of our own. */
function wasGone(step: Step, answer: Answer): boolean {
  return step.action === 'revoke' && answer.kind === 'refused' && answer.error instanceof NotFoundError;
}

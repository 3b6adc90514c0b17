import { NotFoundError } from '../../openai';
import type { Permission } from '../api';
import { type Listing, permissionIn, permissionsOf, reachesPast } from '../loading/listing';
import type { PermissionStore } from '../loading/permissionStore';
import type { RequestResult } from './answer';
import { NotInEffectError, type Outcome } from './outcome';
import type { Step } from './plan';

/**
 * Judges steps of one checkpoint by the list that was read back. What lies beyond the part that was read is asked for by
 * project; when that fails or is cancelled, the rest is said to be unverified rather than asked for again and again.
 */
export async function verify(
  steps: readonly Step[],
  answers: ReadonlyMap<Step, RequestResult>,
  readBack: Listing | { readonly error: unknown },
  store: PermissionStore,
  signal?: AbortSignal,
): Promise<Outcome[]> {
  let unreadable = 'error' in readBack ? readBack : undefined;
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    const answer = answers.get(step) ?? { kind: 'notSent' };
    let found: Found | undefined;
    if (!unreadable && !('error' in readBack)) {
      try {
        found = await lookUp(step, readBack, store, signal);
      } catch (error) {
        unreadable = { error };
      }
    }
    outcomes.push(outcomeOf(step, answer, found, unreadable?.error));
  }
  return outcomes;
}

/** What the server has of a step's project. */
export interface Found {
  /** Whether what the step wants is the case. */
  readonly isSo: boolean;
  /** The project's permissions for the checkpoint, newest first, as far as they were read. */
  readonly permissions: readonly Permission[];
}

/**
 * Whether what a step wants is the case, by the list where that reaches far enough, else by asking for its project.
 * Rejects with the client's error.
 */
export async function lookUp(
  step: Step,
  listing: Listing,
  store: PermissionStore,
  signal?: AbortSignal,
): Promise<Found> {
  const known = inListing(step, listing);
  if (known !== undefined) return { isSo: known, permissions: permissionsOf(listing, step.project) };
  const permissions = await store.readProject(step.checkpoint, step.project, signal);
  const isSo =
    step.action === 'grant'
      ? permissions.length > 0
      : !permissions.some(({ id }) => id === step.permissionId);
  return { isSo, permissions };
}

function inListing(step: Step, listing: Listing): boolean | undefined {
  if (step.action === 'grant') {
    if (permissionsOf(listing, step.project).length > 0) return true;
    return listing.ending.kind === 'complete' ? false : undefined;
  }
  if (permissionIn(listing, step.permissionId)) return false;
  if (listing.ending.kind === 'complete') return true;
  const reaches = step.createdAt !== undefined && reachesPast(listing, { created_at: step.createdAt });
  return reaches ? true : undefined;
}

function outcomeOf(
  step: Step,
  answer: RequestResult,
  found: Found | undefined,
  unreadable: unknown,
): Outcome {
  if (answer.kind === 'notSent') return { step, result: 'notSent' };
  if (found?.isSo) return done(step, answer, found);
  if (answer.kind === 'accepted') {
    return found
      ? { step, result: 'failed', error: new NotInEffectError(step), readBack: true, mayStillHappen: false }
      : { step, result: 'unverified', error: unreadable };
  }
  const { error } = answer;
  const uncertain = answer.kind === 'uncertain';
  if (uncertain && !found) return { step, result: 'unknown', error };
  return { step, result: 'failed', error, readBack: found !== undefined, mayStillHappen: uncertain };
}

function done(step: Step, answer: RequestResult, { permissions }: Found): Outcome {
  if (step.action === 'revoke') return { step, result: 'done', by: wasGone(answer) ? 'others' : 'us' };
  const ours = permissions.find((permission) => wasMadeBy(answer, permission));
  const permission = ours ?? permissions[0];
  return { step, result: 'done', by: ours ? 'us' : 'others', ...(permission && { permission }) };
}

/** Only a first 404 tells that somebody else was there before; other refusals may hide an effect of our own. */
function wasGone(answer: RequestResult): boolean {
  return answer.kind === 'refused' && answer.error instanceof NotFoundError;
}

/**
 * Whether a request made a permission. A grant to a project that has access already is answered with the permission that
 * it has; and what the list shows may have been granted since, by somebody else.
 */
function wasMadeBy(answer: RequestResult, { id, created_at }: Permission): boolean {
  if (answer.kind === 'refused' || answer.kind === 'notSent') return false;
  if ('made' in answer && answer.made) return answer.made.some((made) => made.id === id);
  return answer.since === undefined || created_at * 1000 >= answer.since;
}

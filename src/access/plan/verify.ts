import { NotFoundError } from '../../openai';
import type { Permission } from '../api';
import { hasPermission, type Listing, permissionsOf, provesMissing } from '../loading/listing';
import type { PermissionStore } from '../loading/permissionStore';
import type { RequestResult } from './answer';
import { NotInEffectError, type Outcome } from './outcome';
import type { Step } from './plan';

/** Up to so many projects are asked for one by one: usually no more requests than the rest of the list. */
const fewProjects = 3;

/**
 * Judges steps of one checkpoint by the list that was read back. What that list does not prove is asked for; when that
 * fails or is cancelled, the rest is said to be unverified rather than asked for again and again.
 */
export async function verify(
  steps: readonly Step[],
  answers: ReadonlyMap<Step, RequestResult>,
  readBack: Listing | { readonly error: unknown },
  store: PermissionStore,
  signal?: AbortSignal,
): Promise<Outcome[]> {
  let listing = 'error' in readBack ? undefined : readBack;
  let unreadable = 'error' in readBack ? readBack : undefined;
  // Only where the server said that it deleted something, the order of a list is enough.
  const proof = (step: Step): Proof => (answers.get(step)?.kind === 'accepted' ? 'order' : 'completeness');
  if (listing) {
    try {
      listing = await readFar(steps, listing, proof, store, signal);
    } catch (error) {
      unreadable = { error };
    }
  }
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    const answer = answers.get(step) ?? { kind: 'notSent' };
    let found = listing && inListing(step, listing, proof(step));
    if (!found && !unreadable) {
      try {
        found = await askFor(step, store, signal);
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

/** What proves that a permission is gone: a complete list only, or the order of a list as well. */
type Proof = 'completeness' | 'order';

/**
 * Whether what a step wants is the case, by the list where it is complete or has the permission, else by asking for its
 * project. Rejects with the client's error.
 */
export async function lookUp(
  step: Step,
  listing: Listing,
  store: PermissionStore,
  signal?: AbortSignal,
): Promise<Found> {
  return inListing(step, listing, 'completeness') ?? (await askFor(step, store, signal));
}

/**
 * Reads on as long as that costs no more requests than asking for the project of each step that the list does not
 * decide. Rejects with the client's error.
 */
export async function readFar(
  steps: readonly Step[],
  readSoFar: Listing,
  proof: (step: Step) => Proof,
  store: PermissionStore,
  signal?: AbortSignal,
): Promise<Listing> {
  const [{ checkpoint } = { checkpoint: '' }] = steps;
  let listing = readSoFar;
  const open = (): number => steps.filter((step) => !inListing(step, listing, proof(step))).length;
  for (let pages = 0; listing.ending.kind === 'more' && pages < steps.length; pages += 1) {
    if (open() <= fewProjects) break;
    signal?.throwIfAborted();
    listing = await store.readMore(checkpoint, 'person', signal);
  }
  return listing;
}

async function askFor(step: Step, store: PermissionStore, signal?: AbortSignal): Promise<Found> {
  const permissions = await store.readProject(step.checkpoint, step.project, signal);
  const isSo =
    step.action === 'grant'
      ? permissions.length > 0
      : !permissions.some(({ id }) => id === step.permissionId);
  return { isSo, permissions };
}

/** What the list proves about a step. Undefined where it does not. */
function inListing(step: Step, listing: Listing, proof: Proof): Found | undefined {
  const permissions = permissionsOf(listing, step.project);
  const isComplete = listing.ending.kind === 'complete';
  if (step.action === 'grant') {
    const isSo = permissions.length > 0;
    return isSo || isComplete ? { isSo, permissions } : undefined;
  }
  if (hasPermission(listing, step.permissionId)) return { isSo: false, permissions };
  const { createdAt } = step;
  const isOrderEnough =
    proof === 'order' && createdAt !== undefined && provesMissing(listing, { created_at: createdAt });
  return isComplete || isOrderEnough ? { isSo: true, permissions } : undefined;
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

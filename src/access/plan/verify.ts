import type { Permission } from '../api';
import { hasPermission, type Listing, permissionsOf, provesMissing } from '../loading/listing';
import type { PermissionStore } from '../loading/permissionStore';
import { pauses } from '../slices';
import { evidenceOf, type Sent } from './answer';
import { attribute } from './attribution';
import { NotListedYetError, type Outcome, type Unverified } from './outcome';
import type { Step } from './plan';

/** Up to so many projects are asked for one by one: usually no more requests than the rest of the list. */
const fewProjects = 3;

/**
 * Judges steps of one checkpoint by the list that was read back. What that list does not prove is asked for; when that
 * fails or is cancelled, the rest is said to be unverified rather than asked for again and again.
 */
export async function verify(
  steps: readonly Step[],
  answers: ReadonlyMap<Step, Sent>,
  readBack: Listing | { readonly error: unknown },
  store: PermissionStore,
  signal?: AbortSignal,
): Promise<Outcome[]> {
  let listing = 'error' in readBack ? undefined : readBack;
  let unreadable = 'error' in readBack ? readBack : undefined;
  // Only where the server said that it deleted something, the order of a list is enough.
  const proof = (step: Step): Proof =>
    answers.get(step)?.answer.kind === 'accepted' ? 'order' : 'completeness';
  if (listing) {
    try {
      listing = await readFar(steps, listing, proof, store, signal);
    } catch (error) {
      unreadable = { error };
    }
  }
  const outcomes: Outcome[] = [];
  const pause = pauses();
  for (const step of steps) {
    const turn = pause();
    if (turn !== undefined) await turn;
    let found = listing && inListing(step, listing, proof(step));
    if (!found && !unreadable) {
      try {
        found = await askFor(step, store, signal);
      } catch (error) {
        unreadable = { error };
      }
    }
    outcomes.push(outcomeOf(step, answers.get(step), found, unreadable?.error));
  }
  return outcomes;
}

/** What the server has of a step's project. */
export interface Found {
  /** Whether what the step wants is the case. */
  readonly isSo: boolean;
  /** The project's permissions for the checkpoint, newest first, as far as they were read. */
  readonly permissions: readonly Permission[];
  /** The project has no others. */
  readonly isAll: boolean;
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
  return { isSo, permissions, isAll: true };
}

/** What the list proves about a step. Undefined where it does not. */
function inListing(step: Step, listing: Listing, proof: Proof): Found | undefined {
  const permissions = permissionsOf(listing, step.project);
  const isComplete = listing.ending.kind === 'complete';
  if (step.action === 'grant') {
    const isSo = permissions.length > 0;
    return isSo || isComplete ? { isSo, permissions, isAll: isComplete } : undefined;
  }
  if (hasPermission(listing, step.permissionId)) return { isSo: false, permissions, isAll: isComplete };
  const { createdAt } = step;
  const isOrderEnough =
    proof === 'order' && createdAt !== undefined && provesMissing(listing, { created_at: createdAt });
  return isComplete || isOrderEnough ? { isSo: true, permissions, isAll: isComplete } : undefined;
}

function outcomeOf(
  step: Step,
  sent: Sent | undefined,
  found: Found | undefined,
  unreadable: unknown,
): Outcome {
  if (!sent || sent.answer.kind === 'notSent') return { step, result: 'notSent' };
  const { answer } = sent;
  if (found?.isSo) {
    return { step, result: 'done', ...attribute(step, evidenceOf(sent, step.project), found.permissions) };
  }
  if (answer.kind === 'accepted') {
    return found
      ? { step, result: 'unverified', why: 'notListed', error: new NotListedYetError(step), sent }
      : { step, result: 'unverified', why: 'unreadable', error: unreadable, sent };
  }
  const { kind, error } = answer;
  if (kind !== 'refused' && !found) return { step, result: 'unknown', error };
  return {
    step,
    result: 'failed',
    error,
    readBack: found !== undefined,
    mayStillHappen: kind === 'uncertain',
  };
}

/**
 * Looks for accepted changes that no list has confirmed, by reading their lists again. Sends no change. Never rejects:
 * each change has an outcome, in their order.
 */
export async function checkAgain(
  unverified: readonly Unverified[],
  store: PermissionStore,
  signal?: AbortSignal,
): Promise<Outcome[]> {
  const outcomes = new Map<Step, Outcome>();
  for (const checkpoint of new Set(unverified.map(({ step }) => step.checkpoint))) {
    const here = unverified.filter(({ step }) => step.checkpoint === checkpoint);
    const steps = here.map(({ step }) => step);
    const grants = steps.filter(({ action }) => action === 'grant').length;
    const list = await store
      .readAgain(checkpoint, grants, 'person', signal)
      .catch((error: unknown) => ({ error }));
    const sent = new Map(here.map((each) => [each.step, each.sent]));
    for (const outcome of await verify(steps, sent, list, store, signal)) outcomes.set(outcome.step, outcome);
  }
  return unverified.map((each) => outcomes.get(each.step) ?? each);
}

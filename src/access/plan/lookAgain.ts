import type { Permission } from '../api';
import type { PermissionStore } from '../loading/permissionStore';
import type { Outcome } from './outcome';
import { type GrantStep, keepSteps, type Plan, type RevokeStep, type Step, stepsByCheckpoint } from './plan';
import { type Found, lookUp, readFar } from './verify';

/** What is remembered of a step that was applied, perhaps only in part. */
export interface Before {
  /** When its request was about to be sent, in milliseconds by this machine's clock; absent when it was not. */
  readonly sentAt?: number;
  /** The server's answer, if one came. */
  readonly answer?: 'accepted' | 'refused' | 'uncertain';
  /** When that was. */
  readonly answeredAt?: number;
  /** What the answer to a grant said that it made of the step's project; absent where it did not tell. */
  readonly made?: readonly Pick<Permission, 'id'>[];
  /** It was read back and found done; `permission` is what was granted. */
  readonly done?: {
    readonly by: 'us' | 'others';
    readonly permission?: Pick<Permission, 'id' | 'created_at'>;
  };
}

/** A step, what is remembered of it, and what the server has now. */
export interface Look {
  readonly step: Step;
  readonly before: Before;
  readonly found: Found;
}

/** By how much this machine's clock may differ from the server's, in milliseconds. */
const clockSlack = 120_000;

/** For so long, in milliseconds, a request without an answer may have waited for the rate limit and been under way. */
const longestUnanswered = 15 * 60_000;

/** What is sent again or undone must not rely on the order of a list: a gateway may ignore it. */
const byCompleteness = () => 'completeness' as const;

/**
 * Reads what became of a plan's steps: what lies further back than `maxAge` milliseconds is asked anew, a checkpoint a
 * request or little more. Rejects with the client's error when a list cannot be read.
 */
export async function lookAgain(
  plan: Plan,
  before: (step: Step) => Before,
  store: PermissionStore,
  maxAge: number,
  signal?: AbortSignal,
): Promise<Look[]> {
  const looks = new Map<Step, Look>();
  for (const [checkpoint, steps] of stepsByCheckpoint(plan.steps)) {
    signal?.throwIfAborted();
    const grants = steps.filter(({ action }) => action === 'grant').length;
    let listing = await store.readCurrent(checkpoint, maxAge, signal);
    // What was granted comes first in the list; asking for each project would cost more than reading that far.
    while (listing.ending.kind === 'more' && listing.permissions.length < grants) {
      signal?.throwIfAborted();
      listing = await store.readMore(checkpoint, 'person', signal);
    }
    listing = await readFar(steps, listing, byCompleteness, store, signal);
    for (const step of steps) {
      const found = await lookUp(step, listing, store, signal);
      looks.set(step, { step, before: before(step), found });
    }
  }
  return plan.steps.flatMap((step) => looks.get(step) ?? []);
}

/**
 * What of a plan is still to be done. A grant that the server had accepted and that is not there now was taken away by
 * somebody since: it is not made a second time, but told.
 */
export function leftToDo(plan: Plan, looks: readonly Look[]): { left: Plan; changedSince: Step[] } {
  const open = looks.filter(({ found }) => !found.isSo);
  const changedSince = open.filter(wasGranted).map(({ step }) => step);
  const left = new Set(open.filter((look) => !wasGranted(look)).map(({ step }) => step));
  return { left: keepSteps(plan, (step) => left.has(step)), changedSince };
}

function wasGranted({ step, before }: Look): boolean {
  return step.action === 'grant' && (before.answer === 'accepted' || before.done !== undefined);
}

/** The outcome of each step as it is now, for the journal and for people. */
export function outcomeOf(look: Look): Outcome {
  const { step, before, found } = look;
  if (!found.isSo) return { step, result: 'notSent' };
  if (step.action === 'revoke') return { step, result: 'done', by: isOurs(before) ? 'us' : 'others' };
  const permission = grantedBy(look) ?? found.permissions[0];
  const by = grantedBy(look) ? 'us' : 'others';
  return { step, result: 'done', by, ...(permission && { permission }) };
}

/** The way back from what was really done, and what there is no need or no right to take back. */
export interface Undo {
  readonly plan: Plan;
  readonly left: readonly { readonly step: Step; readonly why: 'goneAlready' | 'backAlready' | 'notOurs' }[];
}

/**
 * The plan that takes back what a plan has done: its own permissions are revoked, those that it revoked are granted
 * again (under new ids). What others did is never undone, nor what they have undone already.
 */
export function undoOf(looks: readonly Look[]): Undo {
  const revokes = new Map<string, RevokeStep>();
  const grants = new Map<string, GrantStep>();
  const left: Undo['left'][number][] = [];
  for (const look of looks) {
    const { step, before, found } = look;
    const { checkpoint, project } = step;
    if (!isOurs(before)) continue;
    if (step.action === 'grant') {
      const permission = grantedBy(look);
      if (!permission) {
        // Where its id is known, ours is gone, whoever has been given access anew.
        const isKnown = before.done?.permission !== undefined || (before.made?.length ?? 0) > 0;
        if (found.isSo && !isKnown) left.push({ step, why: 'notOurs' });
        else if (wasGranted(look)) left.push({ step, why: 'goneAlready' });
        continue;
      }
      const { id: permissionId, created_at: createdAt } = permission;
      revokes.set(permissionId, { action: 'revoke', checkpoint, project, permissionId, createdAt });
    } else if (found.isSo) {
      if (found.permissions.length > 0) left.push({ step, why: 'backAlready' });
      else grants.set(JSON.stringify([checkpoint, project]), { action: 'grant', checkpoint, project });
    }
  }
  return { plan: { steps: [...grants.values(), ...revokes.values()] }, left };
}

function isOurs({ sentAt, answer, done }: Before): boolean {
  if (done) return done.by === 'us';
  return sentAt !== undefined && answer !== 'refused';
}

/**
 * The permission that our own request made, if the project still has it: the very one where its id is known, else one of
 * the time that the request was under way. What was granted later was granted by somebody else.
 */
function grantedBy({ before, found }: Look): Permission | undefined {
  const { done, made, sentAt = 0, answeredAt = sentAt + longestUnanswered } = before;
  if (!isOurs(before)) return undefined;
  const known = done?.permission ? [done.permission] : made;
  if (known) return found.permissions.find(({ id }) => known.some((each) => each.id === id));
  const [earliest, latest] = [sentAt - clockSlack, answeredAt + clockSlack];
  return found.permissions.find(
    ({ created_at }) => created_at * 1000 >= earliest && created_at * 1000 <= latest,
  );
}

/**
 * What of a plan is still to be done, by reading its checkpoints again: nothing is ever sent a second time on the word
 * of an old answer. Rejects with the client's error when a list cannot be read.
 */
export async function stillToDo(plan: Plan, store: PermissionStore, signal?: AbortSignal): Promise<Plan> {
  const left = new Set<Step>();
  for (const [checkpoint, steps] of stepsByCheckpoint(plan.steps)) {
    signal?.throwIfAborted();
    const grants = steps.filter(({ action }) => action === 'grant').length;
    const readAnew = await store.readAgain(checkpoint, grants, 'person', signal);
    const listing = await readFar(steps, readAnew, byCompleteness, store, signal);
    for (const step of steps) {
      if (!(await lookUp(step, listing, store, signal)).isSo) left.add(step);
    }
  }
  return keepSteps(plan, (step) => left.has(step));
}

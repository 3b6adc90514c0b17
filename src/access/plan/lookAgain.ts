import type { Permission } from '../api';
import type { Listing } from '../loading/listing';
import type { PermissionStore } from '../loading/permissionStore';
import { type Attribution, attribute, type By, type RequestEvidence } from './attribution';
import { type Bases, type Basis, withAnswers } from './basis';
import type { Outcome } from './outcome';
import {
  type GrantStep,
  keepSteps,
  keyOf,
  type Plan,
  type RevokeStep,
  type Step,
  stepsByCheckpoint,
} from './plan';
import type { MaxAge } from './stillHolds';
import { type Found, lookUp, readFar } from './verify';

/** What is remembered of a step that was applied, perhaps only in part. */
export interface Before extends Pick<RequestEvidence, 'serverTime' | 'known'> {
  /** When its request was about to be sent, in milliseconds by this machine's clock; absent when it was not. */
  readonly sentAt?: number;
  /** The server's answer, if one came. */
  readonly answer?: Exclude<RequestEvidence['result'], 'notSent'>;
  /** The project's permissions in the answer to a grant. Older versions recorded no time. */
  readonly listed?: readonly (Pick<Permission, 'id'> & Partial<Pick<Permission, 'created_at'>>)[];
  /** It was read back and found done; `permission` is what was granted. */
  readonly done?: {
    readonly by: By;
    readonly permission?: Pick<Permission, 'id' | 'created_at'>;
  };
}

/** A step, what is remembered of it, and what the server has now. */
export interface Look {
  readonly step: Step;
  readonly before: Before;
  readonly found: Found;
}

/** What is sent again or undone must not rely on the order of a list: a gateway may ignore it. */
const byCompleteness = () => 'completeness' as const;

/**
 * Reads what became of a plan's steps: what is older than `maxAge` is asked anew, a checkpoint a request or little more. Rejects with the client's error when a list cannot be read.
 */
export async function lookAgain(
  plan: Plan,
  before: (step: Step) => Before,
  store: PermissionStore,
  maxAge: MaxAge,
  signal?: AbortSignal,
): Promise<Look[]> {
  const looks = new Map<Step, Look>();
  for (const [checkpoint, steps] of stepsByCheckpoint(plan.steps)) {
    signal?.throwIfAborted();
    const grants = steps.filter(({ action }) => action === 'grant').length;
    let listing = await store.readCurrent(checkpoint, maxAge(checkpoint), signal);
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

/** What of a plan is still to be done, and what is left as it is. */
export interface LeftToDo {
  readonly left: Plan;
  /** Grants that were in effect and are not now: somebody took them away, so they are not made a second time. */
  readonly changedSince: readonly Step[];
  /** Grants that the server accepted and that no list has shown: revoked by somebody since, or not listed yet. */
  readonly notListed: readonly Step[];
}

export function leftToDo(plan: Plan, looks: readonly Look[]): LeftToDo {
  const open = looks.filter(({ found }) => !found.isSo);
  const stepsOf = (some: readonly Look[]): Step[] => some.map(({ step }) => step);
  const grants = open.filter(({ step }) => step.action === 'grant');
  const changedSince = stepsOf(grants.filter(({ before }) => before.done));
  const notListed = stepsOf(grants.filter(({ before }) => before.answer === 'accepted' && !before.done));
  const kept = new Set([...changedSince, ...notListed]);
  // A revoke names one permission, so sending it again can take away nothing else.
  const left = new Set(stepsOf(open).filter((step) => !kept.has(step)));
  const tried = new Set(open.filter(({ before }) => mayBeOurs(before)).map(({ step }) => keyOf(step)));
  return { left: { ...keepSteps(plan, (step) => left.has(step)), tried }, changedSince, notListed };
}

/** The outcome of each step as it is now, for the journal and for people. */
export function outcomeOf(look: Look): Outcome {
  const { step, found } = look;
  return found.isSo ? { step, result: 'done', ...attributionOf(look) } : { step, result: 'notSent' };
}

/** Who made what is in effect: as it was read back, where it was, else by what is remembered of the request. */
function attributionOf({ step, before, found }: Look): Attribution {
  const { done } = before;
  if (done && step.action === 'revoke') return { by: done.by };
  const same = found.permissions.find(({ id }) => id === done?.permission?.id);
  if (done && same) return { by: done.by, permission: same };
  // Ours is gone. Where it was another's that was seen, a list that lagged may not have shown ours yet.
  if (done?.by === 'us' && done.permission) {
    const [first] = found.permissions;
    return { by: 'others', ...(first && { permission: first }) };
  }
  return attribute(step, evidenceIn(before), found.permissions);
}

/** The evidence that is remembered of a request. One without an answer may have been carried out. */
export function evidenceIn({ sentAt, answer, serverTime, listed, known }: Before): RequestEvidence {
  return {
    result: sentAt === undefined ? 'notSent' : (answer ?? 'uncertain'),
    ...(serverTime && { serverTime }),
    ...(listed && { listed }),
    ...(known && { known }),
  };
}

/** The way back from what was really done, and what there is no need or no right to take back. */
export interface Undo {
  readonly plan: Plan;
  /** The steps of the plan that take back what was perhaps done by somebody else. */
  readonly perhapsUs: readonly Step[];
  readonly left: readonly {
    readonly step: Step;
    readonly why: 'goneAlready' | 'backAlready' | 'notOurs' | 'notListed';
  }[];
}

/**
 * The plan that takes back what a plan has done: its own permissions are revoked, those that it revoked are granted
 * again (under new ids). What others did is never undone, nor what they have undone already. What nobody can tell is
 * part of the plan, for people to decide.
 */
export function undoOf(looks: readonly Look[]): Undo {
  const revokes = new Map<string, RevokeStep>();
  const grants = new Map<string, GrantStep>();
  const perhapsUs = new Set<Step>();
  const left: Undo['left'][number][] = [];
  for (const look of looks) {
    const { step, before, found } = look;
    const { checkpoint, project } = step;
    const { by, permission } = attributionOf(look);
    if (step.action === 'grant') {
      if (!permission || by === 'others') {
        if (!mayBeOurs(before)) continue;
        // Where its id is known, ours is gone, whoever has been given access anew.
        const isKnown = before.done?.permission !== undefined || (before.listed?.length ?? 0) > 0;
        if (found.isSo && !isKnown) left.push({ step, why: 'notOurs' });
        else if (before.done || found.isSo) left.push({ step, why: 'goneAlready' });
        else if (before.answer === 'accepted') left.push({ step, why: 'notListed' });
        continue;
      }
      const { id: permissionId, created_at: createdAt } = permission;
      const known = revokes.get(permissionId);
      const revoke: RevokeStep = { action: 'revoke', checkpoint, project, permissionId, createdAt };
      if (!known) revokes.set(permissionId, revoke);
      if (!known && by === 'perhapsUs') perhapsUs.add(revoke);
      // What one of two steps proves is proven.
      if (known && by === 'us') perhapsUs.delete(known);
    } else if (found.isSo && by !== 'others') {
      const name = JSON.stringify([checkpoint, project]);
      const known = grants.get(name);
      const grant: GrantStep = { action: 'grant', checkpoint, project };
      if (found.permissions.length > 0) left.push({ step, why: 'backAlready' });
      else if (!known) {
        grants.set(name, grant);
        if (by === 'perhapsUs') perhapsUs.add(grant);
      } else if (by === 'us') perhapsUs.delete(known);
    }
  }
  return { plan: { steps: [...grants.values(), ...revokes.values()] }, perhapsUs: [...perhapsUs], left };
}

/** Whether a step may have changed anything, as far as is remembered. */
function mayBeOurs({ sentAt, answer, done, known }: Before): boolean {
  if (done) return done.by !== 'others';
  // Whatever became of the latest request, an earlier one may have taken effect.
  if (known?.wasTried) return true;
  return sentAt !== undefined && answer !== 'refused';
}

/** What of a plan is still to be done, and the outcomes of the steps that are in effect by now. */
export interface StillToDo {
  readonly left: Plan;
  readonly done: readonly Outcome[];
}

/**
 * What of a plan is still to be done, by reading its checkpoints again: nothing is ever sent a second time on the word
 * of an old answer. What an earlier request may have done is perhaps ours. Rejects with the client's error when a list
 * cannot be read.
 */
export async function stillToDo(
  plan: Plan,
  store: PermissionStore,
  signal?: AbortSignal,
): Promise<StillToDo> {
  const left = new Set<Step>();
  const done: Outcome[] = [];
  const basis = new Map<string, Basis>();
  for (const [checkpoint, steps] of stepsByCheckpoint(plan.steps)) {
    signal?.throwIfAborted();
    const at = store.now();
    const grants = steps.filter(({ action }) => action === 'grant').length;
    const readAnew = await store.readAgain(checkpoint, grants, 'person', signal);
    const listing = await readFar(steps, readAnew, byCompleteness, store, signal);
    const looks: Omit<Look, 'before'>[] = [];
    for (const step of steps) looks.push({ step, found: await lookUp(step, listing, store, signal) });
    for (const { step, found } of looks) {
      const known = { ids: [], isAll: false } as const;
      const before = plan.tried?.has(keyOf(step)) ? { known: { ...known, wasTried: true as const } } : {};
      if (found.isSo) done.push(outcomeOf({ step, before, found }));
      else left.add(step);
    }
    basis.set(checkpoint, basisFor(listing, looks, at));
  }
  return { left: { ...keepSteps(plan, (step) => left.has(step)), basis }, done };
}

function basisFor(listing: Listing, looks: readonly Omit<Look, 'before'>[], at: number): Basis {
  const all = looks.filter(({ found }) => found.isAll);
  return withAnswers(
    { listing },
    new Map(all.map(({ step, found }) => [step.project, found.permissions])),
    at,
  );
}

/** What was found, as the basis of a plan that is made from it: what has to be done still, or undone. */
export function basisOfLooks(looks: readonly Look[], store: PermissionStore, at: number): Bases {
  const basis = new Map<string, Basis>();
  const steps = stepsByCheckpoint(looks.map((look) => ({ ...look, checkpoint: look.step.checkpoint })));
  for (const [checkpoint, here] of steps) {
    const { listing } = store.snapshot(checkpoint);
    if (listing) basis.set(checkpoint, basisFor(listing, here, at));
  }
  return basis;
}

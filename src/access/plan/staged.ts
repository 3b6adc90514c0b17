import { accessKindOf, hasNoPermission } from '../accessKind';
import { Emitter, type Unsubscribe } from '../emitter';
import { type Listing, permissionsOf } from '../loading/listing';
import type { Snapshot } from '../loading/snapshot';
import { provesAbsence, standingOf } from '../loading/standing';
import type { StagedAction } from '../matrix/cell';
import { isPause, type Steps } from '../slices';
import { mostStaged } from '../thresholds';
import type { Basis } from './basis';
import type { Outcome } from './outcome';
import { type Plan, planGrants, planRevokes, type Step } from './plan';

/** A staged change of the access of one project to one checkpoint. */
export interface StagedChange {
  readonly checkpoint: string;
  readonly project: string;
  readonly action: StagedAction;
  /** Why the last attempt to apply it failed. */
  readonly failure?: unknown;
}

/** Staged changes as a plan, and the changes that are not part of it. */
export interface StagedPlan {
  readonly plan: Plan;
  /** Changes that are already in effect. */
  readonly alreadyInEffect: readonly StagedChange[];
  /** Changes of unknown access, so it is unknown whether a request is needed. */
  readonly undecided: readonly StagedChange[];
}

/** Returns the loaded permissions of a checkpoint. */
export type SnapshotOf = (checkpoint: string) => Omit<Snapshot, 'reading'>;

/**
 * The staged changes of an organization: at most one per checkpoint and project. They say nothing about access and
 * send nothing; a {@link Plan} is made of them for the preview.
 */
export class StagedChanges {
  readonly #changes = new Map<string, Map<string, StagedChange>>();
  readonly #changed = new Emitter<void>();
  #size = 0;
  /** All of them as one list, until one changes. */
  #list: readonly StagedChange[] | undefined;

  /** Notifies when changes are staged, unstaged or settled. */
  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  get size(): number {
    return this.#size;
  }

  /** All staged changes, by checkpoint, in the order of staging. The same list as long as none has changed. */
  get changes(): readonly StagedChange[] {
    this.#list ??= [...this.#changes.values()].flatMap((changes) => [...changes.values()]);
    return this.#list;
  }

  get(checkpoint: string, project: string): StagedChange | undefined {
    return this.#changes.get(checkpoint)?.get(project);
  }

  /**
   * Stages changes. A change replaces an earlier one of the same checkpoint and project. Returns false, and stages none,
   * if there would be more than {@link mostStaged}.
   */
  stage(changes: readonly Omit<StagedChange, 'failure'>[]): boolean {
    const added = changes.filter(({ checkpoint, project }) => !this.get(checkpoint, project));
    if (this.#size + added.length > mostStaged) return false;
    for (const { checkpoint, project, action } of changes) this.#put({ checkpoint, project, action });
    this.#changed.emit();
    return true;
  }

  /** Unstages changes. Skips those that are not staged. */
  unstage(changes: Iterable<Pick<StagedChange, 'checkpoint' | 'project'>>): void {
    const { size } = this;
    for (const change of changes) this.#drop(change);
    if (this.size !== size) this.#changed.emit();
  }

  clear(): void {
    this.#changes.clear();
    this.#list = undefined;
    this.#size = 0;
    this.#changed.emit();
  }

  /**
   * The plan for staged changes, or for some of them, from the loaded permissions. Revokes name each permission of
   * the project, so a list that may lack one doesn't decide them. Changes that are already in effect or undecidable are
   * returned separately and stay staged. In steps, because there may be thousands of changes.
   */
  *toPlan(snapshotOf: SnapshotOf, changes = this.changes): Steps<StagedPlan> {
    const grants: Step[] = [];
    const revokes: Step[] = [];
    const alreadyInEffect: StagedChange[] = [];
    const undecided: StagedChange[] = [];
    // Once for each checkpoint, which may have thousands of changes.
    const known = new Map<string, { readonly listing: Listing | undefined; readonly isAbsent: boolean }>();
    // A list may be loaded again between two steps. The plan remembers the one that decided.
    const basis = new Map<string, Basis>();
    for (const [index, change] of changes.entries()) {
      if (isPause(index)) yield;
      const { checkpoint, project, action } = change;
      let ofCheckpoint = known.get(checkpoint);
      if (!ofCheckpoint) {
        const snapshot = snapshotOf(checkpoint);
        // Its age doesn't matter here: it was loaded again for this plan.
        const isAbsent = provesAbsence(standingOf({ ...snapshot, reading: false }, 0));
        ofCheckpoint = { listing: snapshot.listing, isAbsent };
        known.set(checkpoint, ofCheckpoint);
        if (snapshot.listing && !snapshot.beforeChange) basis.set(checkpoint, { listing: snapshot.listing });
      }
      const { listing, isAbsent } = ofCheckpoint;
      const permissions = listing ? permissionsOf(listing, project) : [];
      // The plan removes a grant to a known owner later, with the reason.
      const kind = accessKindOf(project, undefined, permissions.length > 0, isAbsent);
      if (kind === 'unknown') undecided.push(change);
      else if (action === (hasNoPermission(kind) ? 'revoke' : 'grant')) alreadyInEffect.push(change);
      else if (action === 'grant') grants.push(...planGrants([checkpoint], [project]).steps);
      else if (!isAbsent) undecided.push(change);
      else revokes.push(...planRevokes(permissions.map((permission) => ({ checkpoint, permission }))).steps);
    }
    return { plan: { steps: [...grants, ...revokes], basis }, alreadyInEffect, undecided };
  }

  /**
   * Updates the staged changes after a plan was applied: removes those that are done, and keeps failed ones with
   * their error. `planned`: the plan before changes were cleared from it.
   */
  settle(outcomes: readonly Outcome[], planned: Plan = { steps: [] }): void {
    const failures = new Map<string, Outcome>();
    const judged = new Set(outcomes.map(({ step }) => step));
    for (const step of planned.steps) {
      const { checkpoint, project } = step;
      // A project keeps its access while it has a permission left.
      if (!judged.has(step)) failures.set(JSON.stringify([checkpoint, project]), { step, result: 'notSent' });
    }
    for (const outcome of outcomes) {
      const { checkpoint, project } = outcome.step;
      const name = JSON.stringify([checkpoint, project]);
      // A project with two permissions is done when both are revoked.
      if (outcome.result !== 'done') failures.set(name, outcome);
    }
    for (const { step } of outcomes) {
      const { checkpoint, project, action } = step;
      const staged = this.get(checkpoint, project);
      if (staged?.action !== action) continue;
      const failed = failures.get(JSON.stringify([checkpoint, project]));
      if (!failed) this.#drop(staged);
      else if ('error' in failed) this.#put({ checkpoint, project, action, failure: failed.error });
    }
    this.#changed.emit();
  }

  #put(change: StagedChange): void {
    this.#list = undefined;
    const ofCheckpoint = this.#changes.get(change.checkpoint) ?? new Map<string, StagedChange>();
    this.#changes.set(change.checkpoint, ofCheckpoint);
    if (!ofCheckpoint.has(change.project)) this.#size += 1;
    ofCheckpoint.set(change.project, change);
  }

  #drop({ checkpoint, project }: Pick<StagedChange, 'checkpoint' | 'project'>): void {
    const ofCheckpoint = this.#changes.get(checkpoint);
    if (!ofCheckpoint?.delete(project)) return;
    this.#list = undefined;
    this.#size -= 1;
    if (ofCheckpoint.size === 0) this.#changes.delete(checkpoint);
  }
}

import { Emitter, type Unsubscribe } from '../emitter';
import type { Finding } from '../evidence/review/finding';
import { permissionsOf } from '../loading/listing';
import type { Snapshot } from '../loading/snapshot';
import type { StagedAction } from '../matrix/cell';
import type { Outcome } from './outcome';
import { type Plan, planGrants, planRevokes, type Step } from './plan';

/** One project's access to one checkpoint, as somebody wants it to become. */
export interface StagedChange {
  readonly checkpoint: string;
  readonly project: string;
  readonly action: StagedAction;
  /** Why it could not be done when it was applied. */
  readonly failure?: unknown;
}

/** Staged changes as a plan, and what of them is not part of it. */
export interface StagedPlan {
  readonly plan: Plan;
  /** Done since it was staged. */
  readonly alreadyInEffect: readonly StagedChange[];
  /** Whether the project has access is unknown, so whether anything has to be sent is, too. */
  readonly undecided: readonly StagedChange[];
}

/** What is known of a checkpoint now. */
export type SnapshotOf = (checkpoint: string) => Pick<Snapshot, 'listing'>;

/**
 * The changes of an organization that were staged and not applied yet: one for a checkpoint and a project at most. They
 * say nothing about access and send nothing; what leads there is a {@link Plan}, made of them when it is to be shown.
 */
export class StagedChanges {
  readonly #changes = new Map<string, Map<string, StagedChange>>();
  readonly #changed = new Emitter<void>();
  #size = 0;

  /** Hears each time that something was staged, taken back or settled. */
  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  get size(): number {
    return this.#size;
  }

  /** All of them, by checkpoint, in the order they were staged. */
  get changes(): readonly StagedChange[] {
    return [...this.#changes.values()].flatMap((changes) => [...changes.values()]);
  }

  get(checkpoint: string, project: string): StagedChange | undefined {
    return this.#changes.get(checkpoint)?.get(project);
  }

  /** Stages changes; what was staged for the same checkpoint and project before is replaced. */
  stage(changes: Iterable<Omit<StagedChange, 'failure'>>): void {
    for (const { checkpoint, project, action } of changes) this.#put({ checkpoint, project, action });
    this.#changed.emit();
  }

  /** Takes changes back; what was not staged is passed over. */
  unstage(changes: Iterable<Pick<StagedChange, 'checkpoint' | 'project'>>): void {
    for (const change of changes) this.#drop(change);
    this.#changed.emit();
  }

  clear(): void {
    this.#changes.clear();
    this.#size = 0;
    this.#changed.emit();
  }

  /**
   * The plan that makes them so, or some of them, by what is known of their checkpoints: revokes name each permission of
   * the project. What is already in effect or can't be decided is returned beside it, and stays staged.
   */
  toPlan(snapshotOf: SnapshotOf, changes = this.changes): StagedPlan {
    const grants: Step[] = [];
    const revokes: Step[] = [];
    const alreadyInEffect: StagedChange[] = [];
    const undecided: StagedChange[] = [];
    for (const change of changes) {
      const { checkpoint, project, action } = change;
      const { listing } = snapshotOf(checkpoint);
      const permissions = listing ? permissionsOf(listing, project) : [];
      // What is on a page that was not read is neither there nor missing.
      const isKnown = permissions.length > 0 || listing?.ending.kind === 'complete';
      if (!isKnown) undecided.push(change);
      else if ((action === 'grant') === permissions.length > 0) alreadyInEffect.push(change);
      else if (action === 'grant') grants.push(...planGrants([checkpoint], [project]).steps);
      else revokes.push(...planRevokes(permissions.map((permission) => ({ checkpoint, permission }))).steps);
    }
    return { plan: { steps: [...grants, ...revokes] }, alreadyInEffect, undecided };
  }

  /**
   * After a plan was applied: what was done is staged no more, what failed stays and says why. `planned`: all that was to
   * be done before some of it was unticked.
   */
  settle(outcomes: readonly Outcome[], planned: Plan = { steps: [] }): void {
    const failures = new Map<string, Outcome>();
    const judged = new Set(outcomes.map(({ step }) => step));
    for (const step of planned.steps) {
      const { checkpoint, project } = step;
      // A project keeps its access while one of its permissions is left.
      if (!judged.has(step)) failures.set(JSON.stringify([checkpoint, project]), { step, result: 'notSent' });
    }
    for (const outcome of outcomes) {
      const { checkpoint, project } = outcome.step;
      const name = JSON.stringify([checkpoint, project]);
      // A project with two permissions is done with both.
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
    const ofCheckpoint = this.#changes.get(change.checkpoint) ?? new Map<string, StagedChange>();
    this.#changes.set(change.checkpoint, ofCheckpoint);
    if (!ofCheckpoint.has(change.project)) this.#size += 1;
    ofCheckpoint.set(change.project, change);
  }

  #drop({ checkpoint, project }: Pick<StagedChange, 'checkpoint' | 'project'>): void {
    const ofCheckpoint = this.#changes.get(checkpoint);
    if (!ofCheckpoint?.delete(project)) return;
    this.#size -= 1;
    if (ofCheckpoint.size === 0) this.#changes.delete(checkpoint);
  }
}

/** Findings as changes to be staged: one revoke for each checkpoint and project, however many findings are about it. */
export function revokesFor(
  findings: readonly Pick<Finding, 'checkpoint' | 'access'>[],
): Omit<StagedChange, 'failure'>[] {
  const revokes = new Map<string, Omit<StagedChange, 'failure'>>();
  for (const { checkpoint, access } of findings) {
    for (const { project } of access)
      revokes.set(JSON.stringify([checkpoint, project]), { checkpoint, project, action: 'revoke' });
  }
  return [...revokes.values()];
}

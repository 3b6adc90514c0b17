import type { Organization } from '../../../access/organization';
import { checkNow } from '../../../access/plan/checkNow';
import type { Obstacle } from '../../../access/plan/obstacles';
import type { Outcome } from '../../../access/plan/outcome';
import { keyOf, type Step } from '../../../access/plan/plan';
import type { Proposal, StepMark } from '../../../access/plan/proposals';
import type { StagedChange } from '../../../access/plan/staged';
import { isPause, type Steps } from '../../../access/slices';
import type { ChangeRemark, ChangeRow, ChangeStatus, SheetHead } from '../../../protocol/changes';
import { sentences } from '../../../text/lists';
import { plainText } from '../../../text/plainText';
import { shownWhenApplied } from '../../../words/changes';
import { explain, explanationInWords } from '../../../words/errors';
import { plainCheckpointLabel, plainProjectName } from '../../../words/names';
import { reasonInWords } from '../../../words/outcomes';
import { obstacleInWords } from '../../../words/plan';

/** Maximum length of a name or ID: a hostile one must not fill the window. */
const maxLength = 200;
/** Maximum length of a sentence. */
const maxSentence = 1000;

/** One change of a sheet, with what it stands for. */
export interface SheetEntry {
  readonly row: ChangeRow;
  /** By what it is selected and cleared. Two revokes of one staged change have the same. */
  readonly name: string;
  /** Undefined for a staged change that is in effect, or of unknown access. */
  readonly step: Step | undefined;
  /** The staged change, if it is one. */
  readonly change: StagedChange | undefined;
  /** What speaks against it. */
  readonly obstacles: readonly Obstacle[];
}

/** What the tab lists: revokes first, by checkpoint. The key of a row is its place. */
export interface Sheet {
  readonly kind: SheetHead['kind'];
  readonly title: string;
  readonly notes: readonly string[];
  readonly entries: readonly SheetEntry[];
}

/** A change of a sheet before it has its place. */
interface Draft extends Partial<Omit<SheetEntry, 'row' | 'name'>>, Pick<SheetEntry, 'name'> {
  /** What it is about. */
  readonly of: Pick<Step, 'action' | 'checkpoint' | 'project'>;
  readonly isImpossible?: boolean;
  readonly note?: ChangeRemark | undefined;
  readonly reason?: string | undefined;
}

/** The sheet of a proposed plan. Its obstacles stay those that the person was asked about. */
export function* sheetOfProposal(organization: Organization, { plan }: Proposal): Steps<Sheet> {
  if (!plan) return { kind: 'proposal', title: '', notes: [], entries: [] };
  const { checked, perhapsUs, title, notes, reasons } = plan;
  const doubtful = new Set(perhapsUs);
  const warnings = byStep(checked.warnings);
  const drafts: Draft[] = [];
  for (const step of checked.plan.steps) {
    if (isPause(drafts.length)) yield;
    const note = doubtful.has(step) ? 'perhapsUs' : undefined;
    const reason = reasons?.get(keyOf(step));
    drafts.push({ of: step, name: keyOf(step), step, obstacles: warnings.get(step) ?? [], note, reason });
  }
  for (const obstacle of checked.impossible) {
    if (isPause(drafts.length)) yield;
    const { step } = obstacle;
    const reason = reasons?.get(keyOf(step));
    drafts.push({ of: step, name: keyOf(step), step, obstacles: [obstacle], isImpossible: true, reason });
  }
  return {
    kind: 'proposal',
    title: plainText(title, maxSentence),
    notes: notes.map((note) => plainNote(note)),
    entries: yield* entriesOf(organization, drafts),
  };
}

/** The sheet of the staged changes, from what is loaded. Sends no request. */
export function* sheetOfStaged(organization: Organization): Steps<Sheet> {
  const { staged, permissions } = organization;
  const snapshotOf = (checkpoint: string) => permissions.snapshot(checkpoint);
  const { plan, alreadyInEffect, undecided } = yield* staged.toPlan(snapshotOf);
  const { plan: possible, impossible, warnings: all } = checkNow(organization, plan);
  const warnings = byStep(all);
  const drafts: Draft[] = [];
  const add = (step: Step, obstacles: readonly Obstacle[], isImpossible = false): void => {
    const change = staged.get(step.checkpoint, step.project);
    drafts.push({ of: step, name: nameOfStaged(step), step, change, obstacles, isImpossible });
  };
  for (const step of possible.steps) {
    if (isPause(drafts.length)) yield;
    add(step, warnings.get(step) ?? []);
  }
  for (const obstacle of impossible) {
    if (isPause(drafts.length)) yield;
    add(obstacle.step, [obstacle], true);
  }
  for (const [note, changes] of [
    ['inEffect', alreadyInEffect],
    ['undecided', undecided],
  ] as const) {
    for (const change of changes) {
      if (isPause(drafts.length)) yield;
      drafts.push({ of: change, name: nameOfStaged(change), change, note });
    }
  }
  return {
    kind: 'staged',
    title: '',
    notes: drafts.length === 0 ? [] : [shownWhenApplied],
    entries: yield* entriesOf(organization, drafts),
  };
}

function byStep(obstacles: readonly Obstacle[]): ReadonlyMap<Step, readonly Obstacle[]> {
  const found = new Map<Step, Obstacle[]>();
  for (const obstacle of obstacles) {
    const known = found.get(obstacle.step);
    if (known) known.push(obstacle);
    else found.set(obstacle.step, [obstacle]);
  }
  return found;
}

function nameOfStaged({ checkpoint, project }: Draft['of']): string {
  return JSON.stringify([checkpoint, project]);
}

/** Revokes first; checkpoints in the order of their first change. */
function* entriesOf(organization: Organization, drafts: readonly Draft[]): Steps<SheetEntry[]> {
  const now = organization.permissions.now();
  const nameOf = namesOf(organization);
  const entries: SheetEntry[] = [];
  for (const action of ['revoke', 'grant'] as const) {
    const byCheckpoint = new Map<string, Draft[]>();
    for (const draft of drafts) {
      if (draft.of.action !== action) continue;
      const group = byCheckpoint.get(draft.of.checkpoint);
      if (group) group.push(draft);
      else byCheckpoint.set(draft.of.checkpoint, [draft]);
    }
    for (const draft of [...byCheckpoint.values()].flat()) {
      if (isPause(entries.length)) yield;
      const { name, step, change, obstacles = [] } = draft;
      const row = rowOf(organization, draft, entries.length, nameOf, now);
      entries.push({ row, name, step, change, obstacles });
    }
  }
  return entries;
}

/** The texts of a checkpoint and of a project, made once for each. */
type NamesOfRows = (draft: Draft) => Pick<ChangeRow, 'checkpoint' | 'checkpointId' | 'project' | 'projectId'>;

function namesOf(organization: Organization): NamesOfRows {
  const checkpoints = new Map<string, Pick<ChangeRow, 'checkpoint' | 'checkpointId'>>();
  const projects = new Map<string, Pick<ChangeRow, 'project' | 'projectId'>>();
  return ({ of: { checkpoint: id, project: projectId } }) => {
    let ofCheckpoint = checkpoints.get(id);
    if (!ofCheckpoint) {
      const checkpoint = plainText(plainCheckpointLabel(id, organization), 2 * maxLength);
      ofCheckpoint = { checkpoint, checkpointId: plainText(id, maxLength) };
      checkpoints.set(id, ofCheckpoint);
    }
    let ofProject = projects.get(projectId);
    if (!ofProject) {
      const project = plainText(plainProjectName(organization, projectId), 2 * maxLength);
      ofProject = { project, projectId: plainText(projectId, maxLength) };
      projects.set(projectId, ofProject);
    }
    return { ...ofCheckpoint, ...ofProject };
  };
}

function rowOf(
  organization: Organization,
  draft: Draft,
  key: number,
  nameOf: NamesOfRows,
  now: number,
): ChangeRow {
  const { of, step, change, obstacles = [], isImpossible, note, reason } = draft;
  const said = obstacles.map((obstacle) => obstacleInWords(organization, obstacle, now));
  return {
    key,
    action: of.action,
    ...nameOf(draft),
    ...(step?.action === 'revoke' && { permission: plainText(step.permissionId, maxLength) }),
    ...(step?.action === 'revoke' && step.createdAt !== undefined && { grantedAt: step.createdAt }),
    ...(said.length > 0 && { obstacle: plainText(sentences(...said), maxSentence) }),
    ...(isImpossible && { isImpossible: true as const }),
    ...(note && { note }),
    ...(reason && { reason: plainText(reason, maxSentence) }),
    ...(change?.failure !== undefined && {
      failure: plainText(explanationInWords(explain(change.failure)), maxSentence),
    }),
  };
}

/** A note may have several lines. */
function plainNote(note: string): string {
  return note
    .split('\n')
    .map((line) => plainText(line, maxSentence))
    .join('\n');
}

/** The status of an outcome, and its reason as a sentence. */
export function statusOfOutcome(
  organization: Organization,
  outcome: Outcome,
): readonly [status: ChangeStatus, reason: string] {
  const reason = reasonInWords(outcome, (project) => plainProjectName(organization, project));
  const said = plainText(reason, maxSentence);
  if (outcome.result !== 'done') return [outcome.result, said];
  const status = { us: 'done', others: 'others', perhapsUs: 'perhapsUs' } as const;
  return [status[outcome.by], said];
}

/** The status of a step that has no outcome yet. */
export function statusOfMark(mark: StepMark | undefined): ChangeStatus {
  return mark ?? 'toSend';
}

import type { Organization } from '../../../access/organization';
import { checkNow } from '../../../access/plan/checkNow';
import type { Obstacle } from '../../../access/plan/obstacles';
import type { Outcome } from '../../../access/plan/outcome';
import { keyOf, type Step, stepsByCheckpoint } from '../../../access/plan/plan';
import type { Proposal, StepMark } from '../../../access/plan/proposals';
import type { StagedChange } from '../../../access/plan/staged';
import type { ChangeRemark, ChangeRow, ChangeStatus, SheetHead } from '../../../protocol/changes';
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
  /** Absent for a staged change that is in effect, or of unknown access. */
  readonly step?: Step;
  /** The staged change, if it is one. */
  readonly change?: StagedChange;
  readonly obstacle?: Obstacle;
}

/** What the tab lists: revokes first, by checkpoint. The key of a row is its place. */
export interface Sheet {
  readonly kind: SheetHead['kind'];
  readonly title: string;
  readonly notes: readonly string[];
  readonly entries: readonly SheetEntry[];
}

/** A change of a sheet before it has its place. */
interface Draft {
  readonly action: Step['action'];
  readonly checkpoint: string;
  readonly project: string;
  readonly name: string;
  readonly step?: Step;
  readonly change?: StagedChange;
  readonly obstacle?: Obstacle;
  readonly isImpossible?: boolean;
  readonly note?: ChangeRemark;
}

/** The sheet of a proposed plan. Its obstacles stay those that the person was asked about. */
export function sheetOfProposal(organization: Organization, { plan }: Proposal): Sheet {
  if (!plan) return { kind: 'proposal', title: '', notes: [], entries: [] };
  const { checked, perhapsUs, title, notes } = plan;
  const doubtful = new Set(perhapsUs);
  const warnings = new Map(checked.warnings.map((warning) => [warning.step, warning]));
  const drafts: Draft[] = [
    ...checked.plan.steps.map((step) => {
      const obstacle = warnings.get(step);
      return {
        ...placeOf(step),
        name: keyOf(step),
        step,
        ...(obstacle && { obstacle }),
        ...(doubtful.has(step) && { note: 'perhapsUs' as const }),
      };
    }),
    ...checked.impossible.map(asImpossible),
  ];
  return {
    kind: 'proposal',
    title: plainText(title, maxSentence),
    notes: notes.map((note) => plainNote(note)),
    entries: entriesOf(organization, drafts),
  };
}

/** The sheet of the staged changes, from what is loaded. Sends no request. */
export function sheetOfStaged(organization: Organization): Sheet {
  const { staged, permissions } = organization;
  const { plan, alreadyInEffect, undecided } = staged.toPlan((checkpoint) =>
    permissions.snapshot(checkpoint),
  );
  const { plan: possible, impossible, warnings: all } = checkNow(organization, plan);
  const warnings = new Map(all.map((warning) => [warning.step, warning]));
  const drafts: Draft[] = [
    ...possible.steps.map((step) => {
      const obstacle = warnings.get(step);
      return { ...placeOf(step), name: nameOfStaged(step), step, ...(obstacle && { obstacle }) };
    }),
    ...impossible.map((obstacle) => ({ ...asImpossible(obstacle), name: nameOfStaged(obstacle.step) })),
    ...alreadyInEffect.map((change) => ({
      ...placeOf(change),
      name: nameOfStaged(change),
      note: 'inEffect' as const,
    })),
    ...undecided.map((change) => ({
      ...placeOf(change),
      name: nameOfStaged(change),
      note: 'undecided' as const,
    })),
  ];
  const withChange = drafts.map((draft) => {
    const change = staged.get(draft.checkpoint, draft.project);
    return change ? { ...draft, change } : draft;
  });
  return {
    kind: 'staged',
    title: '',
    notes: drafts.length === 0 ? [] : [shownWhenApplied],
    entries: entriesOf(organization, withChange),
  };
}

function nameOfStaged({ checkpoint, project }: Pick<Step, 'checkpoint' | 'project'>): string {
  return JSON.stringify([checkpoint, project]);
}

function placeOf({ action, checkpoint, project }: Pick<Step, 'action' | 'checkpoint' | 'project'>) {
  return { action, checkpoint, project };
}

function asImpossible(obstacle: Obstacle): Draft {
  const { step } = obstacle;
  return { ...placeOf(step), name: keyOf(step), step, obstacle, isImpossible: true };
}

/** Revokes first; checkpoints in the order of their first change. */
function entriesOf(organization: Organization, drafts: readonly Draft[]): SheetEntry[] {
  const ordered = (['revoke', 'grant'] as const).flatMap((action) => {
    const ofAction = drafts.filter((draft) => draft.action === action);
    return [...stepsByCheckpoint(ofAction).values()].flat();
  });
  const now = organization.permissions.now();
  const nameOf = namesOf(organization);
  return ordered.map((draft, key) => {
    const { name, step, change, obstacle } = draft;
    return {
      row: rowOf(organization, draft, key, nameOf, now),
      name,
      ...(step && { step }),
      ...(change && { change }),
      ...(obstacle && { obstacle }),
    };
  });
}

/** The texts of a checkpoint and of a project, made once for each. */
type NamesOfRows = (draft: Draft) => Pick<ChangeRow, 'checkpoint' | 'checkpointId' | 'project' | 'projectId'>;

function namesOf(organization: Organization): NamesOfRows {
  const checkpoints = new Map<string, Pick<ChangeRow, 'checkpoint' | 'checkpointId'>>();
  const projects = new Map<string, Pick<ChangeRow, 'project' | 'projectId'>>();
  return ({ checkpoint: id, project: projectId }) => {
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
  const { action, step, change, obstacle, isImpossible, note } = draft;
  return {
    key,
    action,
    ...nameOf(draft),
    ...(step?.action === 'revoke' && { permission: plainText(step.permissionId, maxLength) }),
    ...(step?.action === 'revoke' && step.createdAt !== undefined && { grantedAt: step.createdAt }),
    ...(obstacle && { obstacle: plainText(obstacleInWords(organization, obstacle, now), maxSentence) }),
    ...(isImpossible && { isImpossible: true as const }),
    ...(note && { note }),
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

import type { AccessFile } from '../access/accessFile/accessFile';
import { driftOf, stepsWithReasons } from '../access/accessFile/drift';
import { loadForAccessFile, type NotLoadedForFile } from '../access/accessFile/loadForAccessFile';
import { parseAccessFile } from '../access/accessFile/parseAccessFile';
import { type FilePlan, type GrantInFile, planAccessFile } from '../access/accessFile/planAccessFile';
import { Lines } from '../access/accessFile/problems';
import { railsOf } from '../access/accessFile/rails';
import { factsOf } from '../access/failures';
import type { Organization } from '../access/organization';
import { keyOf, type Step } from '../access/plan/plan';
import { inSlices } from '../access/slices';
import { sentences } from '../text/lists';
import {
  beyondInWords,
  driftSummary,
  endedInWords,
  fileErrorInWords,
  fileNoticeInWords,
  missingInWords,
  notListedInWords,
  organizationUnknown,
  plannedStepInWords,
  problemsInWords,
  projectsUnreadInWords,
  railInWords,
  stepReasonInWords,
  unmanagedInWords,
  unreadInWords,
} from '../words/accessFile';
import {
  explainProjectsInTerminal,
  loadingAllLists,
  loadingLists,
  loadingProjects,
  notComplete,
  notUTF8,
  problemInTerminal,
  whyUnread,
} from '../words/cli';
import { obstacleInWords } from '../words/plan';
import { exitCodes, Stop } from './exitCodes';
import { readText } from './files';
import type { Report, ReportedChange, ReportedMessage } from './report';
import type { ToolSession } from './session';

/** The access file of a run, or what is wrong with it. */
export type FileReading =
  | { readonly text: string; readonly file: AccessFile }
  | { readonly messages: readonly ReportedMessage[]; readonly summary: string };

/** Reads the access file. Throws {@link Stop} if it can't be opened. */
export async function readAccessFile({ host, file: path, signal }: ToolSession): Promise<FileReading> {
  const text = await readText(host.folder, path);
  // Formatting would replace what can't be decoded.
  if (text === undefined) throw new Stop(exitCodes.error, 'notUTF8', notUTF8(path));
  const reading = await inSlices(parseAccessFile(text), signal);
  if ('file' in reading) return { text, file: reading.file };
  const { problems, total } = reading;
  return {
    summary: problemsInWords(total, problems.length),
    messages: problems.map((problem) => ({
      severity: 'error',
      kind: problem.kind,
      text: problemInTerminal(problem),
      line: problem.line,
      column: problem.column,
    })),
  };
}

/** A plan of the access file, from lists that were loaded for it. */
export interface PlannedFile {
  readonly text: string;
  readonly plan: FilePlan;
  readonly failed: NotLoadedForFile;
  readonly organization: Organization;
  /** Not everything that the plan needs could be loaded. */
  readonly isComplete: boolean;
}

/**
 * Loads what the file needs, and plans it. The projects come first: that one request tells whether the key is valid, and of
 * the organization of the file. Throws {@link Stop} if not. Rejects with the reason of the signal when that aborts.
 */
export async function planFile(
  session: ToolSession,
  { text, file }: { readonly text: string; readonly file: AccessFile },
): Promise<PlannedFile> {
  const { signal, progress } = session;
  const { organization, named } = session.connect(file.checkpoints.map(({ id }) => id));
  const { projects: unnamed } = await loadProjects(session, file.organization);
  const all = await loadForAccessFile(file, organization, {
    signal,
    onProgress: (done, total) =>
      progress.show(loadingAllLists(total), loadingLists(done, total), done, total),
  });
  progress.clear();
  named(file.organization);
  const failed = unnamed && !all.projects ? { ...all, projects: unnamed } : all;
  const plan = await inSlices(planAccessFile(file, organization, session.today), signal);
  refuseOtherOrganization(plan);
  const isComplete = plan.unread.length === 0 && plan.areProjectsComplete;
  return { text, plan, failed, organization, isComplete };
}

/** The first request of a run. Throws {@link Stop} for a key that is not valid, or of another organization. */
export async function loadProjects(session: ToolSession, expected?: string): Promise<NotLoadedForFile> {
  const { organization, named } = session.connect([]);
  session.progress.show(loadingProjects, loadingProjects);
  const loaded = await loadForAccessFile({ checkpoints: [] }, organization, { signal: session.signal });
  const live = named(expected);
  if (expected !== undefined && live !== undefined && live !== expected) {
    const rail = railInWords({ kind: 'otherOrganization', file: expected, live });
    throw new Stop(exitCodes.refused, 'otherOrganization', rail);
  }
  const error = loaded.projects?.error;
  // Every other request would fail as this one did.
  if (error !== undefined && ['unauthorized', 'connection', 'notSent'].includes(factsOf(error).kind))
    throw new Stop(exitCodes.error, factsOf(error).kind, explainProjectsInTerminal(error));
  return loaded;
}

function refuseOtherOrganization(plan: FilePlan): void {
  const rail = railsOf(plan).find(({ kind }) => kind === 'otherOrganization');
  if (rail) throw new Stop(exitCodes.refused, rail.kind, railInWords(rail));
}

/** Places of a file by offset. */
type PlaceOf = (range: { readonly offset: number }) => { readonly line: number; readonly column: number };

function placesIn(text: string): PlaceOf {
  const lines = new Lines(text);
  return ({ offset }) => {
    const { line, column } = lines.at(offset);
    return { line, column };
  };
}

/** What the report of every plan begins with. */
export function factsOfPlan({ plan }: PlannedFile): Pick<Report, 'organization' | 'day' | 'loadedAt'> {
  const { live } = plan.organization;
  return {
    organization: { file: plan.file.organization, ...(live !== undefined && { live }) },
    day: plan.today,
    ...(plan.loadedAt !== undefined && { loadedAt: plan.loadedAt }),
  };
}

/** The changes of a plan, those that can be made. */
export function changesOf(
  { text, plan, organization }: PlannedFile,
  steps: readonly Step[] = plan.checked.plan.steps,
): ReportedChange[] {
  const placeOf = placesIn(text);
  return steps.map((step) => {
    const reason = plan.reasons.get(keyOf(step));
    const grant = reason && reason.kind !== 'notListed' ? reason.grant : undefined;
    const projectName = organization.projects.nameOf(step.project);
    return {
      step,
      text: plannedStepInWords(organization, step, reason),
      reasonText: reason ? stepReasonInWords(reason) : '',
      ...(projectName !== undefined && { projectName }),
      ...(reason && { why: reason.kind }),
      ...(grant && { line: placeOf(grant.places.grant).line }),
      ...(grant?.reason !== undefined && { reason: grant.reason }),
      ...(grant?.until !== undefined && { until: grant.until }),
    };
  });
}

/** What to know about a plan: what wasn't loaded, errors of the file, and what is about to end. */
export function messagesOf(planned: PlannedFile, now: number): ReportedMessage[] {
  const { text, plan, failed, organization } = planned;
  const placeOf = placesIn(text);
  const managed = new Map(plan.file.checkpoints.map((each) => [each.id, each]));
  const at = ({ checkpoint, grant }: GrantInFile) => ({
    checkpoint,
    project: grant.project,
    ...placeOf(grant.places.grant),
  });
  const messages: ReportedMessage[] = [];
  if (!plan.areProjectsComplete) {
    const error = failed.projects?.error;
    messages.push({
      severity: 'error',
      kind: 'projectsNotLoaded',
      text: sentences(
        projectsUnreadInWords(organization.projectsStanding, now),
        error instanceof Error ? explainProjectsInTerminal(error) : undefined,
      ),
    });
  }
  for (const unread of plan.unread) {
    const place = managed.get(unread.checkpoint);
    messages.push({
      severity: 'error',
      kind: 'notLoaded',
      text: sentences(unreadInWords(organization, unread, now), whyUnread(failed, unread.checkpoint)),
      checkpoint: unread.checkpoint,
      ...(place && placeOf(place.places.id)),
    });
  }
  for (const error of plan.errors) {
    const kind = error.kind === 'obstacle' ? error.obstacle.kind : error.kind;
    messages.push({
      severity: 'error',
      kind,
      text: fileErrorInWords(organization, error, now),
      ...at(error),
    });
  }
  for (const obstacle of plan.checked.impossible) {
    const reason = plan.reasons.get(keyOf(obstacle.step));
    // The others are errors of the file, and said as these.
    if (reason?.kind === 'listed' && obstacle.kind !== 'missingScope') continue;
    const { checkpoint, project } = obstacle.step;
    const said = obstacleInWords(organization, obstacle, now);
    messages.push({ severity: 'error', kind: obstacle.kind, text: said, checkpoint, project });
  }
  for (const obstacle of plan.checked.warnings) {
    const { checkpoint, project } = obstacle.step;
    const said = obstacleInWords(organization, obstacle, now);
    messages.push({ severity: 'warning', kind: obstacle.kind, text: said, checkpoint, project });
  }
  for (const notice of plan.notices) {
    const said = { kind: notice.kind, text: fileNoticeInWords(organization, notice) };
    if (notice.kind === 'acceptanceEnded') {
      const { checkpoint, project, places } = notice.acceptance;
      messages.push({ severity: 'warning', ...said, checkpoint, project, ...placeOf(places.acceptance) });
    } else {
      const severity = notice.kind === 'endedAlready' ? 'information' : 'warning';
      messages.push({ severity, ...said, ...at(notice) });
    }
  }
  if (plan.organization.is === 'unknown')
    messages.push({ severity: 'warning', kind: 'organizationUnknown', text: organizationUnknown });
  return messages;
}

/** How access differs from the file, a message for each difference. */
export function driftMessages(
  { text, plan, organization }: PlannedFile,
  isStrict: boolean,
): ReportedMessage[] {
  const placeOf = placesIn(text);
  const managed = new Map(plan.file.checkpoints.map((each) => [each.id, each]));
  const { missing, notListed, ended } = driftOf(plan);
  const listPlace = (checkpoint: string) => {
    const place = managed.get(checkpoint);
    return place ? placeOf(place.places.id) : {};
  };
  return [
    ...missing.map(
      ({ checkpoint, grant }): ReportedMessage => ({
        severity: 'warning',
        kind: 'missing',
        text: missingInWords(organization, checkpoint, grant),
        checkpoint,
        project: grant.project,
        ...placeOf(grant.places.grant),
      }),
    ),
    ...notListed.map(
      ({ step }): ReportedMessage => ({
        severity: 'warning',
        kind: 'notListed',
        text: notListedInWords(organization, step),
        ...permissionOf(step),
        ...listPlace(step.checkpoint),
      }),
    ),
    ...ended.flatMap(({ step, reason }): ReportedMessage[] =>
      reason.kind !== 'ended'
        ? []
        : [
            {
              severity: 'warning',
              kind: 'ended',
              text: endedInWords(organization, step, reason.grant.until ?? ''),
              ...permissionOf(step),
              ...placeOf(reason.grant.places.grant),
            },
          ],
    ),
    ...beyondMessages({ text, plan, organization }, isStrict),
    ...plan.unmanaged.map(
      (unmanaged): ReportedMessage => ({
        severity: isStrict ? 'warning' : 'information',
        kind: 'unmanaged',
        text: unmanagedInWords(organization, unmanaged),
        checkpoint: unmanaged.checkpoint,
      }),
    ),
  ];
}

/** Access that an additive list doesn't have. */
export function beyondMessages(
  { text, plan, organization }: Pick<PlannedFile, 'text' | 'plan' | 'organization'>,
  isStrict: boolean,
): ReportedMessage[] {
  const placeOf = placesIn(text);
  const managed = new Map(plan.file.checkpoints.map((each) => [each.id, each]));
  return plan.beyond.map((beyond) => {
    const place = managed.get(beyond.checkpoint);
    return {
      severity: isStrict ? 'warning' : 'information',
      kind: 'beyond',
      text: beyondInWords(organization, beyond),
      checkpoint: beyond.checkpoint,
      project: beyond.project,
      permissions: beyond.permissions.map(({ id }) => id),
      ...(place && placeOf(place.places.id)),
    };
  });
}

function permissionOf(step: Step): Pick<ReportedMessage, 'checkpoint' | 'project' | 'permissions'> {
  const { checkpoint, project } = step;
  return { checkpoint, project, ...(step.action === 'revoke' && { permissions: [step.permissionId] }) };
}

/** That something wasn't loaded; empty if all was. */
export function incompleteSummary({ plan }: PlannedFile): string {
  return notComplete(plan.unread.length, plan.areProjectsComplete);
}

export function summaryOfDrift({ plan }: PlannedFile, isStrict: boolean): string {
  return driftSummary(driftOf(plan), isStrict);
}

/** The number of changes of a plan that it can't make. */
export function impossibleIn({ plan }: PlannedFile): number {
  return stepsWithReasons(plan).length - plan.checked.plan.steps.length;
}

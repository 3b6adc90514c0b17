import { Diagnostic, DiagnosticSeverity, type TextDocument } from 'vscode';
import type { AccessFile, FileCheckpoint, TextRange } from '../../access/accessFile/accessFile';
import { driftOf } from '../../access/accessFile/drift';
import type { AccessFileReading } from '../../access/accessFile/parseAccessFile';
import { type FileNotice, type FilePlan, planAccessFile } from '../../access/accessFile/planAccessFile';
import type { Organization } from '../../access/organization';
import { inSlices, isPause, type Steps } from '../../access/slices';
import { isoDay } from '../../text/dates';
import { sentences } from '../../text/lists';
import * as words from '../../words/accessFile';
import { accessFileTexts, notListedProblems, otherOrganization } from '../../words/accessFileEditor';
import { loadedAtOf } from './grantFacts';
import { rangeIn } from './places';

/** The most differences that are listed in a file. The message of Check Drift counts all. */
const mostListed = 300;

/** A day in UTC for a moment, in milliseconds since 1970. */
export function dayAt(moment: number): string {
  return isoDay(moment) ?? '';
}

/**
 * What is wrong with a file, and how access differs from it, as far as it is loaded. Sends no request. Without an
 * organization, the file alone is checked.
 */
export async function diagnosticsOf(
  document: TextDocument,
  reading: AccessFileReading,
  organization: Organization | undefined,
): Promise<Diagnostic[]> {
  if ('problems' in reading) {
    const { problems, total } = reading;
    const listed = problems.map((problem) =>
      diagnostic(document, problem, words.problemInWords(problem), DiagnosticSeverity.Error, problem.kind),
    );
    const more = total - problems.length;
    return more > 0 ? [...listed, rest(document, { offset: 0, length: 0 }, more)] : listed;
  }
  if (!organization) return [];
  const { file } = reading;
  const plan = await inSlices(planAccessFile(file, organization, dayAt(organization.now())));
  const { is, live = '' } = plan.organization;
  const { organization: place } = file.places;
  if (is === 'other') {
    const text = otherOrganization(file.organization, live);
    return [diagnostic(document, place, text, DiagnosticSeverity.Warning, 'organization')];
  }
  const all = await inSlices(planned(document, plan, organization));
  if (all.length <= mostListed) return all;
  return [...all.slice(0, mostListed), rest(document, place, all.length - mostListed)];
}

/** The most important first. */
function* planned(document: TextDocument, plan: FilePlan, organization: Organization): Steps<Diagnostic[]> {
  const found = ofFile(document, plan, organization);
  yield;
  return [...found, ...(yield* ofDrift(document, plan, organization))];
}

/** What isn't listed is counted. */
function rest(document: TextDocument, place: TextRange, count: number): Diagnostic {
  return diagnostic(document, place, notListedProblems(count), DiagnosticSeverity.Information, 'more');
}

/** Errors, and what a person should know. */
function ofFile(document: TextDocument, plan: FilePlan, organization: Organization): Diagnostic[] {
  const now = organization.now();
  const managed = checkpointsById(plan.file);
  return [
    ...plan.errors.map((error) =>
      diagnostic(
        document,
        error.grant.places.project,
        words.fileErrorInWords(organization, error, now),
        DiagnosticSeverity.Error,
        error.kind,
      ),
    ),
    ...plan.notices.map((notice) =>
      diagnostic(
        document,
        placeOf(notice),
        words.fileNoticeInWords(organization, notice),
        notice.kind === 'endedAlready' ? DiagnosticSeverity.Information : DiagnosticSeverity.Warning,
        notice.kind,
      ),
    ),
    ...plan.unread
      .filter(({ standing }) => standing.state === 'failed')
      .flatMap((unread) => {
        const text = words.unreadInWords(organization, unread, now);
        const place = managed.get(unread.checkpoint)?.places.id;
        return place ? [diagnostic(document, place, text, DiagnosticSeverity.Warning, 'unread')] : [];
      }),
  ];
}

function* ofDrift(document: TextDocument, plan: FilePlan, organization: Organization): Steps<Diagnostic[]> {
  const { missing, notListed, ended, beyond } = driftOf(plan);
  const now = organization.now();
  const managed = checkpointsById(plan.file);
  const wrong = new Set(plan.errors.map(({ grant }) => grant));
  const found: Diagnostic[] = [];
  const add = (checkpoint: string, place: TextRange | undefined, text: string, code: string): void => {
    if (!place) return;
    const said = sentences(text, words.liveAsOf(loadedAtOf(organization, checkpoint), now));
    found.push(diagnostic(document, place, said, DiagnosticSeverity.Information, code));
  };
  for (const { checkpoint, grant } of missing) {
    if (isPause(found.length)) yield;
    if (!wrong.has(grant))
      add(checkpoint, grant.places.project, words.missingInWords(organization, checkpoint, grant), 'missing');
  }
  // Access ends once for a project, however many permissions it has.
  const told = new Set<string>();
  for (const { step, reason } of [...ended, ...notListed]) {
    if (isPause(told.size)) yield;
    const { checkpoint, project } = step;
    const key = JSON.stringify([checkpoint, project]);
    if (told.has(key)) continue;
    told.add(key);
    if (reason.kind === 'ended') {
      const { until = '', places } = reason.grant;
      const text = words.endedInWords(organization, step, until);
      add(checkpoint, places.until ?? places.grant, text, 'ended');
    } else {
      const place = managed.get(checkpoint)?.places.ownership;
      add(checkpoint, place, words.notListedInWords(organization, step), 'notListed');
    }
  }
  for (const each of beyond) {
    if (isPause(found.length)) yield;
    const place = managed.get(each.checkpoint)?.places.ownership;
    add(each.checkpoint, place, words.beyondInWords(organization, each), 'beyond');
  }
  return found;
}

function placeOf(notice: FileNotice): TextRange {
  if (notice.kind === 'acceptanceEnded') return notice.acceptance.places.until;
  const { places } = notice.grant;
  return (notice.kind === 'otherName' ? places.name : places.until) ?? places.grant;
}

function checkpointsById({ checkpoints }: AccessFile): ReadonlyMap<string, FileCheckpoint> {
  return new Map(checkpoints.map((each) => [each.id, each]));
}

function diagnostic(
  document: TextDocument,
  place: TextRange,
  text: string,
  severity: DiagnosticSeverity,
  code: string,
): Diagnostic {
  const made = new Diagnostic(rangeIn(document, place), text, severity);
  made.source = accessFileTexts.source;
  // As the codes of all problems here: `not-listed`.
  made.code = code.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return made;
}

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

/** What is said of a file. What is beyond the limit is counted, and not put into words. */
class FileDiagnostics {
  readonly listed: Diagnostic[] = [];
  /** How many there are. */
  total = 0;

  constructor(private readonly document: TextDocument) {}

  add(place: TextRange, severity: DiagnosticSeverity, code: string, text: () => string): void {
    this.total += 1;
    if (this.total > mostListed) return;
    this.listed.push(diagnostic(this.document, place, text(), severity, code));
  }
}

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
  const found = new FileDiagnostics(document);
  await inSlices(listAll(found, plan, organization));
  const { listed, total } = found;
  return total > listed.length ? [...listed, rest(document, place, total - listed.length)] : listed;
}

/** The most important first. */
function* listAll(found: FileDiagnostics, plan: FilePlan, organization: Organization): Steps<void> {
  yield* listOfFile(found, plan, organization);
  yield* listDrift(found, plan, organization);
}

/** What isn't listed is counted. */
function rest(document: TextDocument, place: TextRange, count: number): Diagnostic {
  return diagnostic(document, place, notListedProblems(count), DiagnosticSeverity.Information, 'more');
}

/** Errors, and what a person should know. */
function* listOfFile(found: FileDiagnostics, plan: FilePlan, organization: Organization): Steps<void> {
  const now = organization.now();
  for (const each of plan.errors) {
    if (isPause(found.total)) yield;
    found.add(each.grant.places.project, DiagnosticSeverity.Error, each.kind, () =>
      words.fileErrorInWords(organization, each, now),
    );
  }
  for (const notice of plan.notices) {
    if (isPause(found.total)) yield;
    const severity =
      notice.kind === 'endedAlready' ? DiagnosticSeverity.Information : DiagnosticSeverity.Warning;
    found.add(placeOf(notice), severity, notice.kind, () => words.fileNoticeInWords(organization, notice));
  }
  const managed = checkpointsById(plan.file);
  for (const unread of plan.unread) {
    const place = managed.get(unread.checkpoint)?.places.id;
    if (!place || unread.standing.state !== 'failed') continue;
    if (isPause(found.total)) yield;
    found.add(place, DiagnosticSeverity.Warning, 'unread', () =>
      words.unreadInWords(organization, unread, now),
    );
  }
}

function* listDrift(found: FileDiagnostics, plan: FilePlan, organization: Organization): Steps<void> {
  const { missing, notListed, ended, beyond } = driftOf(plan);
  const now = organization.now();
  const managed = checkpointsById(plan.file);
  const wrong = new Set(plan.errors.map(({ grant }) => grant));
  const add = (checkpoint: string, place: TextRange | undefined, code: string, text: () => string): void => {
    if (!place) return;
    found.add(place, DiagnosticSeverity.Information, code, () =>
      sentences(text(), words.liveAsOf(loadedAtOf(organization, checkpoint), now)),
    );
  };
  for (const { checkpoint, grant } of missing) {
    if (isPause(found.total)) yield;
    if (!wrong.has(grant))
      add(checkpoint, grant.places.project, 'missing', () =>
        words.missingInWords(organization, checkpoint, grant),
      );
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
      add(checkpoint, places.until ?? places.grant, 'ended', () =>
        words.endedInWords(organization, step, until),
      );
    } else {
      const place = managed.get(checkpoint)?.places.ownership;
      add(checkpoint, place, 'notListed', () => words.notListedInWords(organization, step));
    }
  }
  for (const each of beyond) {
    if (isPause(found.total)) yield;
    const place = managed.get(each.checkpoint)?.places.ownership;
    add(each.checkpoint, place, 'beyond', () => words.beyondInWords(organization, each));
  }
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

import { Diagnostic, DiagnosticSeverity, type TextDocument } from 'vscode';
import type { AccessFile, FileCheckpoint, TextRange } from '../../access/accessFile/accessFile';
import { driftOf } from '../../access/accessFile/drift';
import type { AccessFileReading } from '../../access/accessFile/parseAccessFile';
import { type FileNotice, type FilePlan, planAccessFile } from '../../access/accessFile/planAccessFile';
import type { Organization } from '../../access/organization';
import { inSlices } from '../../access/slices';
import { isoDay } from '../../text/dates';
import { sentences } from '../../text/lists';
import * as words from '../../words/accessFile';
import { accessFileTexts, otherOrganization } from '../../words/accessFileEditor';
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
    return reading.problems.map((problem) =>
      diagnostic(document, problem, words.problemInWords(problem), DiagnosticSeverity.Error, problem.kind),
    );
  }
  if (!organization) return [];
  const { file } = reading;
  const plan = await inSlices(planAccessFile(file, organization, dayAt(organization.now())));
  const { is, live = '' } = plan.organization;
  if (is === 'other') {
    const text = otherOrganization(file.organization, live);
    return [diagnostic(document, file.places.organization, text, DiagnosticSeverity.Warning, 'organization')];
  }
  return [...ofFile(document, plan, organization), ...ofDrift(document, plan, organization)].slice(
    0,
    mostListed,
  );
}

/** Errors, and what a person should know. */
function ofFile(document: TextDocument, plan: FilePlan, organization: Organization): Diagnostic[] {
  const now = organization.now();
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
        const managed = checkpointsById(plan.file).get(unread.checkpoint);
        return managed
          ? [diagnostic(document, managed.places.id, text, DiagnosticSeverity.Warning, 'unread')]
          : [];
      }),
  ];
}

function ofDrift(document: TextDocument, plan: FilePlan, organization: Organization): Diagnostic[] {
  const { missing, notListed, ended, beyond } = driftOf(plan);
  const now = organization.now();
  const managed = checkpointsById(plan.file);
  const wrong = new Set(plan.errors.map(({ grant }) => grant));
  const found: Diagnostic[] = [];
  const add = (checkpoint: string, place: TextRange | undefined, text: string, code: string): void => {
    if (!place || found.length >= mostListed) return;
    const said = sentences(text, words.liveAsOf(loadedAtOf(organization, checkpoint), now));
    found.push(diagnostic(document, place, said, DiagnosticSeverity.Information, code));
  };
  for (const { checkpoint, grant } of missing) {
    if (!wrong.has(grant))
      add(checkpoint, grant.places.project, words.missingInWords(organization, checkpoint, grant), 'missing');
  }
  // Access ends once for a project, however many permissions it has.
  const told = new Set<string>();
  for (const { step, reason } of [...ended, ...notListed]) {
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

import type { ExportAbout, ExportedList, ExportedProject } from '../../access/evidence/export/about';
import { type Headings, type TableCell, type TableFact, textCell } from '../../access/evidence/export/table';
import type { LogSnapshot } from '../../access/evidence/history/auditTrail';
import type { UsageSnapshot } from '../../access/evidence/review/usageCache';
import type { PolicyCoverage } from '../../access/explain/projectPolicies';
import type { ProjectsDoubt, ProjectsStanding } from '../../access/loading/projectsStanding';
import type { Standing } from '../../access/loading/standing';
import { isoDay, isoMoment } from '../../text/dates';
import { metadata, sentences } from '../../text/lists';
import { number, plural } from '../../text/numbers';
import { redacted } from '../../text/redact';
import { toDate } from '../../text/steadyClock';
import { explain, explainProjects, explanationInWords } from '../errors';
import type { Days } from '../findings';
import {
  doubtsOrStateInWords,
  incompleteInWords,
  projectsDoubtsOrStateInWords,
  projectsIncompleteInWords,
  projectsStandingInWords,
  standingInWords,
} from '../standing';

// Shared parts of all exports. Names and texts of the API are not escaped here: the writer of the file escapes them.

export const headings: Headings = {
  missing: 'Missing data',
  nothingMissing: 'none',
  redacted: {
    name: 'Redacted',
    label: 'Redacted',
    text: `API keys, and text in error messages that looks like a secret, were replaced with ${redacted}.`,
    data: true,
  },
  rows: 'Table',
};

/** Dates in files do not depend on a language. The day of a moment is labeled, an announced day is as it was announced. */
export const daysInFiles: Days = {
  ofMoment: (moment) => {
    const day = isoDay(moment);
    return day === undefined ? 'an unknown day' : `${day} UTC`;
  },
  ofDay: (day) => day,
};

/** A cell with a text. Unknown is written out, so that it does not look like none. */
export function knownCell(text: string | undefined): TableCell {
  return text === undefined ? { text: 'unknown', data: null } : { text };
}

/** Facts in every export: the organization, the time of the export, and the age of the project names. */
export function aboutFacts({ organization, isSample, exportedAt, projects }: ExportAbout): TableFact[] {
  return [
    { name: 'Organization', label: 'Organization', text: organization },
    ...(isSample
      ? [
          {
            name: 'Sample organization',
            label: 'Sample organization',
            text: 'yes, all data is made up',
            data: true,
          },
        ]
      : []),
    { name: 'Exported', label: 'Exported', text: isoMoment(exportedAt) },
    {
      name: 'Projects read',
      label: 'Projects loaded',
      ...loadedCell(projects, projectsStandingInWords(projects, exportedAt)),
    },
  ];
}

/** When a list was loaded, or `otherwise`. */
function loadedCell(
  { state, loadedAt }: Pick<Standing | ProjectsStanding, 'state' | 'loadedAt'>,
  otherwise: string,
): TableCell {
  return loadedAt === undefined ? { text: otherwise, data: state } : { text: isoMoment(loadedAt) };
}

const notLoaded: TableCell = { text: 'not loaded', data: 'notLoaded' };

/** When the audit log was loaded, and back to when. `oldest`: the time of its oldest loaded event. */
export function auditLogFacts({ readAt, ending }: LogSnapshot, oldest: number | undefined): TableFact[] {
  const back: TableCell =
    ending.kind === 'complete'
      ? { text: 'the end of the log', data: 'end' }
      : oldest === undefined
        ? notLoaded
        : { text: isoMoment(oldest) };
  return [
    {
      name: 'Audit log read',
      label: 'Audit log loaded',
      ...(readAt === undefined ? notLoaded : { text: isoMoment(toDate(readAt)) }),
    },
    { name: 'Audit log read back to', label: 'Audit log loaded back to', ...back },
  ];
}

/** When usage data was loaded, and since when it says who used what. */
export function usageFacts(usage: UsageSnapshot | undefined): TableFact[] {
  return [
    {
      name: 'Use read',
      label: 'Usage data loaded',
      ...(usage ? { text: isoMoment(usage.loadedAt) } : notLoaded),
    },
    ...(usage
      ? [{ name: 'Use known since', label: 'Usage data since', text: isoMoment(usage.from * 1000) }]
      : []),
  ];
}

/** How long access must not have been used to be a finding. */
export function unusedFact(days: number): TableFact {
  return {
    name: 'Unused after days',
    label: 'Access counts as unused after',
    text: daysInWords(days),
    data: days,
  };
}

function daysInWords(days: number): string {
  return plural(days, '1 day without use', (count) => `${count} days without use`);
}

/** How far the model policies are loaded that decide whether permissions have an effect. */
export function policyFacts({ projects, notLoaded, old, failed, loadedAt }: PolicyCoverage): TableFact[] {
  const all = projects.length;
  const loaded = all - notLoaded.length - failed.length;
  return [
    {
      name: 'Model policies read',
      label: 'Model policies loaded',
      text: plural(
        all,
        `${number(loaded)} of 1 project with a permission`,
        (count) => `${number(loaded)} of ${count} projects with a permission`,
      ),
      data: { projects: all, loaded, old: old.length, not_loaded: notLoaded.length, failed: failed.length },
    },
    ...(loadedAt === undefined
      ? []
      : [
          {
            name: 'Oldest model policy read',
            label: 'Oldest model policy loaded',
            text: isoMoment(loadedAt),
          },
        ]),
  ];
}

/** When the permissions of a checkpoint were loaded, or why they are not. */
export function listCell({ standing }: ExportedList, now: number): TableCell {
  return loadedCell(standing, standingInWords(standing, now));
}

/** Name, ID and status of a project. */
export function projectCells({ id, name, status }: ExportedProject): TableCell[] {
  return [textCell(name), textCell(id), knownCell(status)];
}

/** Missing or old permissions of a checkpoint; empty if there are none. */
export function missingPermissions({ checkpoint, standing }: ExportedList, now: number): string[] {
  const clauses = doubtsOrStateInWords(standing, now);
  if (clauses.length === 0) return [];
  return [
    sentences(
      `${metadata(checkpoint, ...clauses)}.`,
      standing.brokenOff && incompleteInWords(standing.brokenOff),
      standing.failure && explanationInWords(explain(standing.failure.error)),
    ),
  ];
}

/** Owners that are unknown; at least one. */
export function missingOwners(checkpoints: number): string {
  return plural(
    checkpoints,
    "The owner of 1 checkpoint is unknown. The owner has access without a permission, so a project that isn't granted may have access.",
    (count) =>
      `The owners of ${count} checkpoints are unknown. Owners have access without a permission, so a project that isn't granted may have access.`,
  );
}

const nothingLoaded = 'Projects without access are missing, and the others have no name.';

const consequences: Readonly<Record<ProjectsDoubt, string>> = {
  refreshFailed: 'Projects may have been created, renamed, or archived since.',
  beforeYourRefresh: 'Projects may have been created, renamed, or archived since.',
  incomplete: 'Some projects are missing or have no name.',
  old: 'Projects may have been created, renamed, or archived since.',
};

/** Missing or old data of the list of projects; empty if there is none. */
export function missingProjects(standing: ProjectsStanding, now: number): string[] {
  const { state, doubts, incomplete, failure } = standing;
  if (state === 'loaded' && doubts.length === 0) return [];
  return [
    sentences(
      `${metadata('Project list', ...projectsDoubtsOrStateInWords(standing, now))}.`,
      ...(state === 'loaded' ? doubts.map((doubt) => consequences[doubt]) : [nothingLoaded]),
      incomplete && projectsIncompleteInWords(incomplete),
      failure === undefined ? '' : explanationInWords(explainProjects(failure)),
    ),
  ];
}

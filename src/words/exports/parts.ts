import type { ExportAbout, ExportedList, ExportedProject } from '../../access/evidence/export/about';
import { type Headings, type TableCell, type TableFact, textCell } from '../../access/evidence/export/table';
import type { ProjectsDoubt, ProjectsStanding } from '../../access/loading/projectsStanding';
import type { Standing } from '../../access/loading/standing';
import { isoDay, isoMoment } from '../../text/dates';
import { metadata, sentences } from '../../text/lists';
import { explain, explainProjects, explanationInWords } from '../errors';
import type { Days } from '../review';
import {
  doubtsInWords,
  incompleteInWords,
  projectsDoubtInWords,
  projectsIncompleteInWords,
  projectsStandingInWords,
  standingInWords,
} from '../standing';

// What all exports share. Names and the API's texts come out of here as they are: whoever writes the file escapes them.

export const headings: Headings = { missing: 'Missing data', nothingMissing: 'none', rows: 'Table' };

/** Dates in files do not depend on a language. */
export const daysInFiles: Days = {
  ofMoment: (moment) => isoDay(moment) ?? 'an unknown day',
  ofDay: (day) => day,
};

/** Unknown must not look like none. */
export function knownCell(text: string | undefined): TableCell {
  return text === undefined ? { text: 'unknown', data: null } : { text };
}

/** Of every export: of which organization it is, when it was made, and how old the names of projects in it are. */
export function aboutFacts({ organization, isSample, exportedAt, projects }: ExportAbout): TableFact[] {
  return [
    { name: 'Organization', label: 'Organization', text: organization },
    ...(isSample
      ? [
          {
            name: 'Sample organization',
            label: 'Sample organization',
            text: 'yes, all data is invented',
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

/** When a list was loaded, or that it was not. */
export function loadedCell(
  { state, loadedAt }: Pick<Standing | ProjectsStanding, 'state' | 'loadedAt'>,
  otherwise: string,
): TableCell {
  return loadedAt === undefined ? { text: otherwise, data: state } : { text: isoMoment(loadedAt) };
}

/** When the permissions of a checkpoint were loaded, or that they were not. */
export function listCell({ standing }: ExportedList, now: number): TableCell {
  return loadedCell(standing, standingInWords(standing, now));
}

/** Name, ID and status of a project. */
export function projectCells({ id, name, status }: ExportedProject): TableCell[] {
  return [textCell(name), textCell(id), knownCell(status)];
}

/** What is missing of the permissions of a checkpoint, or may be old. Empty where nothing is. */
export function missingPermissions({ checkpoint, standing }: ExportedList, now: number): string[] {
  const clauses =
    standing.state === 'loaded' ? doubtsInWords(standing, now) : [standingInWords(standing, now)];
  if (clauses.length === 0) return [];
  return [
    sentences(
      `${metadata(checkpoint, ...clauses)}.`,
      standing.brokenOff && incompleteInWords(standing.brokenOff),
      standing.failure && explanationInWords(explain(standing.failure.error)),
    ),
  ];
}

const nothingLoaded = 'Projects without access are missing, and other projects have no name.';

const consequences: Readonly<Record<ProjectsDoubt, string>> = {
  refreshFailed: 'Projects may have been created, renamed, or archived since.',
  incomplete: 'Some projects are missing or have no name.',
};

/** What is missing because of the list of projects, or may be old. Empty where nothing is. */
export function missingProjects(standing: ProjectsStanding, now: number): string[] {
  const { state, doubts, incomplete, failure } = standing;
  if (state === 'loaded' && doubts.length === 0) return [];
  const clauses =
    state === 'loaded'
      ? doubts.map((doubt) => projectsDoubtInWords[doubt](standing, now))
      : [projectsStandingInWords(standing, now)];
  return [
    sentences(
      `${metadata('Project list', ...clauses)}.`,
      ...(state === 'loaded' ? doubts.map((doubt) => consequences[doubt]) : [nothingLoaded]),
      incomplete && projectsIncompleteInWords(incomplete),
      failure === undefined ? '' : explanationInWords(explainProjects(failure)),
    ),
  ];
}

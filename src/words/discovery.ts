import type { CatalogFinding, FoundIn } from '../access/catalog/catalogEntry';
import type { SourceProgress, SourceReport } from '../access/discovery/discover';
import type { Gap, Progress, SourcePlace } from '../access/discovery/source';
import { dayOf } from '../text/dates';
import { firstOf, metadata, sentences } from '../text/lists';
import { number, plural } from '../text/numbers';
import { escapeForMessage } from '../text/plainText';
import { explain, explanationInWords, type KeyKind } from './errors';
import { incompleteInWords } from './standing';

// The search for checkpoints, and where each was found.

/** The name of a source, escaped. */
export function sourceInWords(place: SourcePlace, longest = 100): string {
  switch (place.kind) {
    case 'auditLog':
      return 'Audit log';
    case 'usage':
      return `Usage of the last ${place.days} days`;
    case 'workspace':
      return 'Open workspace';
    case 'jobs':
      return escapeForMessage(`Fine-tuning jobs of ${place.label}`, longest);
  }
}

/** The contents of a source, and its requests. `isForeign`: its project belongs to another organization. */
export function sourceDetail({ kind }: SourcePlace, isForeign = false): string {
  return metadata(isForeign ? "Not among this organization's projects" : '', details[kind]);
}

const details: Readonly<Record<SourcePlace['kind'], string>> = {
  auditLog: 'Checkpoints in its permission events · 1 request for each 100 events',
  usage: 'Fine-tuned models that were used · about 3 requests',
  workspace: 'IDs in workspace files (respects .gitignore and .ignore) · no requests',
  jobs: 'Models with their checkpoints and metrics · 2 requests and 1 for each job',
};

export const searchTexts = {
  title: 'Find Checkpoints',
  where: 'Select where to search',
  nowhere: 'Select at least one place with Space, then press Enter',
  addProjectKey: "Add Project API Key… (finds models that a project's fine-tuning jobs created)",
  searching: 'Finding checkpoints',
  notAdded: 'No checkpoints were added. Start again from the Checkpoints view.',
} as const;

/** The most places that a line has room to name each. */
const mostNamed = 3;

/** Progress of the search in all places, in one line. Of many places, it names one that is being searched. */
export function searchInWords(states: Iterable<SourceProgress>): string {
  const all = [...states];
  const named = (state: SourceProgress): string =>
    `${sourceInWords(state.source.place, 60)} (${stateInWords(state)})`;
  if (all.length <= mostNamed) return metadata(...all.map(named));
  const searching = all.filter(({ report }) => !report);
  const done = `${number(all.length - searching.length)} of ${number(all.length)} places searched`;
  return metadata(done, ...searching.slice(0, 1).map(named));
}

function stateInWords({ found, progress, report }: SourceProgress): string {
  if (report?.end.kind === 'failed') return 'failed';
  if (report) return `${found} found`;
  return progress ? progressInWords(progress) : 'searching';
}

function progressInWords({ of, done, total = done }: Progress): string {
  switch (of) {
    case 'events':
      return plural(done, '1 event', (events) => `${events} events`);
    case 'files':
      return plural(done, '1 file', (files) => `${files} files`);
    case 'jobs':
      return plural(done, '1 job', (jobs) => `${jobs} jobs`);
    case 'days':
      return plural(total, `${done} of 1 day`, (days) => `${done} of ${days} days`);
    case 'jobCheckpoints':
      return plural(
        total,
        `checkpoints loaded for ${done} of 1 job`,
        (jobs) => `checkpoints loaded for ${done} of ${jobs} jobs`,
      );
  }
}

/**
 * The result of each place, in one line, such as `Audit log (12) · Open workspace (3, incomplete)`. Many places are
 * counted.
 */
export function resultsInWords(reports: readonly SourceReport[]): string {
  if (reports.length > mostNamed) return resultsCounted(reports);
  return metadata(
    ...reports.map(({ source, found, end }) => {
      const place = sourceInWords(source.place, 60);
      if (end.kind === 'complete') return `${place} (${found})`;
      return end.kind === 'incomplete' ? `${place} (${found}, incomplete)` : `${place} (${found}, failed)`;
    }),
  );
}

function resultsCounted(reports: readonly SourceReport[]): string {
  const all = number(reports.length);
  const count = (kind: SourceReport['end']['kind']): number =>
    reports.filter(({ end }) => end.kind === kind).length;
  const [complete, incomplete, failed] = [count('complete'), count('incomplete'), count('failed')];
  if (complete === reports.length) return `All ${all} places searched`;
  return metadata(
    `${number(complete)} of ${all} places searched completely`,
    incomplete > 0 ? `${number(incomplete)} incomplete` : '',
    failed > 0 ? `${number(failed)} failed` : '',
  );
}

/** Explains the error of a place, whose requests used that key. */
type WhyFailed = (error: unknown, key: KeyKind) => string;

/**
 * A search without new checkpoints, with what it may have missed. Only names of places are escaped.
 *
 * @param known number of found checkpoints that the list has
 */
export function nothingNewInWords(
  reports: readonly SourceReport[],
  known: number,
  whyFailed: WhyFailed,
): string {
  const missed = shortfallsInWords(reports, whyFailed);
  if (reports.every(({ end }) => end.kind === 'failed'))
    return reports.length === 1 ? missed : 'Search failed in every place. See the log for details.';
  return sentences(
    known === 0
      ? 'No checkpoint was found.'
      : plural(
          known,
          'Found 1 checkpoint, which is already in your list.',
          (checkpoints) => `Found ${checkpoints} checkpoints, all already in your list.`,
        ),
    missed,
  );
}

/**
 * Why a place may have more checkpoints. Only the name of the place is escaped. Empty after a complete search.
 * `whyFailed` explains an error of the search.
 */
export function shortfallInWords({ source: { place }, end }: SourceReport, whyFailed: WhyFailed): string {
  const name = sourceInWords(place);
  switch (end.kind) {
    case 'complete':
      return '';
    case 'incomplete':
      return sentences(`${name} may have more checkpoints.`, ...end.gaps.map(gapInWords));
    case 'failed':
      return sentences(
        `${name} couldn't be searched.`,
        whyFailed(end.error, place.kind === 'jobs' ? 'project API key' : 'admin API key'),
      );
  }
}

/**
 * What a search may have missed: one place with its reasons, or several in one sentence, whose reasons the log has. Only
 * names of places are escaped. Empty after a complete search.
 */
export function shortfallsInWords(reports: readonly SourceReport[], whyFailed: WhyFailed): string {
  const short = reports.filter(({ end }) => end.kind !== 'complete');
  const [only, another] = short;
  if (!only) return '';
  if (!another) return shortfallInWords(only, whyFailed);
  const places = short.slice(0, 2).map(({ source }) => sourceInWords(source.place, 60));
  return `${firstOf(places, short.length)} weren't searched completely, so there may be more checkpoints.`;
}

/** Why a search may have missed something. */
export function gapInWords(gap: Gap): string {
  switch (gap.kind) {
    case 'stopped':
      return 'The search was stopped.';
    case 'brokenOff':
      return incompleteInWords(gap.reason);
    case 'jobCheckpoints':
      return sentences(
        `The checkpoints of job ${gap.job} couldn't be loaded.`,
        explanationInWords(explain(gap.error, 'project API key')),
      );
    case 'models':
      return sentences(
        "The models of the project couldn't be loaded.",
        explanationInWords(explain(gap.error, 'project API key')),
      );
    case 'tooManyFiles':
      return plural(
        gap.searched,
        'Only the first file was searched.',
        (files) => `Only the first ${files} files were searched.`,
      );
    case 'largeFiles': {
      const size = `${Math.round(gap.largest / 1024)} KB`;
      return plural(
        gap.count,
        `1 file larger than ${size} was skipped.`,
        (files) => `${files} files larger than ${size} were skipped.`,
      );
    }
    case 'tooManyFound':
      return `Found more than ${number(gap.most)} checkpoints, so the search ended early.`;
    case 'tooManyPlaces':
      return `Found more than ${number(gap.most)} places, so the search ended early.`;
    case 'ignoreRules':
      return plural(
        gap.count,
        "1 ignore rule wasn't applied because it is too complex or one of too many, so ignored files may have been searched.",
        (rules) =>
          `${rules} ignore rules weren't applied because they are too complex or too many, so ignored files may have been searched.`,
      );
    case 'ignoreFiles':
      return plural(
        gap.count,
        "1 ignore file wasn't applied because it is too large, so ignored files may have been searched.",
        (files) =>
          `${files} ignore files weren't applied because they are too large, so ignored files may have been searched.`,
      );
    case 'longPaths':
      return plural(
        gap.count,
        '1 path is too long for ignore rules, so ignored files may have been searched.',
        (paths) => `${paths} paths are too long for ignore rules, so ignored files may have been searched.`,
      );
    case 'unreadable':
      return plural(
        gap.count,
        "1 file or folder couldn't be read.",
        (several) => `${several} files or folders couldn't be read.`,
      );
  }
}

/**
 * The title above the found checkpoints. `known`: number of further ones that the list has. `selected`: number of those
 * to add, where the picker's own count has other rows, too.
 */
export function foundTitle(fresh: number, known: number, selected?: number): string {
  const all = plural(fresh, '1 new checkpoint', (checkpoints) => `${checkpoints} new checkpoints`);
  return metadata(
    searchTexts.title,
    selected === undefined ? all : `${all} (${number(selected)} selected)`,
    known > 0
      ? plural(known, '1 more already in your list', (more) => `${more} more already in your list`)
      : '',
  );
}

/** The row that selects and clears all found checkpoints of a model. */
export function allOfModel(checkpoints: number): string {
  return plural(checkpoints, 'its new checkpoint', (count) => `its ${count} new checkpoints`);
}

/** The placeholder of the picker of found checkpoints. `results`: from {@link resultsInWords}. */
export function foundQuestion(results: string): string {
  return `Select checkpoints to add to your list. ${results}`;
}

// Where a checkpoint was found.

const places: Readonly<Record<FoundIn, string>> = {
  typed: 'added by you',
  openFile: 'added by you from an open file',
  auditLog: 'found in the audit log',
  usage: 'found in usage data',
  workspace: 'found in workspace files',
  jobs: 'found in fine-tuning jobs',
  models: "found in a project's models",
};

/** The place of a finding, such as `found in the audit log`. */
export function whereFound({ in: place }: Pick<CatalogFinding, 'in'>): string {
  // A later version may have stored an unknown place.
  return (places as Readonly<Partial<Record<string, string>>>)[place] ?? 'found in another place';
}

/** Details of a finding, such as `granted 3 times, last on Mar 4, 2026`. Not escaped. Empty if unknown. */
export function findingInWords({ in: place, count, last, days = 0, ...facts }: CatalogFinding): string {
  const { files = [], moreFiles = 0, job, project, detail = '' } = facts;
  const day = last === undefined ? undefined : dayOf(last);
  if (place === 'auditLog' && day !== undefined) {
    if (count === undefined) return `last granted on ${day}`;
    return plural(count, `granted on ${day}`, (times) => `granted ${times} times, last on ${day}`);
  }
  if (place === 'usage' && day !== undefined) {
    if (count === undefined) return `used on ${day} or later`;
    return plural(
      count,
      `1 request in ${days} days, on ${day}`,
      (requests) => `${requests} requests in ${days} days, last on ${day}`,
    );
  }
  if (place === 'workspace' && files.length > 0) return firstOf(files, files.length + moreFiles);
  if (place === 'jobs' && job !== undefined && project !== undefined) return `job ${job} of ${project}`;
  if (place === 'models' && project !== undefined) return `usable by ${project}`;
  return detail;
}

/** Every finding of a checkpoint: place and details. Not escaped. */
export function findingsInWords(findings: readonly CatalogFinding[]): string {
  return metadata(
    ...findings.map((finding) => {
      const detail = findingInWords(finding);
      return detail === '' ? whereFound(finding) : `${whereFound(finding)} (${detail})`;
    }),
  );
}

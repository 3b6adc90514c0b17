import type { CatalogFinding, FoundIn } from '../access/catalog/catalogEntry';
import { dayOf } from '../text/dates';
import { firstOf, metadata } from '../text/lists';
import { plural } from '../text/numbers';

const places: Readonly<Record<FoundIn, string>> = {
  typed: 'added by you',
  openFile: 'added by you from an open file',
  auditLog: 'found in the audit log',
  usage: 'found in usage data',
  workspace: 'found in workspace files',
  jobs: 'found in fine-tuning jobs',
  models: "found in a project's models",
};

/** Where a checkpoint was found, such as `found in the audit log`. */
export function whereFound({ in: place }: Pick<CatalogFinding, 'in'>): string {
  // A later version may have stored a place that this one does not know.
  return (places as Readonly<Partial<Record<string, string>>>)[place] ?? 'found in another place';
}

/** What a place has of a checkpoint, such as `granted 3 times, last on Mar 4, 2026`. Not escaped; empty where unknown. */
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

/** Every place where a checkpoint was found, with what it has. Not escaped. */
export function findingsInWords(findings: readonly CatalogFinding[]): string {
  return metadata(
    ...findings.map((finding) => {
      const detail = findingInWords(finding);
      return detail === '' ? whereFound(finding) : `${whereFound(finding)} (${detail})`;
    }),
  );
}

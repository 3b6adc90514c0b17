import { explain, inWords } from '../../explain';
import type { Organization } from '../../organization';
import { isoMoment } from './table';

/** The parts of an organization that exports tell of. */
export type ExportSource = Pick<
  Organization,
  'name' | 'isSample' | 'catalog' | 'permissions' | 'projects' | 'owners'
>;

/** Of every export: whose it is, when it was made, and how old the names of projects in it are. */
export function aboutOf({ name, isSample, projects }: ExportSource, now: number): [string, string][] {
  const { readAt } = projects.snapshot;
  return [
    ['Organization', isSample ? `${name} (sample organization: invented data)` : name],
    ['Exported', isoMoment(now)],
    ['Projects read', readAt === undefined ? 'not read' : isoMoment(readAt)],
  ];
}

/** What is missing because of the list of projects, a sentence each. */
export function missingProjects({ projects }: Pick<ExportSource, 'projects'>): string[] {
  const { readAt, failure, incomplete } = projects.snapshot;
  const missing: string[] = [];
  if (readAt === undefined && failure === undefined)
    missing.push(
      'The list of projects was not read: projects without access are missing, others have no name.',
    );
  if (incomplete !== undefined) missing.push(`Some projects are missing or have no name: ${incomplete}.`);
  if (failure !== undefined) {
    const what = readAt === undefined ? 'could not be read' : 'could not be read again';
    missing.push(`The list of projects ${what}: ${inWords(explain(failure))}`);
  }
  return missing;
}

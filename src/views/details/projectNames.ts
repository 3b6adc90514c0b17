import { explainProjects } from '../../access/explain';
import type { ProjectsSnapshot } from '../../access/loading/projectDirectory';
import { asMarkdown } from '../markdown/escape';
import { when } from './parts';

/** How the names and states of projects are known, and what is missing of them. */
export function projectNames({ readAt, incomplete, failure }: ProjectsSnapshot, now: number): string[] {
  const said =
    readAt === undefined
      ? []
      : [`Names of projects: the organization's projects, asked ${when(readAt, now)}.`];
  if (incomplete) said.push(`Some are missing: ${asMarkdown(incomplete)}.`);
  if (failure !== undefined) said.push(`Reading them failed: ${asMarkdown(explainProjects(failure).what)}.`);
  if (said.length === 0) said.push('Names of projects have not been read yet.');
  return [said.join(' ')];
}

import { explainProjects, inWords } from '../../access/explain';
import type { ProjectsSnapshot } from '../../access/loading/projectDirectory';
import { ago } from '../../editor/time';

/**
 * What the view has to say when names of projects are missing or old because they could not be read; empty when there
 * is nothing to say. The permissions themselves are never affected.
 */
export function namesNote({ failure, incomplete, readAt }: ProjectsSnapshot, now: number): string {
  if (failure === undefined && incomplete === undefined) return '';
  const { what, next } =
    failure === undefined ? { what: `Reading stopped: ${incomplete}`, next: '' } : explainProjects(failure);
  const shown =
    readAt === undefined
      ? 'Projects are shown by their ids, because their names could not be read.'
      : incomplete !== undefined
        ? 'Some projects are shown by their ids, because their names could not all be read.'
        : `Names of projects are as read ${ago(readAt, now)}; they could not be read again.`;
  const again = /\brefresh\b/i.test(next) ? '' : 'Refresh tries again.';
  return [shown, `${what}.`, next, again].filter(Boolean).join(' ');
}

/** What the log says of the same. */
export function namesInLog({ failure, incomplete }: ProjectsSnapshot): string {
  const why = failure === undefined ? `stopped: ${incomplete}` : inWords(explainProjects(failure));
  return `Reading the names of projects: ${why}`;
}

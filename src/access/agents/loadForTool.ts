import { APIUserAbortError } from '../../openai';
import { checkpointsWithUnknownAccess, loadProjectAccess } from '../loading/loadProjectAccess';
import type { Standing } from '../loading/standing';
import type { Organization } from '../organization';
import { mostToolRequests } from '../thresholds';

// What a tool loads when it is told to. A person may have allowed the tool for ever, so each call is bounded: by
// `mostToolRequests`, and by the list of projects, which is loaded once.

/** The permissions on a page. */
const pageSize = 100;

/**
 * What would make the list of a checkpoint current and complete:
 * - `nothing`: it is.
 * - `more`: its further pages.
 * - `anew`: all of it. `pages`: how many are known.
 * - `tooLong`: all of it, and that takes more requests than a tool may send.
 */
type ListNeeds =
  | { readonly kind: 'nothing' | 'more' | 'tooLong' }
  | { readonly kind: 'anew'; readonly pages: number };

function needsOf({ state, doubts, count }: Standing): ListNeeds {
  if (state !== 'loaded') return { kind: 'anew', pages: 1 };
  if (doubts.length === 0) return { kind: 'nothing' };
  if (doubts.every((doubt) => doubt === 'moreToLoad')) return { kind: 'more' };
  // The pages that are known, and the first one once more at the end of several.
  const pages = Math.max(1, Math.ceil(count / pageSize));
  return pages < mostToolRequests ? { kind: 'anew', pages } : { kind: 'tooLong' };
}

/** Whether the list of a checkpoint is too long to be loaded again by a tool. */
export function isTooLongForTool(organization: Organization, checkpoint: string): boolean {
  return needsOf(organization.standingOf(checkpoint)).kind === 'tooLong';
}

/** The least number of requests that {@link loadCheckpointForTool} sends now. */
export function requestsForCheckpoint(organization: Organization, checkpoint: string): number {
  const needs = needsOf(organization.standingOf(checkpoint));
  const pages = needs.kind === 'anew' ? needs.pages : needs.kind === 'more' ? 1 : 0;
  return pages + requestsForNames(organization);
}

/** The least number of requests that {@link loadProjectForTool} sends now. */
export function requestsForProject(organization: Organization, project: string): number {
  const unknown = checkpointsWithUnknownAccess(organization, project).length;
  return Math.min(unknown, mostToolRequests) + requestsForNames(organization);
}

/**
 * Loads the permissions of a checkpoint as far as {@link mostToolRequests} reach, and the names of projects once. A
 * failure is part of what is known then. Rejects only with `APIUserAbortError`, if the signal aborts.
 */
export async function loadCheckpointForTool(
  organization: Organization,
  checkpoint: string,
  signal: AbortSignal,
): Promise<void> {
  const { permissions: store } = organization;
  const needs = needsOf(organization.standingOf(checkpoint));
  try {
    if (needs.kind === 'anew') await store.readAnew(checkpoint, 'person', signal);
    if (needs.kind === 'anew' || needs.kind === 'more')
      for (
        let sent = needs.kind === 'anew' ? needs.pages : 0;
        sent < mostToolRequests && store.snapshot(checkpoint).listing?.ending.kind === 'more';
        sent += 1
      )
        await store.readMore(checkpoint, 'person', signal);
  } catch {
    if (signal.aborted) throw new APIUserAbortError();
  }
  await loadNames(organization, signal);
}

/**
 * Loads the access of a project to the checkpoints for which it is unknown, as far as {@link mostToolRequests} reach, and
 * the names of projects once. Resolves to the errors by checkpoint. Rejects as {@link loadCheckpointForTool}.
 */
export async function loadProjectForTool(
  organization: Organization,
  project: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, unknown>> {
  const unknown = checkpointsWithUnknownAccess(organization, project).slice(0, mostToolRequests);
  const failed = await loadProjectAccess(organization.permissions, project, unknown, signal, () => undefined);
  await loadNames(organization, signal);
  return failed;
}

function requestsForNames({ projects }: Organization): number {
  const { readAt, failure } = projects.snapshot;
  return readAt === undefined && failure === undefined ? 1 : 0;
}

/** The list of projects is loaded for all, so that it goes on when a tool is canceled. */
async function loadNames({ projects }: Organization, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw new APIUserAbortError();
  const canceled = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new APIUserAbortError()), { once: true });
  });
  await Promise.race([projects.read('background'), canceled]);
}

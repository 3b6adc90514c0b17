import { APIUserAbortError } from '../../openai';
import { isOfKey } from '../failures';
import { loadProjectAccess } from '../loading/loadProjectAccess';
import type { Standing } from '../loading/standing';
import type { Organization } from '../organization';
import { mostToolRequests } from '../thresholds';
import { projectCoverage } from './projectCoverage';

// What a tool loads when it is told to. A person may have allowed the tool for ever, so each call is bounded: by
// `mostToolRequests`, and by the list of projects, which is loaded once. What a person asks for is sent before.

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
  return dueOfProject(organization, project).length + requestsForNames(organization);
}

/** Whether loading what an agent asks for also loads the list of projects, which can have several pages. */
export function areNamesDue({ projects }: Organization): boolean {
  return projects.isDue('background');
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
    if (needs.kind === 'anew') await store.readAnew(checkpoint, 'background', signal);
    if (needs.kind === 'anew' || needs.kind === 'more')
      for (
        let sent = needs.kind === 'anew' ? needs.pages : 0;
        sent < mostToolRequests && store.snapshot(checkpoint).listing?.ending.kind === 'more';
        sent += 1
      )
        await store.readMore(checkpoint, 'background', signal);
  } catch {
    if (signal.aborted) throw new APIUserAbortError();
  }
  await loadNames(organization, signal);
}

/**
 * Loads the access of a project to the checkpoints for which it is unknown or old, as far as {@link mostToolRequests}
 * reach, and the names of projects once. A failure is part of what is known then. Rejects as {@link loadCheckpointForTool}.
 */
export async function loadProjectForTool(
  organization: Organization,
  project: string,
  signal: AbortSignal,
): Promise<void> {
  const { permissions: store } = organization;
  const load = (due: readonly string[]) => loadProjectAccess(store, project, due, signal, () => undefined);
  const [first, ...others] = dueOfProject(organization, project);
  if (first !== undefined) {
    const failed = await load([first]);
    // A server that ignores the filter by project answers each by a whole list, of any number of pages.
    if (!isOfKey(failed.get(first)) && !store.filterSavesNothing) await load(others);
  }
  await loadNames(organization, signal);
}

/** The checkpoints that are asked about: those without an answer first, and what failed before last. */
function dueOfProject(organization: Organization, project: string): string[] {
  const { unknown, old, failures } = projectCoverage(organization, project, organization.now());
  const most = organization.permissions.filterSavesNothing ? 1 : mostToolRequests;
  const due = [...unknown, ...old];
  return [...due.filter((id) => !failures.has(id)), ...due.filter((id) => failures.has(id))].slice(0, most);
}

function requestsForNames(organization: Organization): number {
  return areNamesDue(organization) ? 1 : 0;
}

/** The list of projects is loaded for all, so that it goes on when a tool is canceled. */
async function loadNames({ projects }: Organization, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw new APIUserAbortError();
  const canceled = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new APIUserAbortError()), { once: true });
  });
  await Promise.race([projects.read('background'), canceled]);
}

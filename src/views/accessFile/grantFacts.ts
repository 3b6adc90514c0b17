import { type FileGrant, isOver } from '../../access/accessFile/accessFile';
import { granterOf, grantsIn, type LoggedGrant } from '../../access/evidence/checkpointEvidence';
import { isCertain } from '../../access/loading/standing';
import type { Organization } from '../../access/organization';
import { inSlices } from '../../access/slices';
import { toDate } from '../../text/steadyClock';
import type { GrantFacts } from '../../words/accessFile';
import { actorInWords } from '../../words/history';

const logged = new WeakMap<object, Promise<ReadonlyMap<string, LoggedGrant>>>();

/** The grants in what is loaded of the audit log, made once for each part of it. */
function grantsOf({ trail }: Organization): Promise<ReadonlyMap<string, LoggedGrant>> {
  const { events } = trail.snapshot;
  const known = logged.get(events);
  if (known !== undefined) return known;
  const grants = inSlices(grantsIn(events));
  logged.set(events, grants);
  return grants;
}

/** What is known of access that a file grants. `today`: `YYYY-MM-DD` in UTC. Sends no request. */
export async function grantFacts(
  organization: Organization,
  checkpoint: string,
  grant: FileGrant,
  today: string,
): Promise<GrantFacts> {
  const snapshot = organization.permissions.snapshot(checkpoint);
  const { project, until } = grant;
  const end = { ...(until !== undefined && { until }), isOver: isOver(grant, today) };
  const found = snapshot.listing?.permissions.find(({ project_id }) => project_id === project);
  if (!found) return { is: isCertain(snapshot) ? 'notLive' : 'unknown', ...end };
  const actor = granterOf(await grantsOf(organization), checkpoint, found);
  return {
    is: 'live',
    at: found.created_at * 1000,
    ...(actor && { by: actorInWords(actor) }),
    ...end,
  };
}

/** When the list of a checkpoint was loaded, in milliseconds since 1970; undefined if it wasn't. */
export function loadedAtOf({ permissions }: Organization, checkpoint: string): number | undefined {
  const { listing } = permissions.snapshot(checkpoint);
  return listing && toDate(listing.readAt);
}

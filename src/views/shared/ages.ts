import type { AccessByProject } from '../../access/catalog/accessByProject';
import { daysLeft } from '../../access/catalog/shutdown';
import { agesDigest, ago } from '../../text/dates';
import { toDate } from '../../text/steadyClock';
import type { CheckpointNode } from './nodes';

// Digests of the ages in rows, which change when any of them reads differently. `now` in milliseconds since 1970.

/** The ages in the row of a checkpoint, and in those below it where it is expanded. */
export function agesOfCheckpoint(
  { checkpoint, organization }: CheckpointNode,
  isExpanded: boolean,
  now: number,
): string {
  const { listing } = organization.permissions.snapshot(checkpoint.id);
  const shutdown = organization.endOf(checkpoint.id);
  // Rows of a collapsed checkpoint are made when it is expanded.
  const granted = listing && isExpanded ? listing.permissions.map(({ created_at }) => created_at * 1000) : [];
  const remainingDays = shutdown && daysLeft(shutdown, now);
  return [remainingDays, listing && ago(toDate(listing.readAt), now), agesDigest(granted, now)].join();
}

/** The ages in all rows of the projects. */
export function agesOfProjects(extent: AccessByProject, now: number): string {
  const granted = extent.projects.flatMap(({ grants }) =>
    grants.map(({ permission }) => permission.created_at * 1000),
  );
  const oldest = extent.oldest === undefined ? '' : ago(extent.oldest, now);
  return [oldest, agesDigest(granted, now), Math.floor(now / dayLength)].join();
}

const dayLength = 24 * 60 * 60 * 1000;

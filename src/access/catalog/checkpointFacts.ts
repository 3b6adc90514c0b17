import { type CheckpointId, modelOf, parseCheckpointId, shortName } from '../ids/checkpointId';
import type { PermissionStore } from '../loading/permissionStore';
import type { Snapshot } from '../loading/snapshot';
import type { Catalog } from './catalog';
import { hasShutDown, type Retirement, retirementOf } from './retirement';

/** What a checkpoint of the list is put in order and filtered by. */
export interface CheckpointFacts {
  readonly checkpoint: CheckpointId;
  readonly name: string;
  /** The id of the fine-tuned model that it belongs to. */
  readonly model: string;
  /**
   * Unix seconds: when it was made, where that is known, else when the newest permission that was read was granted.
   * Absent when neither is known.
   */
  readonly date?: number;
  /** How many permissions were read; absent before any was. */
  readonly permissions?: number;
  readonly retirement?: Retirement;
  readonly ended: boolean;
  readonly snapshot: Snapshot;
}

/** The facts of every checkpoint of the list, in its order. Asks nobody; `now` is in milliseconds since 1970. */
export function checkpointFactsIn(catalog: Catalog, store: PermissionStore, now: number): CheckpointFacts[] {
  return catalog.entries.flatMap(({ id, createdAt, shutdownDate }) => {
    const checkpoint = parseCheckpointId(id);
    if (!checkpoint) return [];
    const snapshot = store.snapshot(id);
    const { listing } = snapshot;
    // Lists are newest first.
    const date = createdAt ?? listing?.permissions[0]?.created_at;
    const retirement = retirementOf(checkpoint.baseModel, shutdownDate);
    return [
      {
        checkpoint,
        name: shortName(checkpoint),
        model: modelOf(checkpoint),
        ...(date !== undefined && { date }),
        ...(listing && { permissions: listing.permissions.length }),
        ...(retirement && { retirement }),
        ended: retirement !== undefined && hasShutDown(retirement, now),
        snapshot,
      },
    ];
  });
}

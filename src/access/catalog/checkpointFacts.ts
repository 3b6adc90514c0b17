import { type CheckpointId, modelOf, parseCheckpointId, shortName } from '../ids/checkpointId';
import type { PermissionStore } from '../loading/permissionStore';
import type { Snapshot } from '../loading/snapshot';
import type { Catalog } from './catalog';
import { hasShutDown, type Shutdown, shutdownOf } from './shutdown';

/** The facts of a checkpoint in the list, for sorting and filtering. */
export interface CheckpointFacts {
  readonly checkpoint: CheckpointId;
  readonly name: string;
  /** The ID of the fine-tuned model that the checkpoint belongs to. */
  readonly model: string;
  /** Unix seconds: the creation date, or that of the newest loaded permission. Absent if both are unknown. */
  readonly date?: number;
  /** Permissions loaded so far. Absent before any was loaded. */
  readonly permissions?: number;
  readonly shutdown?: Shutdown;
  readonly isShutDown: boolean;
  readonly snapshot: Snapshot;
}

/** The facts of every checkpoint in the list, in its order. Sends no request. `now` in milliseconds since 1970. */
export function checkpointFactsIn(catalog: Catalog, store: PermissionStore, now: number): CheckpointFacts[] {
  return catalog.entries.flatMap(({ id, createdAt, shutdownDate }) => {
    const checkpoint = parseCheckpointId(id);
    if (!checkpoint) return [];
    const snapshot = store.snapshot(id);
    const { listing } = snapshot;
    // Lists are newest first.
    const date = createdAt || listing?.permissions[0]?.created_at || undefined;
    const shutdown = shutdownOf(checkpoint.baseModel, shutdownDate);
    return [
      {
        checkpoint,
        name: shortName(checkpoint),
        model: modelOf(checkpoint),
        ...(date !== undefined && { date }),
        ...(listing && { permissions: listing.permissions.length }),
        ...(shutdown && { shutdown }),
        isShutDown: shutdown !== undefined && hasShutDown(shutdown, now),
        snapshot,
      },
    ];
  });
}

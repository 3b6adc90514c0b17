import type { Shutdown } from '../../catalog/shutdown';
import { endOf } from '../../organization';
import { type Ownership, ownershipOf } from '../../ownership';
import {
  aboutOf,
  type ExportAbout,
  type ExportedList,
  type ExportedProject,
  type ExportSource,
  listOf,
  projectOf,
} from './about';

/** The access to one checkpoint. */
export interface CheckpointData {
  readonly about: ExportAbout;
  readonly list: ExportedList;
  /** Absent if no shutdown date is known. */
  readonly shutdown?: Shutdown;
  /** Absent while the owner is unknown. */
  readonly owner?: Ownership;
  /** The loaded permissions, newest first. `createdAt` in milliseconds since 1970. */
  readonly permissions: readonly {
    readonly project: ExportedProject;
    readonly id: string;
    readonly createdAt: number;
  }[];
}

export function checkpointData(source: ExportSource, checkpoint: string, now: number): CheckpointData {
  const { listing } = source.permissions.snapshot(checkpoint);
  const shutdown = endOf(source, checkpoint);
  const owner = ownershipOf(source, checkpoint);
  return {
    about: aboutOf(source, now),
    list: listOf(source, checkpoint, now),
    ...(shutdown && { shutdown }),
    ...(owner && { owner }),
    permissions: (listing?.permissions ?? []).map(({ id, project_id, created_at }) => ({
      project: projectOf(source, project_id),
      id,
      createdAt: created_at * 1000,
    })),
  };
}

import { parseCheckpointId } from '../../access/ids/checkpointId';
import type { Organization } from '../../access/organization';
import type { Outcome } from '../../access/plan/outcome';
import { type CheckpointNode, itemId, type PermissionNode, type ProjectNode } from '../../views/shared/nodes';
import type { Services } from '../shared/services';

/**
 * Selects and reveals what a plan granted, in the views that show it unfolded. What it revoked leaves its place to the
 * next row, see `TreePlace`.
 */
export function revealChanged(
  { view, projects }: Pick<Services, 'view' | 'projects'>,
  organization: Organization,
  outcomes: readonly Outcome[],
): void {
  const inCheckpoints = new Map<string, Set<string>>();
  const inProjects = new Map<string, Set<string>>();
  for (const outcome of outcomes) {
    if (outcome.result !== 'done' || outcome.step.action !== 'grant' || !outcome.permission) continue;
    const checkpoint = parseCheckpointId(outcome.step.checkpoint);
    if (!checkpoint) continue;
    const parent: CheckpointNode = { kind: 'checkpoint', organization, checkpoint };
    const permission: PermissionNode = { kind: 'permission', parent, permission: outcome.permission };
    const projectNode: ProjectNode = { kind: 'project', organization, project: outcome.step.project };
    add(inCheckpoints, itemId(parent), itemId(permission));
    add(inProjects, itemId(projectNode), itemId({ ...permission, projectNode }));
  }
  if (inCheckpoints.size === 0) return;
  view.awaitRows(inCheckpoints);
  projects.awaitRows(inProjects);
}

function add(rows: Map<string, Set<string>>, parent: string, row: string): void {
  const known = rows.get(parent) ?? new Set();
  rows.set(parent, known.add(row));
}

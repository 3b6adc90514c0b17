import { env, window } from 'vscode';
import type { CheckpointNode, PermissionNode, ProjectNode } from '../../views/shared/nodes';
import { type CopiedId, copiedInWords, copyQuestions } from '../../words/checkpointList';
import {
  checkpointAbove,
  checkpointTargets,
  linkedCheckpoint,
  modelTarget,
  targets,
} from '../shared/commandArguments';
import { organizationInView } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import { pickPermissions } from '../shared/pickPermissions';
import type { Command, Services } from '../shared/services';

/** Milliseconds that the status bar confirms a copy. */
const confirmFor = 2000;

/** Copies permission IDs. Its key binding on another kind of row copies the ID of that row. */
export const copyPermissionId: Command = async (services, target, selection) => {
  if (targets(services, target, selection, 'project').length > 0)
    return copyProjectId(services, target, selection);
  const rows = targets(services, target, selection, 'checkpoint', 'model');
  if (rows.length > 0 && targets(services, target, selection, 'permission').length === 0) {
    const ids = rows.every(({ kind }) => kind === 'model') ? 'model' : 'checkpoint';
    return copy(
      ids,
      rows.map((row) => (row.kind === 'model' ? row.id : checkpointOf(row))),
    );
  }
  return copyOfPermissions(services, target, selection, 'permission', (permission) => permission.id);
};

export const copyProjectId: Command = async (services, target, selection) => {
  const projects = targets(services, target, selection, 'project', 'permission');
  if (projects.some(({ kind }) => kind === 'project')) return copy('project', projects.map(projectOf));
  return copyOfPermissions(services, target, selection, 'project', (permission) => permission.project_id);
};

function projectOf(node: ProjectNode | PermissionNode): string {
  return node.kind === 'project' ? node.project : node.permission.project_id;
}

/** Copies the IDs of checkpoints, of those of a model, or of those of permissions. */
export const copyCheckpointId: Command = async (services, target, selection) => {
  const link = linkedCheckpoint(target);
  if (link) return copy('checkpoint', [link.checkpoint]);
  const { ids } = checkpointTargets(services, target, selection);
  const permissions = targets(services, target, selection, 'permission');
  if (ids.length + permissions.length > 0)
    return copy('checkpoint', [...ids, ...permissions.map(checkpointOf)]);
  const organization = await organizationInView(services);
  if (!organization) return;
  const checkpoints = await pickCheckpoints(organization, { ...copyQuestions.checkpoint, several: true });
  if (checkpoints) await copy('checkpoint', checkpoints);
};

async function copyOfPermissions(
  services: Services,
  target: unknown,
  selection: unknown,
  kind: 'permission' | 'project',
  idOf: (permission: PermissionNode['permission']) => string,
): Promise<void> {
  const nodes = targets(services, target, selection, 'permission');
  if (nodes.length > 0)
    return copy(
      kind,
      nodes.map(({ permission }) => idOf(permission)),
    );
  const rows = targets(services, target, selection, 'checkpoint', 'range', 'more', 'none', 'failure');
  const models = targets(services, target, selection, 'model');
  const organization = await organizationInView(services, [...rows, ...models]);
  if (!organization) return;
  const model = modelTarget(services, models);
  const checkpoint =
    rows.map(checkpointAbove).find((id) => id !== undefined) ??
    (await pickCheckpoints(organization, { ...copyQuestions[kind], several: false, model }))?.[0];
  if (checkpoint === undefined) return;
  const permissions = await pickPermissions(organization, checkpoint, copyQuestions[kind].title);
  if (permissions) await copy(kind, permissions.map(idOf));
}

function checkpointOf(node: CheckpointNode | PermissionNode): string {
  return node.kind === 'checkpoint' ? node.checkpoint.id : node.parent.checkpoint.id;
}

async function copy(kind: CopiedId, ids: readonly string[]): Promise<void> {
  const distinct = [...new Set(ids)];
  await env.clipboard.writeText(distinct.join('\n'));
  window.setStatusBarMessage(`$(check) ${copiedInWords(kind, distinct.length)}`, confirmFor);
}

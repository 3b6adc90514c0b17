import { missingScope } from '../answers/authentication';
import { errorResponse, serverError } from '../answers/errorResponse';
import { projectIDs } from '../answers/grantBody';
import { listPage, unknownCursor } from '../answers/page';
import { oneOf, pageSize, readQuery, text } from '../answers/query';
import type { Checkpoint, OrganizationState } from '../state/organizationState';
import type { Endpoint } from './endpoint';

const path = '/fine_tuning/checkpoints/{checkpoint}/permissions';
const readScope = 'api.fine_tuning.checkpoints.read';
const writeScope = 'api.fine_tuning.checkpoints.write';

/** Permissions of a checkpoint (docs/api.md#permissions-of-a-checkpoint). */
export const checkpointPermissionEndpoints: readonly Endpoint[] = [
  {
    name: 'permissions.list',
    method: 'GET',
    path,
    key: 'admin',
    scope: readScope,
    answer(state, { parameters, request }) {
      const query = readQuery(request.query, {
        project_id: text,
        after: text,
        limit: pageSize({ fallback: 10, most: 100, above: 'serve the most' }),
        order: oneOf(['ascending', 'descending'], 'descending'),
      });
      const checkpoint = findCheckpoint(state, parameters.checkpoint, readScope);
      const page = checkpoint.permissions.page({ ...query, projectID: query.project_id });
      if (!page) throw unknownCursor(query.after ?? '');
      return listPage(page.data, page.hasMore);
    },
  },
  {
    name: 'permissions.create',
    method: 'POST',
    path,
    key: 'admin',
    scope: writeScope,
    answer(state, { key, parameters, request }) {
      readQuery(request.query, {});
      const projects = projectIDs(request);
      const checkpoint = findCheckpoint(state, parameters.checkpoint, writeScope);
      for (const project of projects) checkGrantable(state, checkpoint, project);
      const granted = projects.map(
        (project) =>
          checkpoint.permissions.ofProject(project)[0] ??
          state.addPermission(checkpoint, project, state.seconds(), state.actorOf(key)),
      );
      return listPage(granted, false);
    },
  },
  {
    name: 'permissions.delete',
    method: 'DELETE',
    path: `${path}/{permission}`,
    key: 'admin',
    scope: writeScope,
    answer(state, { key, parameters, request }) {
      readQuery(request.query, {});
      const checkpoint = findCheckpoint(state, parameters.checkpoint, writeScope);
      const id = parameters.permission ?? '';
      if (!state.removePermission(checkpoint, id, state.actorOf(key))) {
        throw errorResponse(
          404,
          `No permission '${id}' on checkpoint '${checkpoint.id}'.`,
          'permission_id',
          'not_found',
        );
      }
      return { id, object: 'checkpoint.permission', deleted: true };
    },
  },
];

function findCheckpoint(state: OrganizationState, id = '', scope: string): Checkpoint {
  if (id.startsWith('ftckpt_')) throw serverError();
  if (!/^ft:[^:]+:[^:]+:[^:]*:[^:]+(:ckpt-step-\d+)?$/.test(id)) {
    const message = `Invalid 'fine_tuned_model_checkpoint': '${id}'. Expected an ID that begins with 'ft:'.`;
    throw errorResponse(400, message, 'fine_tuned_model_checkpoint', 'invalid_value');
  }
  const checkpoint = state.checkpoints.get(id);
  if (!checkpoint) throw errorResponse(404, `The model '${id}' does not exist`, 'model', 'model_not_found');
  if (checkpoint.missingScopes.includes(scope)) throw missingScope(scope);
  return checkpoint;
}

/** One project that cannot be granted fails the whole batch (docs/api.md#the-owning-project-cannot-be-granted). */
function checkGrantable(state: OrganizationState, checkpoint: Checkpoint, project: string): void {
  if (project === checkpoint.owner) {
    throw errorResponse(400, `Cannot modify checkpoint permissions for the owning project: ${project}`);
  }
  if (!state.projects.has(project)) {
    throw errorResponse(
      400,
      `Project '${project}' was not found in this organization.`,
      'project_ids',
      'invalid_value',
    );
  }
}

import { errorResponse } from '../answers/errorResponse';
import { pageOf } from '../answers/page';
import { modelPolicy } from '../answers/policyBody';
import { flag, oneOf, pageSize, readQuery, text } from '../answers/query';
import { checkTrouble } from '../answers/troubles';
import type { OrganizationState, ProjectObject } from '../state/organizationState';
import { projectAPIKeysOf } from '../state/projectAPIKeys';
import type { Endpoint } from './endpoint';

const scope = 'api.management.read';
const writeScope = 'api.management.write';

/**
 * The organization's projects, oldest first (inferred), with archived ones on request (docs/api.md#projects), and the
 * model policy and the API keys of each.
 */
export const projectEndpoints: readonly Endpoint[] = [
  {
    name: 'projects.list',
    method: 'GET',
    path: '/organization/projects',
    key: 'admin',
    scope,
    answer(state, { request }) {
      const query = readQuery(request.query, {
        after: text,
        limit: pageSize({ fallback: 20, most: 100, above: 'refuse' }),
        include_archived: flag,
      });
      const projects = [...state.projects.values()].filter(
        (project) => query.include_archived || project.status === 'active',
      );
      return pageOf(projects, query.after, query.limit);
    },
  },
  {
    name: 'projects.retrieve',
    method: 'GET',
    path: '/organization/projects/{project}',
    key: 'admin',
    scope,
    answer(state, { parameters, request }) {
      readQuery(request.query, {});
      return findProject(state, parameters.project, 'projects.retrieve');
    },
  },
  {
    name: 'modelPermissions.retrieve',
    method: 'GET',
    path: '/organization/projects/{project}/model_permissions',
    key: 'admin',
    scope,
    answer(state, { parameters, request }) {
      readQuery(request.query, {});
      const { id } = findProject(state, parameters.project, 'modelPermissions.retrieve');
      const policy = state.modelPolicies.get(id);
      if (!policy) throw noPolicy(id);
      return policy;
    },
  },
  {
    name: 'modelPermissions.update',
    method: 'POST',
    path: '/organization/projects/{project}/model_permissions',
    key: 'admin',
    scope: writeScope,
    answer(state, { parameters, request }) {
      readQuery(request.query, {});
      const policy = modelPolicy(request);
      const { id } = findProject(state, parameters.project, 'modelPermissions.update');
      state.modelPolicies.set(id, policy);
      return policy;
    },
  },
  {
    name: 'modelPermissions.delete',
    method: 'DELETE',
    path: '/organization/projects/{project}/model_permissions',
    key: 'admin',
    scope: writeScope,
    answer(state, { parameters, request }) {
      readQuery(request.query, {});
      const { id } = findProject(state, parameters.project, 'modelPermissions.delete');
      if (!state.modelPolicies.delete(id)) throw noPolicy(id);
      return { object: 'project.model_permissions.deleted', deleted: true };
    },
  },
  {
    name: 'projectAPIKeys.list',
    method: 'GET',
    path: '/organization/projects/{project}/api_keys',
    key: 'admin',
    scope,
    answer(state, { parameters, request, usage }) {
      const query = readQuery(request.query, {
        after: text,
        limit: pageSize({ fallback: 20, most: 100, above: 'refuse' }),
        // Without this filter, keys may be left out (docs/api.md#keys-of-a-project).
        owner_project_access: oneOf(['active', 'inactive', 'any'], 'active'),
      });
      const project = findProject(state, parameters.project, 'projectAPIKeys.list');
      const wanted = query.owner_project_access;
      const keys = projectAPIKeysOf(state, project, usage.lastDayOf(project.id)).filter(
        (key) => wanted === 'any' || key.owner_project_access === wanted,
      );
      return pageOf(keys, query.after, query.limit);
    },
  },
  {
    name: 'projectAPIKeys.retrieve',
    method: 'GET',
    path: '/organization/projects/{project}/api_keys/{key}',
    key: 'admin',
    scope,
    answer(state, { parameters, request, usage }) {
      readQuery(request.query, {});
      const project = findProject(state, parameters.project, 'projectAPIKeys.retrieve');
      const keys = projectAPIKeysOf(state, project, usage.lastDayOf(project.id));
      const found = keys.find(({ id }) => id === parameters.key);
      if (!found)
        throw errorResponse(404, `API key '${parameters.key}' was not found.`, 'key_id', 'not_found');
      return found;
    },
  },
];

/** That a project without a policy is answered with 404, and these words, is inferred. */
function noPolicy(project: string) {
  return errorResponse(404, `No model permissions found for project '${project}'.`, null, 'not_found');
}

/**
 * The project of a request.
 *
 * @throws ErrorResponse 404 when there is no such project, and the error that this request about it has.
 */
function findProject(state: OrganizationState, id = '', endpoint: string): ProjectObject {
  const project = state.projects.get(id);
  if (!project) throw errorResponse(404, `Project with ID '${id}' was not found.`, 'project_id', 'not_found');
  checkTrouble(state, id, endpoint, scope);
  return project;
}

import { errorResponse } from '../answers/errorResponse';
import { pageOf } from '../answers/page';
import { flag, pageSize, readQuery, text } from '../answers/query';
import type { Endpoint } from './endpoint';

const scope = 'api.management.read';

/**
 * The organization's projects, oldest first (inferred), with archived ones on request (docs/api.md#projects).
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
      const id = parameters.project ?? '';
      const project = state.projects.get(id);
      if (!project)
        throw errorResponse(404, `Project with ID '${id}' was not found.`, 'project_id', 'not_found');
      return project;
    },
  },
];

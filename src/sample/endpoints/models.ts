import { readQuery } from '../answers/query';
import type { Checkpoint, OrganizationState } from '../state/organizationState';
import type { Endpoint } from './endpoint';

/**
 * Models that a project can use: base models, its own fine-tuned models, and those that it was granted (inferred). One
 * list without pages (docs/api.md#models).
 */
export const modelEndpoints: readonly Endpoint[] = [
  {
    name: 'models.list',
    method: 'GET',
    path: '/models',
    key: 'project',
    scope: 'api.model.read',
    answer(state, { request, key }) {
      readQuery(request.query, {});
      const usable = [...state.checkpoints.values()].filter((checkpoint) => mayUse(checkpoint, key.project));
      return { object: 'list', data: [...baseModels(state), ...usable.map((one) => model(state, one))] };
    },
  },
];

function mayUse(checkpoint: Checkpoint, project: string | undefined): boolean {
  if (project === undefined) return false;
  return checkpoint.owner === project || checkpoint.permissions.ofProject(project).length > 0;
}

function model(state: OrganizationState, checkpoint: Checkpoint) {
  return {
    id: checkpoint.id,
    object: 'model',
    created: checkpoint.created,
    owned_by: state.slug,
    shutdown_date: checkpoint.shutdownDate,
  };
}

function baseModels(state: OrganizationState) {
  const ids = new Set([...state.checkpoints.keys()].map((id) => id.split(':')[1] ?? id));
  return [...ids].map((id) => ({
    id,
    object: 'model',
    created: 1_700_000_000,
    owned_by: 'system',
    shutdown_date: null,
  }));
}

import type { OrganizationState } from '../state/organizationState';
import { missingScope } from './authentication';
import { serverError } from './errorResponse';

/** @throws ErrorResponse the error that this request about a project has, if any. */
export function checkTrouble(
  state: Pick<OrganizationState, 'troubles'>,
  project: string,
  endpoint: string,
  scope: string,
): void {
  const trouble = state.troubles.get(project)?.[endpoint];
  if (trouble === 'missingScope') throw missingScope(scope);
  if (trouble === 'serverError') throw serverError();
}

import type { Disposable } from 'vscode';
import type { Organization } from '../access/organization';
import type { CurrentOrganization } from '../organizations/currentOrganization';
import { showShutdownProblems } from './problems/shutdownProblems';
import { showWaitNotice } from './shared/waitingNotice';
import { showStatus } from './status/organizationStatus';

/**
 * Shows what a window has besides views, once an organization was opened in it. `owned`: gets what must be disposed of
 * with the extension.
 */
export function whenOpened(
  organization: Organization,
  current: CurrentOrganization,
  owned: Disposable[],
): void {
  showWaitNotice(organization);
  showStatus(current, owned);
  showShutdownProblems(current, owned);
}

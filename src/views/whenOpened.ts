import type { Disposable } from 'vscode';
import type { Organization } from '../access/organization';
import { showShutdownProblems } from './problems/shutdownProblems';
import { showWaitNotice } from './shared/waitingNotice';
import { type KeyExpiryParts, showKeyExpiry } from './status/keyExpiry';
import { showStatus } from './status/organizationStatus';

/**
 * Shows what a window has besides views, once an organization was opened in it. `owned`: gets what must be disposed of
 * with the extension.
 */
export function whenOpened(organization: Organization, parts: KeyExpiryParts, owned: Disposable[]): void {
  showWaitNotice(organization);
  showStatus(parts.current, owned);
  showShutdownProblems(parts.current, owned);
  showKeyExpiry(parts, owned);
}

import { window } from 'vscode';
import type { AccessMemory } from '../../access/memory/accessMemory';
import type { Organization } from '../../access/organization';
import { changedSince } from '../../words/memory';
import { prefixWithOrganization } from '../shared/organizationInView';

/** How long lists that are loaded together are waited for, in milliseconds. */
const togetherMs = 1000;

const waiting = new WeakSet<AccessMemory>();

/** Says what changed since an earlier session in the lists that were loaded again: once for those loaded together. */
export function tellChanges(organization: Organization, memory: AccessMemory): void {
  if (waiting.has(memory)) return;
  waiting.add(memory);
  const tell = (): void => {
    const isLoading = organization.catalog.ids.some((id) => organization.standingOf(id).isLoading);
    if (isLoading && !organization.closed.aborted) {
      setTimeout(tell, togetherMs);
      return;
    }
    waiting.delete(memory);
    const lists = memory.takeChanges();
    if (lists.length === 0) return;
    const message = prefixWithOrganization(organization, changedSince(lists, organization));
    if (lists.some(({ changes }) => changes.length > 0)) void window.showInformationMessage(message);
    else window.setStatusBarMessage(message, 5000);
  };
  setTimeout(tell, togetherMs);
}

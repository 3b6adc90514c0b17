import { window } from 'vscode';
import type { Organization } from '../../access/organization';
import { hiddenByFilter } from '../../words/checkpointList';
import { commandTitles } from '../../words/titles';
import { showWithActions, withErrorReport } from './errorReport';
import { ensureStillCurrent, prefixWithOrganization } from './organizationInView';
import type { Services } from './services';

/** Selects the first of listed checkpoints that the view shows. If the filter hides all, a message offers to clear it. */
export async function revealListed(
  services: Services,
  organization: Organization,
  ids: readonly string[],
): Promise<void> {
  const { view, tree, choices } = services;
  const [first] = ids;
  if (first === undefined || (await view.reveal(first))) return;
  // Revealing takes a while. What was removed, or is of an organization that was left, isn't hidden by a filter.
  const listed = ids.filter((id) => organization.catalog.has(id));
  if (listed.length === 0 || !(await services.current.isShown(organization))) return;
  const shown = listed.find((id) => tree.nodeOf(id));
  if (shown !== undefined && (await view.reveal(shown))) return;
  const showAll = async (): Promise<void> => {
    await choices.filterBy(organization, {});
    if (await ensureStillCurrent(services, organization)) await revealListed(services, organization, ids);
  };
  showWithActions(
    window.showInformationMessage,
    prefixWithOrganization(organization, hiddenByFilter(listed, organization)),
    [[commandTitles.clearFilter, () => withErrorReport(services, showAll)]],
  );
}

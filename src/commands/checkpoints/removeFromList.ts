import { window } from 'vscode';
import type { CatalogEntry } from '../../access/catalog/catalogEntry';
import type { Organization } from '../../access/organization';
import { notRestored, removedInWords, removeQuestion } from '../../words/checkpointList';
import { buttons } from '../../words/titles';
import { checkpointTargets } from '../shared/commandArguments';
import { showWithActions, withErrorReport } from '../shared/errorReport';
import { ensureStillCurrent, organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import type { Command, Services } from '../shared/services';

/** Removes checkpoints, or those of a model, from the list. No one's access changes, which the message says. */
export const removeFromList: Command = async (services, target, selection) => {
  const given = checkpointTargets(services, target, selection);
  const organization = await organizationInView(services, given.rows);
  if (!organization) return;
  const ids =
    given.ids.length > 0
      ? given.ids
      : await pickCheckpoints(organization, { ...removeQuestion, several: true });
  if (!ids || !(await ensureStillCurrent(services, organization))) return;

  const before = organization.catalog.entries;
  await organization.catalog.remove(ids);
  for (const id of ids) organization.permissions.forget(id);
  showWithActions(
    window.showInformationMessage,
    prefixWithOrganization(organization, removedInWords(ids, organization)),
    [[buttons.undo, () => withErrorReport(services, () => restore(services, organization, before))]],
  );
};

/** Restores the entries, if the same organization is shown. */
async function restore(
  services: Services,
  organization: Organization,
  before: readonly CatalogEntry[],
): Promise<void> {
  const current = await services.current.get();
  const shown = current.kind === 'organization' ? current.organization : undefined;
  if (shown?.id === organization.id) await shown.catalog.restore(before);
  else void window.showWarningMessage(notRestored);
}

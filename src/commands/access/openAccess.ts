import type { Organization } from '../../access/organization';
import type { TabId } from '../../protocol/accessPage';
import { isListed } from '../checkpoints/showInSidebar';
import { linkedCheckpoint } from '../shared/commandArguments';
import { organizationInView } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';

/**
 * Opens the Access page of the organization that is shown, or brings it to the front. For a checkpoint that a link names,
 * it opens at its permissions. A message offers to add one that isn't in the list.
 */
export const openAccessPage: Command = async (services, target) => {
  const link = linkedCheckpoint(target);
  const organization = await organizationInView(services, [], link);
  if (!organization) return;
  if (!link) return openAccess(services, organization);
  const { checkpoint } = link;
  if (!isListed(services, organization, checkpoint)) return;
  await services.pages.open(organization, { tab: 'permissions', search: `model:${checkpoint}` });
};

/** Opens the Access page of an organization, at a tab. Default: the tab that was selected last. */
export function openAccess({ pages }: Services, organization: Organization, tab?: TabId): Promise<void> {
  return pages.open(organization, tab && { tab });
}

export const nextAccessTab: Command = ({ pages }) => pages.move(1);

export const previousAccessTab: Command = ({ pages }) => pages.move(-1);

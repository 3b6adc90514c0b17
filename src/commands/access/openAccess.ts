import type { Organization } from '../../access/organization';
import type { TabId } from '../../protocol/accessPage';
import { organizationInView } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';

/** Opens the Access page of the organization that is shown, or brings it to the front. */
export const openAccessPage: Command = async (services) => {
  const organization = await organizationInView(services);
  if (organization) await openAccess(services, organization);
};

/** Opens the Access page of an organization, at a tab. Default: the tab that was selected last. */
export function openAccess({ pages }: Services, organization: Organization, tab?: TabId): Promise<void> {
  return pages.open(organization, tab && { tab });
}

export const nextAccessTab: Command = ({ pages }) => pages.move(1);

export const previousAccessTab: Command = ({ pages }) => pages.move(-1);

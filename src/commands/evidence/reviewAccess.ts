import { openAccess } from '../access/openAccess';
import { organizationInView } from '../shared/organizationInView';
import type { Command } from '../shared/services';

/** Opens the Access page at its findings: what is worth a second look. */
export const reviewAccess: Command = async (services) => {
  const organization = await organizationInView(services);
  if (organization) await openAccess(services, organization, 'findings');
};

import { organizationInView } from './organizationInView';
import { previewStaged } from './previewStaged';
import type { Command } from './services';
import { telling } from './telling';

/** Opens the access matrix of the organization that is shown, or brings it to the front. */
export const openMatrix: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const { showMatrix } = await import('../views/matrix/panel');
  showMatrix({
    organization,
    current: services.current,
    folder: services.folder,
    preview: () => telling(services, () => previewStaged(services, organization)),
  });
};

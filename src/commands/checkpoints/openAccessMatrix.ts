import { previewStaged } from '../changes/previewStaged';
import { withErrorReport } from '../shared/errorReport';
import { organizationInView } from '../shared/organizationInView';
import type { Command } from '../shared/services';

/** Opens the access matrix of the organization that is shown, or brings it to the front. */
export const openAccessMatrix: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  const { showMatrix } = await import('../../views/matrix/panel');
  showMatrix({
    organization,
    current: services.current,
    folder: services.folder,
    preview: () => withErrorReport(services, () => previewStaged(services, organization)),
  });
};

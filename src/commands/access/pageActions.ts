import type { Organization } from '../../access/organization';
import type { PageActions } from '../../views/access/actions';
import { previewStaged } from '../changes/previewStaged';
import { showPermission } from '../checkpoints/showDetails';
import { exportShown } from '../evidence/exportAccess';
import { withErrorReport } from '../shared/errorReport';
import type { Services } from '../shared/services';

/** What the Access page of an organization does through commands. */
export function pageActions(services: Services, organization: Organization): PageActions {
  return {
    preview: () => withErrorReport(services, () => previewStaged(services, organization)),
    showPermission: ({ checkpoint, permissionId }) =>
      withErrorReport(services, () => showPermission(services, organization, checkpoint, permissionId)),
    exportShown: (permissions, filter) =>
      withErrorReport(services, () => exportShown(services, organization, permissions, filter || undefined)),
  };
}

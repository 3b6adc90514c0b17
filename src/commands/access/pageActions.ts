import type { Organization } from '../../access/organization';
import type { PageActions } from '../../views/access/actions';
import { previewStaged } from '../changes/previewStaged';
import { undoPlan } from '../changes/undoChange';
import { showPermission } from '../checkpoints/showDetails';
import { exportHistory, exportShown } from '../evidence/exportAccess';
import { exportReview } from '../evidence/exportReview';
import { copyHistoryIds, historyOf } from '../evidence/history';
import { withErrorReport } from '../shared/errorReport';
import type { Services } from '../shared/services';
import { acceptFindings } from './acceptFindings';

/** What the Access page of an organization does through commands. */
export function pageActions(services: Services, organization: Organization): PageActions {
  return {
    applyStaged: (changes, shown) =>
      withErrorReport(services, () => previewStaged(services, organization, changes, shown)),
    showPermission: ({ checkpoint, permissionId, project }) =>
      withErrorReport(services, () =>
        showPermission(services, organization, checkpoint, permissionId, project),
      ),
    exportShown: (permissions, filter) =>
      withErrorReport(services, () => exportShown(services, organization, permissions, filter || undefined)),
    acceptFindings: async (findings, rows) => {
      let until: string | undefined;
      await withErrorReport(services, async () => {
        until = await acceptFindings(services, organization, findings, rows);
      });
      return until;
    },
    removeAcceptances: async (findings) => {
      let isRemoved = false;
      await withErrorReport(services, async () => {
        await organization.accepted.remove(findings);
        isRemoved = true;
      });
      return isRemoved;
    },
    exportReview: (review, usage) =>
      withErrorReport(services, () => exportReview(organization, review, usage)),
    get history() {
      return historyOf(services, organization);
    },
    exportHistory: (filter) => withErrorReport(services, () => exportHistory(services, organization, filter)),
    copyHistoryIds: (of, ids) => withErrorReport(services, () => copyHistoryIds(of, ids)),
    undoPlan: (records) => withErrorReport(services, () => undoPlan(services, organization, records)),
    showLog: () => services.log.show(),
    logError: (text) => services.log.error(text),
  };
}

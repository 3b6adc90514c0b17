import type { Organization } from '../../access/organization';
import type { PageActions } from '../../views/access/actions';
import { previewStaged } from '../changes/previewStaged';
import { undoChange, undoPlan } from '../changes/undoChange';
import { withErrorReport } from '../shared/errorReport';
import type { Services } from '../shared/services';

/** What the Access page of an organization does through commands. */
export function pageActions(services: Services, organization: Organization): PageActions {
  return {
    applyStaged: (changes, shown) =>
      withErrorReport(services, () => previewStaged(services, organization, changes, shown)),
    undoPlan: (plan) => withErrorReport(services, () => undoPlan(services, organization, plan)),
    chooseUndo: () => withErrorReport(services, () => undoChange(services)),
  };
}

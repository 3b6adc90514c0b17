import { commands } from 'vscode';
import type { Organization } from '../../access/organization';
import { commandIds } from '../../ids';
import type { PageActions } from '../../views/access/actions';
import { explanationCopied } from '../../words/accessError';
import { previewGrants } from '../changes/grantAccess';
import { previewStaged } from '../changes/previewStaged';
import { previewRevokes } from '../changes/revokeAccess';
import { undoPlan } from '../changes/undoChange';
import { showPermission } from '../checkpoints/showDetails';
import { exportHistory, exportShown } from '../evidence/exportAccess';
import { exportReview } from '../evidence/exportReview';
import { copyIds, historyOf } from '../evidence/history';
import { openSettings, withErrorReport } from '../shared/errorReport';
import type { Services } from '../shared/services';
import { acceptFindings } from './acceptFindings';
import { copyText, explainPair } from './explainAccess';

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
    copyIds: (of, ids) => withErrorReport(services, () => copyIds(of, ids)),
    explain: (pair) => withErrorReport(services, () => explainPair(services, organization, pair)),
    grant: ({ project, checkpoint }) =>
      withErrorReport(services, () => previewGrants(services, organization, [checkpoint], [project])),
    revoke: (permissions) =>
      withErrorReport(services, () => previewRevokes(services, organization, permissions)),
    copyText: (text) => withErrorReport(services, () => copyText(text, explanationCopied)),
    runCommand: (command) => withErrorReport(services, async () => run(command)),
    undoPlan: (records) => withErrorReport(services, () => undoPlan(services, organization, records)),
    showLog: () => services.log.show(),
    logError: (text) => services.log.error(text),
  };
}

async function run(command: 'findCheckpoints' | 'setAdminKey' | 'settings'): Promise<void> {
  if (command !== 'settings') await commands.executeCommand(commandIds[command]);
  else if (typeof openSettings[1] === 'function') await openSettings[1]();
}

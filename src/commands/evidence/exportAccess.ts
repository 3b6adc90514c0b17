import { ProgressLocation, type QuickPickItem, window } from 'vscode';
import { checkpointData } from '../../access/evidence/export/checkpointData';
import { historyData } from '../../access/evidence/export/historyData';
import { matrixData } from '../../access/evidence/export/matrixData';
import type { Table } from '../../access/evidence/export/table';
import { isFilteringHistory } from '../../access/evidence/history/filter';
import { incompleteCheckpoints, isToLoad } from '../../access/loading/completion';
import type { Organization } from '../../access/organization';
import { inSlices } from '../../access/slices';
import { cancelSignal, pickOne } from '../../editor/questions';
import { escapeForMessage } from '../../text/plainText';
import { filterInWords } from '../../views/history/message';
import { checkpointTable } from '../../words/exports/checkpointTable';
import { exportTexts, matrixSizeInWords } from '../../words/exports/dialogs';
import { historyTable } from '../../words/exports/historyTable';
import { matrixTable } from '../../words/exports/matrixTable';
import { askToLoadMissing, isMissingProjects, loadMissing } from '../loading/loadMissing';
import { targets } from '../shared/commandArguments';
import { ensureStillCurrent, organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import type { Command, Services } from '../shared/services';
import { askFormat, saveTable } from './saveTable';

/** Something to export: `prepare` loads what is missing, `make` builds the table. */
interface ExportSubject {
  readonly name: string;
  /** Resolves to false when canceled. */
  prepare(): Promise<boolean>;
  /** Rejects once the signal is aborted. */
  make(signal: AbortSignal): Promise<Table>;
}

/**
 * Exports loaded access to a file for audits, which says when it was loaded and what is missing. Ignores its arguments,
 * because view titles pass the focused row, and asks what to export.
 */
export const exportAccess: Command = async (services) => {
  const organization = await organizationInView(services);
  const subject = organization && (await askSubject(services, organization));
  if (subject) await exportSubject(services, organization, subject);
};

/** Exports the permissions of one checkpoint. */
export const exportPermissions: Command = async (services, target, selection) => {
  const nodes = targets(services, target, selection, 'checkpoint');
  const organization = await organizationInView(services, nodes);
  const [node] = nodes;
  if (!organization || !node) return;
  await exportSubject(services, organization, checkpointSubject(services, organization, node.checkpoint.id));
};

async function exportSubject(
  services: Services,
  organization: Organization,
  subject: ExportSubject,
): Promise<void> {
  const format = await askFormat(organization);
  if (!format || !(await subject.prepare())) return;
  if (!(await ensureStillCurrent(services, organization))) return;
  await saveTable(organization, subject.name, format, (signal) => subject.make(signal));
}

interface ExportSubjectItem extends QuickPickItem {
  readonly choose: () => Promise<ExportSubject | undefined>;
}

async function askSubject(
  services: Services,
  organization: Organization,
): Promise<ExportSubject | undefined> {
  const { catalog, permissions } = organization;
  const missing = incompleteCheckpoints(catalog, permissions).length;
  const filter = (await services.history.open()).filterOf(organization);
  const items: ExportSubjectItem[] = [
    {
      label: `$(table) ${exportTexts.matrix}`,
      description: matrixSizeInWords(catalog.size, missing),
      detail: exportTexts.matrixDetail,
      choose: async () => matrixSubject(services, organization),
    },
    {
      label: `$(history) ${exportTexts.history}`,
      description: isFilteringHistory(filter)
        ? escapeForMessage(exportTexts.filtered(filterInWords(organization, filter)), 300)
        : exportTexts.unfiltered,
      detail: exportTexts.historyDetail,
      choose: async () => historySubject(services, organization),
    },
    {
      label: `$(package) ${exportTexts.checkpoint}`,
      detail: exportTexts.checkpointDetail,
      choose: async () => {
        const picked = await pickCheckpoints(organization, {
          title: exportTexts.title,
          placeHolder: exportTexts.checkpointQuestion,
          several: false,
        });
        return picked?.[0] === undefined ? undefined : checkpointSubject(services, organization, picked[0]);
      },
    },
  ];
  const picked = await pickOne(items, {
    title: prefixWithOrganization(organization, exportTexts.title),
    placeHolder: exportTexts.question,
    ignoreFocusOut: true,
  });
  return picked?.choose();
}

function matrixSubject(services: Services, organization: Organization): ExportSubject {
  const { catalog, permissions } = organization;
  return {
    name: 'access-matrix',
    prepare: () => prepareLists(services, organization, incompleteCheckpoints(catalog, permissions)),
    make: async (signal) => matrixTable(await inSlices(matrixData(organization, organization.now()), signal)),
  };
}

function checkpointSubject(services: Services, organization: Organization, id: string): ExportSubject {
  const { permissions } = organization;
  return {
    name: 'checkpoint',
    prepare: () => {
      const snapshot = permissions.snapshot(id);
      return prepareLists(services, organization, isToLoad(snapshot) ? [id] : []);
    },
    make: async () => checkpointTable(checkpointData(organization, id, organization.now())),
  };
}

async function prepareLists(
  services: Services,
  organization: Organization,
  missing: readonly string[],
): Promise<boolean> {
  const withProjects = isMissingProjects(organization);
  if (missing.length === 0 && !withProjects) return true;
  const choice = await askToLoadMissing(organization, missing, withProjects);
  if (choice !== 'load') return choice === 'exportAnyway';
  if (!(await ensureStillCurrent(services, organization))) return false;
  return loadMissing(organization, missing, exportTexts.loading);
}

async function historySubject(services: Services, organization: Organization): Promise<ExportSubject> {
  const tree = await services.history.open();
  const history = tree.histories.of(organization);
  return {
    name: 'access-history',
    prepare: async () => {
      if (!history.isLogUnread) return true;
      const title = prefixWithOrganization(organization, exportTexts.loadingHistory);
      return window.withProgress(
        { location: ProgressLocation.Notification, title, cancellable: true },
        async (_progress, token) => {
          const signal = cancelSignal(token);
          const canceled = new Promise<false>((resolve) =>
            signal.addEventListener('abort', () => resolve(false)),
          );
          return Promise.race([history.read().then(() => true), canceled]);
        },
      );
    },
    make: async () => {
      const filter = tree.filterOf(organization);
      const now = organization.now();
      return historyTable(historyData(organization, history.snapshotFor(filter), filter, now, () => ''));
    },
  };
}

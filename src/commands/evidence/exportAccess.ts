import { ProgressLocation, type QuickPickItem, window } from 'vscode';
import { historyData } from '../../access/evidence/export/historyData';
import { matrixData } from '../../access/evidence/export/matrixData';
import {
  type PermissionsScope,
  permissionsData,
  type ShownRow,
} from '../../access/evidence/export/permissionsData';
import type { ExportTable } from '../../access/evidence/export/table';
import type { Change } from '../../access/evidence/history/change';
import type { HistoryFilter } from '../../access/evidence/history/filter';
import { incompleteCheckpoints, isToLoad } from '../../access/loading/completion';
import type { Organization } from '../../access/organization';
import { inSlices } from '../../access/slices';
import { cancelSignal, pickOne } from '../../editor/questions';
import { changeText } from '../../views/access/history/row';
import { exportTexts, matrixSizeInWords } from '../../words/exports/dialogs';
import { historyTable } from '../../words/exports/historyTable';
import { matrixTable } from '../../words/exports/matrixTable';
import { permissionsTable } from '../../words/exports/permissionsTable';
import { askToLoadMissing, isMissingProjects, loadMissing } from '../loading/loadMissing';
import { checkpointTargets } from '../shared/commandArguments';
import { ensureStillCurrent, organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import type { Command, Services } from '../shared/services';
import { historyOf } from './history';
import { askFormat, saveTable } from './saveTable';

/** Something to export: `prepare` loads what is missing, `make` builds the table. */
interface ExportSubject {
  readonly name: string;
  /** Resolves to false when canceled. */
  prepare(): Promise<boolean>;
  /** Rejects once the signal is aborted. */
  make(signal: AbortSignal): Promise<ExportTable>;
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

/**
 * Exports the permissions of checkpoints, of all that are selected. Called on a model with several checkpoints, of all of
 * them.
 */
export const exportPermissions: Command = async (services, target, selection) => {
  const { rows, ids } = checkpointTargets(services, target, selection);
  const organization = await organizationInView(services, rows);
  if (!organization || ids.length === 0) return;
  await exportSubject(services, organization, checkpointsSubject(services, organization, [...new Set(ids)]));
};

/**
 * Exports rows of a table of permissions, in their order: what the table shows, or what is selected in it. `filter`: the
 * filter of the table as it is shown, for the facts about the export. Sends no request.
 */
export async function exportShown(
  services: Services,
  organization: Organization,
  rows: readonly ShownRow[],
  filter?: string,
): Promise<void> {
  await exportSubject(services, organization, {
    name: 'permissions-shown',
    prepare: async () => true,
    make: (signal) => makePermissions(organization, { rows, filter }, signal),
  });
}

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
  const items: ExportSubjectItem[] = [
    {
      label: `$(list-unordered) ${exportTexts.permissions}`,
      description: matrixSizeInWords(catalog.size, missing),
      detail: exportTexts.permissionsDetail,
      choose: async () => permissionsSubject(services, organization),
    },
    {
      label: `$(table) ${exportTexts.matrix}`,
      description: matrixSizeInWords(catalog.size, missing),
      detail: exportTexts.matrixDetail,
      choose: async () => matrixSubject(services, organization),
    },
    {
      label: `$(history) ${exportTexts.history}`,
      detail: exportTexts.historyDetail,
      choose: async () => historySubject(services, organization, {}),
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
        return !picked || picked.length === 0
          ? undefined
          : checkpointsSubject(services, organization, picked);
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

function permissionsSubject(services: Services, organization: Organization): ExportSubject {
  const { catalog, permissions } = organization;
  return {
    name: 'permissions',
    prepare: () => prepareLists(services, organization, incompleteCheckpoints(catalog, permissions)),
    make: (signal) => makePermissions(organization, { checkpoints: catalog.ids }, signal),
  };
}

function checkpointsSubject(
  services: Services,
  organization: Organization,
  ids: readonly string[],
): ExportSubject {
  const { permissions } = organization;
  return {
    name: ids.length === 1 ? 'checkpoint' : 'checkpoints',
    prepare: () => {
      const missing = ids.filter((id) => isToLoad(permissions.snapshot(id)));
      return prepareLists(services, organization, missing);
    },
    make: (signal) => makePermissions(organization, { checkpoints: ids }, signal),
  };
}

async function makePermissions(
  organization: Organization,
  scope: PermissionsScope,
  signal: AbortSignal,
): Promise<ExportTable> {
  return permissionsTable(await inSlices(permissionsData(organization, scope, organization.now()), signal));
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

/** Exports the history as a filter shows it. */
export async function exportHistory(
  services: Services,
  organization: Organization,
  filter: HistoryFilter,
): Promise<void> {
  await exportSubject(services, organization, historySubject(services, organization, filter));
}

function historySubject(
  services: Services,
  organization: Organization,
  filter: HistoryFilter,
): ExportSubject {
  const history = historyOf(services, organization);
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
      const snapshot = await history.readyFor(filter);
      const isWhole = snapshot.log.ending.kind === 'complete';
      const textOf = (change: Change) => changeText(change, organization, isWhole);
      return historyTable(historyData(organization, snapshot, filter, organization.now(), textOf));
    },
  };
}

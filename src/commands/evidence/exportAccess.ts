import { ProgressLocation, type QuickPickItem, window } from 'vscode';
import { checkpointExport } from '../../access/evidence/export/checkpointExport';
import { historyExport } from '../../access/evidence/export/historyExport';
import { matrixExport } from '../../access/evidence/export/matrixExport';
import type { Table } from '../../access/evidence/export/table';
import { isFilteringHistory } from '../../access/evidence/history/filter';
import { incompleteCheckpoints } from '../../access/loading/completion';
import { isCertain } from '../../access/loading/standing';
import type { Organization } from '../../access/organization';
import { cancelSignal, pickOne } from '../../editor/questions';
import { escapeForMessage } from '../../text/plainText';
import { filterInWords } from '../../views/history/message';
import { checkpointTable } from '../../words/exports/checkpointTable';
import { exportTexts, matrixSizeInWords } from '../../words/exports/dialogs';
import { historyTable } from '../../words/exports/historyTable';
import { matrixTable } from '../../words/exports/matrixTable';
import { askToRead, needsProjects, readTheRest } from '../loading/loadMissing';
import { targets } from '../shared/commandArguments';
import { isStillShown, organizationInView, titled } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import type { Command, Services } from '../shared/services';
import { askFormat, saveTable } from './saveTable';

/** What can be exported: what to load first, and how it becomes a table. */
interface Subject {
  readonly name: string;
  /** Resolves to false when the person canceled it. */
  prepare(): Promise<boolean>;
  make(): Table;
}

/**
 * Writes what is loaded of access to a file that serves as evidence: it says when that was loaded and what is missing.
 * Asks what to export even where the title of a view passes the row that has the focus.
 */
export const exportAccess: Command = async (services) => {
  const organization = await organizationInView(services);
  const subject = organization && (await askSubject(services, organization));
  if (subject) await exportSubject(services, organization, subject);
};

/** The same for one checkpoint. */
export const exportCheckpoint: Command = async (services, target, selection) => {
  const nodes = targets(services, target, selection, 'checkpoint');
  const organization = await organizationInView(services, nodes);
  const [node] = nodes;
  if (!organization || !node) return;
  await exportSubject(services, organization, checkpointSubject(services, organization, node.checkpoint.id));
};

async function exportSubject(
  services: Services,
  organization: Organization,
  subject: Subject,
): Promise<void> {
  const format = await askFormat(organization);
  if (!format || !(await subject.prepare())) return;
  if (!(await isStillShown(services, organization))) return;
  await saveTable(organization, subject.name, format, () => subject.make());
}

interface SubjectItem extends QuickPickItem {
  readonly choose: () => Promise<Subject | undefined>;
}

async function askSubject(services: Services, organization: Organization): Promise<Subject | undefined> {
  const { catalog, permissions } = organization;
  const missing = incompleteCheckpoints(catalog, permissions).length;
  const filter = (await services.history.open()).filterOf(organization);
  const items: SubjectItem[] = [
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
    title: titled(organization, exportTexts.title),
    placeHolder: exportTexts.question,
    ignoreFocusOut: true,
  });
  return picked?.choose();
}

function matrixSubject(services: Services, organization: Organization): Subject {
  const { catalog, permissions } = organization;
  return {
    name: 'access-matrix',
    prepare: () => prepareLists(services, organization, incompleteCheckpoints(catalog, permissions)),
    make: () => matrixTable(matrixExport(organization, permissions.now())),
  };
}

function checkpointSubject(services: Services, organization: Organization, id: string): Subject {
  const { permissions } = organization;
  return {
    name: 'checkpoint',
    prepare: () => {
      const snapshot = permissions.snapshot(id);
      return prepareLists(services, organization, isCertain(snapshot) ? [] : [id]);
    },
    make: () => checkpointTable(checkpointExport(organization, id, permissions.now())),
  };
}

async function prepareLists(
  services: Services,
  organization: Organization,
  missing: readonly string[],
): Promise<boolean> {
  const projectsToo = needsProjects(organization);
  if (missing.length === 0 && !projectsToo) return true;
  const choice = await askToRead(organization, missing, projectsToo);
  if (choice !== 'read') return choice === 'asItIs';
  if (!(await isStillShown(services, organization))) return false;
  return readTheRest(organization, missing, exportTexts.loading);
}

async function historySubject(services: Services, organization: Organization): Promise<Subject> {
  const tree = await services.history.open();
  const history = tree.histories.of(organization);
  return {
    name: 'access-history',
    prepare: async () => {
      if (history.isStarted) return true;
      const title = titled(organization, exportTexts.loadingHistory);
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
    make: () => {
      const filter = tree.filterOf(organization);
      const now = organization.permissions.now();
      return historyTable(historyExport(organization, history.snapshot, filter, now));
    },
  };
}

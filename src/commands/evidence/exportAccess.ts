import { ProgressLocation, type QuickPickItem, window } from 'vscode';
import { checkpointTable } from '../../access/evidence/export/checkpointTable';
import { historyTable } from '../../access/evidence/export/historyTable';
import { matrixTable } from '../../access/evidence/export/matrixTable';
import type { Table } from '../../access/evidence/export/table';
import { isFilteringHistory } from '../../access/evidence/history/filter';
import { isWhole } from '../../access/loading/accessState';
import { notReadCompletely } from '../../access/loading/completion';
import type { Organization } from '../../access/organization';
import { escapeForMessage } from '../../editor/plainText';
import { cancelSignal, pickOne } from '../../editor/questions';
import { filterInWords } from '../../views/history/message';
import { askToRead, needsProjects, readTheRest } from '../loading/loadMissing';
import { targets } from '../shared/commandArguments';
import { count } from '../shared/displayNames';
import { isStillShown, organizationInView, titled } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import type { Command, Services } from '../shared/services';
import { askFormat, saveTable } from './saveTable';

/** What can be exported: how it becomes a table, and what is to be read before. */
interface Subject {
  readonly name: string;
  /** False when the person gave it up. */
  prepare(): Promise<boolean>;
  make(): Table;
}

/**
 * Writes what is known of access to a file that serves as evidence: it says when it was read and what is missing. Asks what
 * is to be in it, whichever row has the focus, which the title of a view passes.
 */
export const exportAccess: Command = async (services) => {
  const organization = await organizationInView(services);
  const subject = organization && (await askSubject(services, organization));
  if (subject) await exportSubject(services, organization, subject);
};

/** The same of the checkpoint that is meant. */
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
  const missing = notReadCompletely(catalog, permissions).length;
  const filter = (await services.history.open()).filterOf(organization);
  const items: SubjectItem[] = [
    {
      label: '$(table) Access Matrix',
      description: `${count(catalog.size, 'checkpoint')}, ${missing} not read completely`,
      detail: 'Who may use what: projects down, checkpoints across',
      choose: async () => matrixSubject(services, organization),
    },
    {
      label: '$(history) History',
      description: isFilteringHistory(filter)
        ? escapeForMessage(filterInWords(organization, filter), 300)
        : 'unfiltered',
      detail: 'Who changed what, from the audit log and this computer’s journal, as the view shows it',
      choose: async () => historySubject(services, organization),
    },
    {
      label: '$(package) One Checkpoint…',
      detail: 'Its permissions with their ids and dates',
      choose: async () => {
        const placeHolder = 'Choose the checkpoint to export';
        const picked = await pickCheckpoints(organization, { title: 'Export', placeHolder, several: false });
        return picked?.[0] === undefined ? undefined : checkpointSubject(services, organization, picked[0]);
      },
    },
  ];
  const picked = await pickOne(items, {
    title: titled(organization, 'Export Access'),
    placeHolder: 'Choose what to export',
    ignoreFocusOut: true,
  });
  return picked?.choose();
}

function matrixSubject(services: Services, organization: Organization): Subject {
  const { catalog, permissions } = organization;
  return {
    name: 'access-matrix',
    prepare: () => prepareLists(services, organization, notReadCompletely(catalog, permissions)),
    make: () => matrixTable(organization, permissions.now()),
  };
}

function checkpointSubject(services: Services, organization: Organization, id: string): Subject {
  const { permissions } = organization;
  return {
    name: 'checkpoint',
    prepare: () => {
      const snapshot = permissions.snapshot(id);
      return prepareLists(services, organization, isWhole(snapshot) && !snapshot.outdated ? [] : [id]);
    },
    make: () => checkpointTable(organization, id, permissions.now()),
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
  return readTheRest(organization, missing, 'Reading for the export');
}

async function historySubject(services: Services, organization: Organization): Promise<Subject> {
  const tree = await services.history.open();
  const history = tree.histories.of(organization);
  return {
    name: 'access-history',
    prepare: async () => {
      if (history.isBegun) return true;
      const title = titled(organization, 'Reading the audit log');
      return window.withProgress(
        { location: ProgressLocation.Notification, title, cancellable: true },
        async (_progress, token) => {
          const signal = cancelSignal(token);
          const cancelled = new Promise<false>((resolve) =>
            signal.addEventListener('abort', () => resolve(false)),
          );
          return Promise.race([history.read().then(() => true), cancelled]);
        },
      );
    },
    make: () => {
      const filter = tree.filterOf(organization);
      return historyTable(organization, history.snapshot, filter, organization.permissions.now());
    },
  };
}

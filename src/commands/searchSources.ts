import { commands, type QuickInputButton, type QuickPickItem, ThemeIcon } from 'vscode';
import { auditLogSource } from '../access/discovery/auditLog';
import { jobsSource } from '../access/discovery/jobs';
import type { Source } from '../access/discovery/source';
import { usageSource } from '../access/discovery/usage';
import { workspaceSource } from '../access/discovery/workspace';
import type { Organization } from '../access/organization';
import { scannedIds } from '../access/scannedIds';
import { inertText } from '../editor/plainText';
import { newPicker } from '../editor/questions';
import { commandIds } from '../ids';
import { openFolders } from './openFolders';
import { titled } from './organizationInView';

interface SourceItem extends QuickPickItem {
  readonly source: Source;
  /** Ticked only by the person. */
  readonly isDoubtful?: boolean;
}

/** Asks where to search; undefined when cancelled. What each place costs in requests stands beside it. */
export async function chooseSources(organization: Organization): Promise<Source[] | undefined> {
  const picker = newPicker<SourceItem>();
  const addProjectKey: QuickInputButton = {
    iconPath: new ThemeIcon('key'),
    tooltip: 'Add Project Key… (finds what a project’s fine-tuning jobs made)',
  };
  picker.title = titled(organization, 'Find Checkpoints');
  picker.placeholder = 'Choose where to search';
  picker.canSelectMany = true;
  picker.ignoreFocusOut = true;
  picker.matchOnDetail = true;
  picker.buttons = organization.isSample ? [] : [addProjectKey];
  picker.items = itemsFor(organization);
  picker.selectedItems = picker.items.filter(({ isDoubtful }) => !isDoubtful);
  return new Promise((resolve) => {
    picker.onDidTriggerButton(() => {
      picker.hide();
      void commands.executeCommand(commandIds.addProjectKey);
    });
    picker.onDidAccept(() => {
      const chosen = picker.selectedItems.map(({ source }) => source);
      if (chosen.length === 0) {
        picker.placeholder = 'Tick at least one place with Space first, then press Enter';
        return;
      }
      resolve(chosen);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function itemsFor({ organizationAPI, projectAccess, projects }: Organization): SourceItem[] {
  const item = (source: Source, detail: string): SourceItem => ({
    source,
    label: inertText(source.title, 100),
    detail,
  });
  const folders = openFolders();
  return [
    item(
      auditLogSource(organizationAPI.auditLogs),
      'Grants that the organization remembers · 1 request for each 100',
    ),
    item(usageSource(organizationAPI.usage), 'Fine-tuned models that were used · about 3 requests'),
    ...(folders.length > 0
      ? [
          item(
            workspaceSource(folders, (text) => scannedIds(text).map(({ id }) => id)),
            'Ids in files, but for those that ignore files leave out · no request',
          ),
        ]
      : []),
    ...projectAccess().map((access) => {
      const { readAt, incomplete, projects: known } = projects.snapshot;
      // Another admin key may have taken the place of that of the organization it was saved for.
      const isDoubtful = readAt !== undefined && incomplete === undefined && !known.has(access.project);
      const doubt = isDoubtful ? 'Not among the projects read of this organization · ' : '';
      const detail = `${doubt}Models, their steps and metrics · 2 requests and 1 for each job`;
      return { ...item(jobsSource(access), detail), isDoubtful };
    }),
  ];
}

import { commands, type QuickInputButton, type QuickPickItem, ThemeIcon } from 'vscode';
import { auditLogSource } from '../../access/discovery/auditLog';
import { jobsSource } from '../../access/discovery/jobs';
import type { Source } from '../../access/discovery/source';
import { usageSource } from '../../access/discovery/usage';
import { workspaceSource } from '../../access/discovery/workspace';
import { scannedIds } from '../../access/ids/scannedIds';
import type { Organization } from '../../access/organization';
import { newPicker } from '../../editor/questions';
import { commandIds } from '../../ids';
import { searchTexts, sourceDetail, sourceInWords } from '../../words/discovery';
import { openFolders } from '../shared/openFolders';
import { prefixWithOrganization } from '../shared/organizationInView';

interface SourceItem extends QuickPickItem {
  readonly source: Source;
  /** Whether the source isn't selected at first. */
  readonly isDoubtful: boolean;
}

/** Asks where to search. Each source shows its cost in requests. Undefined when canceled. */
export async function chooseSources(organization: Organization): Promise<Source[] | undefined> {
  const picker = newPicker<SourceItem>();
  const addProjectKey: QuickInputButton = {
    iconPath: new ThemeIcon('key'),
    tooltip: searchTexts.addProjectKey,
  };
  picker.title = prefixWithOrganization(organization, searchTexts.title);
  picker.placeholder = searchTexts.where;
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
        picker.placeholder = searchTexts.nowhere;
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

function itemsFor({
  organizationAPI,
  projectClients,
  projects,
  projectsStanding,
}: Organization): SourceItem[] {
  const item = (source: Source, isDoubtful = false): SourceItem => ({
    source,
    label: sourceInWords(source.place),
    detail: sourceDetail(source.place, isDoubtful),
    isDoubtful,
  });
  const folders = openFolders();
  return [
    item(auditLogSource(organizationAPI.auditLogs)),
    item(usageSource(organizationAPI.usage)),
    ...(folders.length > 0
      ? [item(workspaceSource(folders, (text) => scannedIds(text).map(({ id }) => id)))]
      : []),
    // A project key may belong to another organization if the admin key was replaced.
    ...projectClients().map((client) =>
      item(jobsSource(client), projectsStanding.isComplete && !projects.get(client.project)),
    ),
  ];
}

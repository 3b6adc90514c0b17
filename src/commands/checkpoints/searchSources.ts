import {
  commands,
  FileType,
  type QuickInputButton,
  type QuickPickItem,
  ThemeIcon,
  Uri,
  workspace,
} from 'vscode';
import { auditLogSource } from '../../access/discovery/auditLog';
import { jobsSource } from '../../access/discovery/jobs';
import type { Source } from '../../access/discovery/source';
import { usageSource } from '../../access/discovery/usage';
import type { OpenFolder } from '../../access/discovery/workspace';
import { workspaceSource } from '../../access/discovery/workspace';
import { scannedIds } from '../../access/ids/scannedIds';
import type { Organization } from '../../access/organization';
import { escapeForMessage } from '../../editor/plainText';
import { newPicker } from '../../editor/questions';
import { commandIds } from '../../ids';
import { titled } from '../shared/organizationInView';

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
    label: escapeForMessage(source.title, 100),
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

/** The folders that are open in this window, on this machine or any other, as the search of the workspace reads them. */
export function openFolders(): OpenFolder[] {
  return (workspace.workspaceFolders ?? []).map(({ name, uri }) => {
    const at = (path: string): Uri => (path === '' ? uri : Uri.joinPath(uri, ...path.split('/')));
    return {
      name,
      async list(folder) {
        const entries = await workspace.fs.readDirectory(at(folder));
        return entries.map(([entry, type]) => ({ name: entry, kind: kindOf(type) }));
      },
      size: async (file) => (await workspace.fs.stat(at(file))).size,
      read: async (file) => workspace.fs.readFile(at(file)),
    };
  });
}

/** A link has the bit of what it leads to beside its own, so the types are compared whole. */
function kindOf(type: FileType): 'file' | 'folder' | 'other' {
  if (type === FileType.File) return 'file';
  return type === FileType.Directory ? 'folder' : 'other';
}

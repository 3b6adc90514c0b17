import { type QuickInputButton, ThemeIcon } from 'vscode';
import { pastedProjects } from '../../access/ids/pastedProjects';
import type { Organization } from '../../access/organization';
import { newPicker } from '../../editor/questions';
import { escapeForMessage } from '../../text/plainText';
import { toDate } from '../../text/steadyClock';
import { projectPicker, searchProjects } from '../../words/changes';
import { prefixWithOrganization } from '../shared/organizationInView';
import { missingNote, noneSelected, type ProjectItem, pastedItem, projectItems } from './projectItems';

/**
 * Asks which projects to grant access to the checkpoints, by name or by IDs pasted into the search box. Pasted IDs work
 * without loaded names. Undefined when canceled.
 */
export async function askProjects(
  organization: Organization,
  checkpoints: readonly string[],
  title: string,
): Promise<string[] | undefined> {
  const { projects: directory } = organization;
  const picker = newPicker<ProjectItem>();
  const refresh: QuickInputButton = { iconPath: new ThemeIcon('refresh'), tooltip: projectPicker.refresh };
  picker.title = prefixWithOrganization(organization, title);
  picker.canSelectMany = true;
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  picker.buttons = [refresh];

  const pasted = () => pastedProjects(picker.value, directory.snapshot.projects.keys());
  let hint: ProjectItem | undefined;
  /** Rows above the projects, whatever the search. */
  const notes = (): ProjectItem[] =>
    [pastedItem(organization, checkpoints, pasted()), hint, missingNote(organization)].filter(
      (item) => item !== undefined,
    );
  let items: readonly ProjectItem[] = [];
  let notesShown = '';
  const showItems = (): void => {
    const ticked = new Set(picker.selectedItems.flatMap(({ project }) => project ?? []));
    const active = picker.activeItems[0]?.project;
    const above = notes();
    notesShown = JSON.stringify(above);
    picker.items = [...above, ...items];
    picker.selectedItems = items.filter(({ project }) => project !== undefined && ticked.has(project));
    // New items must not move the keyboard focus back to the first.
    const activeItem = items.find(({ project }) => project !== undefined && project === active);
    if (activeItem) picker.activeItems = [activeItem];
  };
  const reloadItems = (): void => {
    const { readAt, reading, projects } = directory.snapshot;
    items = projectItems(organization, checkpoints);
    picker.busy = reading;
    picker.placeholder = escapeForMessage(
      readAt !== undefined
        ? searchProjects(projects.size, toDate(readAt), Date.now())
        : reading
          ? projectPicker.loading
          : projectPicker.notLoaded,
      250,
    );
    showItems();
  };

  const unsubscribe = directory.onDidChange(reloadItems);
  return new Promise<string[] | undefined>((resolve) => {
    picker.onDidTriggerButton(() => directory.readAgain());
    picker.onDidChangeValue(() => {
      // With thousands of projects, rows are only set again if the notes changed.
      if (JSON.stringify(notes()) !== notesShown) showItems();
    });
    picker.onDidAccept(() => {
      const text = pasted();
      if (text.kind === 'wrong') return;
      const ticked = picker.selectedItems.flatMap(({ project }) => project ?? []);
      const chosen = new Set([...ticked, ...(text.kind === 'ids' ? text.ids : [])]);
      if (chosen.size === 0) {
        hint = noneSelected;
        showItems();
        return;
      }
      resolve([...chosen]);
      picker.hide();
    });
    picker.onDidHide(() => {
      unsubscribe();
      resolve(undefined);
      picker.dispose();
    });
    void directory.read();
    reloadItems();
    picker.show();
  });
}

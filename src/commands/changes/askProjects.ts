import { type QuickInputButton, ThemeIcon } from 'vscode';
import { pastedProjects } from '../../access/ids/pastedProjects';
import type { Organization } from '../../access/organization';
import { newPicker } from '../../editor/questions';
import { escapeForMessage } from '../../text/plainText';
import { projectPicker, searchProjects } from '../../words/changes';
import { prefixWithOrganization } from '../shared/organizationInView';
import { missingNote, noneSelected, type ProjectItem, pastedItem, projectItems } from './projectItems';

/**
 * Asks which projects to grant access to the checkpoints: those selected by name, and those whose IDs are pasted into the
 * search, which also works when the names couldn't be loaded. Undefined when canceled.
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
  /** What stands above the projects, whatever is searched for. */
  const notes = (): ProjectItem[] =>
    [pastedItem(organization, checkpoints, pasted()), hint, missingNote(organization)].filter(
      (item) => item !== undefined,
    );
  let items: readonly ProjectItem[] = [];
  let notesShown = '';
  const draw = (): void => {
    const ticked = new Set(picker.selectedItems.flatMap(({ project }) => project ?? []));
    const active = picker.activeItems[0]?.project;
    const above = notes();
    notesShown = JSON.stringify(above);
    picker.items = [...above, ...items];
    picker.selectedItems = items.filter(({ project }) => project !== undefined && ticked.has(project));
    // New items must not move the keyboard focus back to the first.
    const again = items.find(({ project }) => project !== undefined && project === active);
    if (again) picker.activeItems = [again];
  };
  const drawAnew = (): void => {
    const { readAt, reading, projects } = directory.snapshot;
    items = projectItems(organization, checkpoints);
    picker.busy = reading;
    picker.placeholder = escapeForMessage(
      readAt !== undefined
        ? searchProjects(projects.size, readAt, directory.now())
        : reading
          ? projectPicker.loading
          : projectPicker.notLoaded,
      250,
    );
    draw();
  };

  const unsubscribe = directory.onDidChange(drawAnew);
  return new Promise<string[] | undefined>((resolve) => {
    picker.onDidTriggerButton(() => directory.readAgain());
    picker.onDidChangeValue(() => {
      // Thousands of rows are not sent to the window again for each key.
      if (JSON.stringify(notes()) !== notesShown) draw();
    });
    picker.onDidAccept(() => {
      const text = pasted();
      if (text.kind === 'wrong') return;
      const ticked = picker.selectedItems.flatMap(({ project }) => project ?? []);
      const chosen = new Set([...ticked, ...(text.kind === 'ids' ? text.ids : [])]);
      if (chosen.size === 0) {
        hint = noneSelected;
        draw();
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
    drawAnew();
    picker.show();
  });
}

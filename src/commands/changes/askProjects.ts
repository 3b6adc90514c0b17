import { type QuickInputButton, ThemeIcon } from 'vscode';
import { pastedProjects } from '../../access/ids/pastedProjects';
import type { Organization } from '../../access/organization';
import { escapeForMessage } from '../../editor/plainText';
import { newPicker } from '../../editor/questions';
import { ago } from '../../editor/time';
import { count } from '../shared/displayNames';
import { titled } from '../shared/organizationInView';
import { missingNote, type ProjectItem, pastedItem, projectItems, tickFirst } from './projectItems';

/**
 * Asks which projects to grant access to the checkpoints: those that are ticked, found by name and shown with what is
 * known of their access, and those whose ids are pasted into the search. Names that could not be read keep nobody from
 * pasting. Undefined when cancelled.
 */
export async function askProjects(
  organization: Organization,
  checkpoints: readonly string[],
  title: string,
): Promise<string[] | undefined> {
  const { projects: directory } = organization;
  const picker = newPicker<ProjectItem>();
  const refresh: QuickInputButton = { iconPath: new ThemeIcon('refresh'), tooltip: 'Refresh Projects' };
  picker.title = titled(organization, title);
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
    // What is drawn again must not take the keyboard back to the first.
    const again = items.find(({ project }) => project !== undefined && project === active);
    if (again) picker.activeItems = [again];
  };
  const drawAnew = (): void => {
    const { readAt, reading, projects } = directory.snapshot;
    items = projectItems(organization, checkpoints);
    picker.busy = reading;
    picker.placeholder = escapeForMessage(
      readAt === undefined
        ? `${reading ? 'Reading the projects… ' : ''}Paste project ids, separated by spaces or commas`
        : `Search ${count(projects.size, 'project')} by name or id, or paste ids · read ${ago(readAt, directory.now())}`,
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
        hint = tickFirst;
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

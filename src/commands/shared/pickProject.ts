import { type QuickPickItem, ThemeIcon } from 'vscode';
import { whyNotProject } from '../../access/ids/checkpointId';
import type { Organization } from '../../access/organization';
import { escapeForMessage } from '../../editor/plainText';
import { newPicker } from '../../editor/questions';
import { projectInWords } from '../../views/shared/projectInWords';
import { titled } from './organizationInView';

interface ProjectItem extends QuickPickItem {
  readonly project: string;
}

/** What the picker is about. */
export interface ProjectQuestion {
  readonly title: string;
  /** As a sentence begins; `Choose a project` when left out. */
  readonly what?: string;
  /** A project that is not offered. */
  readonly except?: string;
}

/**
 * Asks for one project: by its name, or by an id that is typed or pasted. The names are read when they are not known yet;
 * when they cannot be read, projects that are known to have access are offered by their ids. Undefined when cancelled.
 */
export async function pickProject(
  organization: Organization,
  question: ProjectQuestion,
): Promise<string | undefined> {
  const picker = newPicker<ProjectItem>();
  picker.title = titled(organization, question.title);
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  picker.placeholder = 'Reading the names of the projects…';
  let known: readonly ProjectItem[] = [];
  /** An id in the box that is none of the projects known. */
  const typedId = (): string | undefined => {
    const typed = picker.value.trim();
    const isId = typed.startsWith('proj_') && whyNotProject(typed) === undefined;
    return isId && !known.some(({ project }) => project === typed) ? typed : undefined;
  };
  let drawnFor: string | undefined;
  const draw = (): void => {
    drawnFor = typedId();
    const own = drawnFor && {
      project: drawnFor,
      label: escapeForMessage(drawnFor, 100),
      description: 'this id',
    };
    picker.items = own ? [{ ...own, alwaysShow: true }, ...known] : known;
  };
  return new Promise((resolve) => {
    let isOpen = true;
    // Items that are set anew take the choice from the keyboard, so they are only when they differ.
    picker.onDidChangeValue(() => {
      if (typedId() !== drawnFor) draw();
    });
    picker.onDidAccept(() => {
      // Whoever presses Enter at once has not seen the row for the id that was pasted.
      const project = typedId() ?? picker.selectedItems[0]?.project;
      if (project === undefined) return;
      resolve(project);
      picker.hide();
    });
    picker.onDidHide(() => {
      isOpen = false;
      resolve(undefined);
      picker.dispose();
    });
    picker.busy = true;
    picker.show();
    void organization.projects.read().then(({ failure, incomplete }) => {
      if (!isOpen) return;
      known = itemsOf(organization).filter(({ project }) => project !== question.except);
      const missing =
        failure !== undefined
          ? 'The names of the projects could not be read. '
          : incomplete !== undefined
            ? 'Not all projects could be read. '
            : '';
      picker.placeholder = `${missing}${question.what ?? 'Choose a project'}, or paste its id`;
      draw();
      picker.busy = false;
    });
  });
}

/** The projects of the organization, and those that are known to have access without being among them. */
function itemsOf(organization: Organization): ProjectItem[] {
  const { catalog, permissions, projects } = organization;
  const ids = new Set(projects.snapshot.projects.keys());
  for (const checkpoint of catalog.ids) {
    for (const { project_id } of permissions.snapshot(checkpoint).listing?.permissions ?? [])
      ids.add(project_id);
  }
  return (
    [...ids]
      .map((project) => {
        const { label, id, note, icon } = projectInWords(organization, project);
        return {
          project,
          label: escapeForMessage(label, 100),
          iconPath: new ThemeIcon(icon),
          description: escapeForMessage([note, id].filter(Boolean).join(' · '), 200),
        };
      })
      .sort((one, other) => (one.label.toLowerCase() < other.label.toLowerCase() ? -1 : 1))
      // Archived projects below: they are seldom meant.
      .sort(
        (one, other) => Number(projects.isArchived(one.project)) - Number(projects.isArchived(other.project)),
      )
  );
}

import { type QuickPickItem, ThemeIcon } from 'vscode';
import { whyNotProject } from '../../access/ids/checkpointId';
import type { Organization } from '../../access/organization';
import { newPicker } from '../../editor/questions';
import { fold } from '../../text/fold';
import { escapeForMessage } from '../../text/plainText';
import { projectInWords } from '../../views/shared/projectInWords';
import { loadingProjectNames, selectProject, useThisId } from '../../words/changes';
import { prefixWithOrganization } from './organizationInView';

interface ProjectIdItem extends QuickPickItem {
  readonly project: string;
}

export interface ProjectQuestion {
  readonly title: string;
  /** A whole sentence; the placeholder adds how to answer. */
  readonly question?: string;
  /** The ID of a project that isn't offered. */
  readonly except?: string;
}

/**
 * Asks for one project, by name or by a typed or pasted ID. Project names are loaded first. When that fails, projects
 * with access are offered by their IDs. Undefined when canceled.
 */
export async function pickProject(
  organization: Organization,
  question: ProjectQuestion,
): Promise<string | undefined> {
  const picker = newPicker<ProjectIdItem>();
  picker.title = prefixWithOrganization(organization, question.title);
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  picker.placeholder = loadingProjectNames;
  let known: readonly ProjectIdItem[] = [];
  /** A project ID in the input box that no row has. */
  const typedId = (): string | undefined => {
    const typed = picker.value.trim();
    const isId = typed.startsWith('proj_') && whyNotProject(typed) === undefined;
    return isId && !known.some(({ project }) => project === typed) ? typed : undefined;
  };
  let shownId: string | undefined;
  const showItems = (): void => {
    shownId = typedId();
    const own = shownId && {
      project: shownId,
      label: escapeForMessage(shownId, 100),
      description: useThisId,
    };
    picker.items = own ? [{ ...own, alwaysShow: true }, ...known] : known;
  };
  return new Promise((resolve) => {
    let isOpen = true;
    // New items reset the active row, so they are set only when they differ.
    picker.onDidChangeValue(() => {
      if (typedId() !== shownId) showItems();
    });
    picker.onDidAccept(() => {
      // Enter can be pressed before the row of a pasted ID is shown.
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
    void organization.projects.read().then(() => {
      if (!isOpen) return;
      known = itemsOf(organization).filter(({ project }) => project !== question.except);
      picker.placeholder = selectProject(organization.projectsStanding, question.question);
      showItems();
      picker.busy = false;
    });
  });
}

/** The loaded projects, and projects with access that aren't among them. */
function itemsOf(organization: Organization): ProjectIdItem[] {
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
      .sort((one, other) => (fold(one.label) < fold(other.label) ? -1 : 1))
      // Archived projects are last, because they are seldom chosen.
      .sort(
        (one, other) => Number(projects.isArchived(one.project)) - Number(projects.isArchived(other.project)),
      )
  );
}

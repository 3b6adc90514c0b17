import { type QuickPickItem, ThemeIcon } from 'vscode';
import { whyNotProject } from '../../access/ids/checkpointId';
import type { Organization } from '../../access/organization';
import { newPicker } from '../../editor/questions';
import { escapeForMessage } from '../../text/plainText';
import { projectInWords } from '../../views/shared/projectInWords';
import { loadingProjectNames, selectProject, useThisId } from '../../words/changes';
import { prefixWithOrganization } from './organizationInView';

interface ProjectIdItem extends QuickPickItem {
  readonly project: string;
}

export interface ProjectQuestion {
  readonly title: string;
  /** A whole sentence, before the one that says how to answer. */
  readonly question?: string;
  /** A project that is not offered. */
  readonly except?: string;
}

/**
 * Asks for one project: by its name, or by an ID that is typed or pasted. The names are loaded when they aren't yet. When
 * that fails, projects that are known to have access are offered by their IDs. Undefined when canceled.
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
  /** An ID in the box that is none of the known projects. */
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
      description: useThisId,
    };
    picker.items = own ? [{ ...own, alwaysShow: true }, ...known] : known;
  };
  return new Promise((resolve) => {
    let isOpen = true;
    // New items reset the keyboard's choice, so they are set only when they differ.
    picker.onDidChangeValue(() => {
      if (typedId() !== drawnFor) draw();
    });
    picker.onDidAccept(() => {
      // Enter may come before the row for a pasted ID is shown.
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
      draw();
      picker.busy = false;
    });
  });
}

/** The projects of the organization, and those that are known to have access without being among them. */
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
      .sort((one, other) => (one.label.toLowerCase() < other.label.toLowerCase() ? -1 : 1))
      // Archived projects below: they are seldom meant.
      .sort(
        (one, other) => Number(projects.isArchived(one.project)) - Number(projects.isArchived(other.project)),
      )
  );
}

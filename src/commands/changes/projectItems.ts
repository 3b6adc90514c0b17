import { type QuickPickItem, QuickPickItemKind, ThemeIcon } from 'vscode';
import type { PastedProjects } from '../../access/ids/pastedProjects';
import type { Organization } from '../../access/organization';
import { accessOf, type ProjectChoice, projectChoices } from '../../access/plan/projectChoices';
import { escapeForMessage, pastedForMessage } from '../../text/plainText';
import { projectInWords } from '../../views/shared/projectInWords';
import * as words from '../../words/changes';
import { notProjectInWords } from '../../words/ids';
import { firstProjects } from '../../words/names';

/** A row of the picker for several projects. */
export interface ProjectItem extends QuickPickItem {
  /** The ID of the project; absent for notes and separators. */
  readonly project?: string;
}

/** Shown on Enter without a selection, because the picker doesn't explain how to select. */
export const noneSelected: ProjectItem = note(
  'info',
  words.projectPicker.noneSelected,
  words.projectPicker.howToSelect,
);

/** The rows of projects: without access, with access, archived. */
export function projectItems(organization: Organization, checkpoints: readonly string[]): ProjectItem[] {
  const { withoutAccess, withAccess, archived } = projectChoices(organization, checkpoints);
  const items = (choices: readonly ProjectChoice[]): ProjectItem[] =>
    choices.map((choice) => itemOf(organization, choice, checkpoints.length));
  return [
    ...group(words.projectsHeading(isAccessKnown(organization, checkpoints)), items(withoutAccess)),
    ...group(words.projectPicker.alreadyHaveAccess, items(withAccess)),
    ...group(words.projectPicker.archived, items(archived)),
  ];
}

/** A row that says why projects may be missing, and what to do; undefined when all are loaded. */
export function missingNote({ projects, projectsStanding }: Organization): ProjectItem | undefined {
  const missing = words.projectsMissing(projectsStanding, projects.now());
  return missing && note('warning', missing.label, missing.detail);
}

/** A row for pasted project IDs, or for the error in them; undefined for search text. */
export function pastedItem(
  organization: Organization,
  checkpoints: readonly string[],
  pasted: PastedProjects,
): ProjectItem | undefined {
  if (pasted.kind === 'none') return undefined;
  if (pasted.kind === 'wrong') {
    const text = pastedForMessage(pasted.text, 60);
    return note('error', notProjectInWords(pasted.why, `“${text}”`), words.removeToContinue);
  }
  const access = accessOf(organization.permissions, checkpoints);
  const already = pasted.ids.filter((id) => access.get(id) === checkpoints.length);
  const detail =
    already.length === 0
      ? firstProjects(organization, pasted.ids, 5)
      : words.pastedWithAccess(organization, already);
  return note('clippy', words.usePastedIds(pasted.ids.length), detail);
}

function itemOf(organization: Organization, { project, has }: ProjectChoice, of: number): ProjectItem {
  const { label, icon, id, note: flag } = projectInWords(organization, project.id);
  const access = words.accessAlready(has, of);
  return {
    label: escapeForMessage(label, 100),
    description: escapeForMessage([flag, access, id].filter(Boolean).join(' · '), 250),
    iconPath: new ThemeIcon(icon),
    project: project.id,
  };
}

function group(label: string, items: readonly ProjectItem[]): ProjectItem[] {
  return items.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...items];
}

/** Whether all access is marked. If not, further access is found before requests are sent. */
function isAccessKnown(organization: Organization, checkpoints: readonly string[]): boolean {
  return checkpoints.every((checkpoint) => organization.standingOf(checkpoint).isComplete);
}

function note(icon: string, label: string, detail: string): ProjectItem {
  return {
    label: escapeForMessage(label, 200),
    detail: escapeForMessage(detail, 400),
    iconPath: new ThemeIcon(icon),
    alwaysShow: true,
  };
}

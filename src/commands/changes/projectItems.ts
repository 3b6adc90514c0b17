import { type QuickPickItem, QuickPickItemKind, ThemeIcon } from 'vscode';
import type { PastedProjects } from '../../access/ids/pastedProjects';
import type { Organization } from '../../access/organization';
import { accessOf, type ProjectChoice, projectChoices } from '../../access/plan/projectChoices';
import { redact } from '../../openai';
import { escapeForMessage } from '../../text/plainText';
import { projectInWords } from '../../views/shared/projectInWords';
import { explainProjects } from '../../words/errors';
import { notProjectInWords } from '../../words/ids';
import { count, firstProjects } from '../../words/names';

/** A row of the picker of projects. */
export interface ProjectItem extends QuickPickItem {
  /** The id of the project that ticking it means; absent for notes and separators. */
  readonly project?: string;
}

/** Said when nothing was chosen, as the box itself does not tell how. */
export const tickFirst: ProjectItem = note(
  'info',
  'Nothing is ticked yet',
  'Go to a project with the arrow keys and press Space, or click on it; then press Enter.',
);

/** The projects to choose from: those that can be granted access, those that have it, archived ones last. */
export function projectItems(organization: Organization, checkpoints: readonly string[]): ProjectItem[] {
  const { open, already, archived } = projectChoices(organization, checkpoints);
  const items = (choices: readonly ProjectChoice[]): ProjectItem[] =>
    choices.map((choice) => itemOf(organization, choice, checkpoints.length));
  return [
    ...group(`Projects${limitOf(organization, checkpoints)}`, items(open)),
    ...group('With access already, which is not sent again', items(already)),
    ...group('Archived: a grant has no effect', items(archived)),
  ];
}

/** Why projects may be missing from the picker, and what to do; undefined when all are there. */
export function missingNote({ projects }: Organization): ProjectItem | undefined {
  const { failure, incomplete, readAt } = projects.snapshot;
  if (failure === undefined && incomplete === undefined) return undefined;
  const { what, next } =
    failure === undefined
      ? { what: `Reading stopped: ${incomplete}`, next: 'Refresh to read it again.' }
      : explainProjects(failure);
  const label =
    readAt === undefined
      ? 'The projects could not be read; paste their ids'
      : incomplete === undefined
        ? 'The projects could not be read again; those below are older'
        : 'The list of projects is incomplete; paste the ids of those that are missing';
  return note('warning', label, `${what}. ${next}`);
}

/** What a pasted text means, as a row above the projects; undefined for something to search for. */
export function pastedItem(
  organization: Organization,
  checkpoints: readonly string[],
  pasted: PastedProjects,
): ProjectItem | undefined {
  if (pasted.kind === 'none') return undefined;
  if (pasted.kind === 'wrong') {
    const text = escapeForMessage(redact(pasted.text), 60);
    return note(
      'error',
      notProjectInWords(pasted.why, `“${text}”`),
      'Nothing is granted while it stands here.',
    );
  }
  const access = accessOf(organization.permissions, checkpoints);
  const already = pasted.ids.filter((id) => access.get(id) === checkpoints.length);
  const have = already.length === 1 ? 'already has' : 'already have';
  const detail =
    already.length === 0
      ? firstProjects(organization, pasted.ids, 5)
      : `${firstProjects(organization, already, 5)} ${have} access and will not be sent.`;
  return note('clippy', `Use ${count(pasted.ids.length, 'pasted id')}: press Enter`, detail);
}

function itemOf(organization: Organization, { project, has }: ProjectChoice, of: number): ProjectItem {
  const { label, icon, id, note: flag } = projectInWords(organization, project.id);
  const access = has === 0 ? '' : has === of ? 'already has access' : `has access to ${has} of ${of}`;
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

/** Access beyond what was read is not marked on the rows; it is asked for before anything is sent. */
function limitOf({ permissions }: Organization, checkpoints: readonly string[]): string {
  const listings = checkpoints.map((checkpoint) => permissions.snapshot(checkpoint).listing);
  const parts = listings.filter((listing) => listing?.ending.kind !== 'complete');
  if (parts.length === 0) return '';
  return '; more have access than was read, which is looked up before anything is sent';
}

function note(icon: string, label: string, detail: string): ProjectItem {
  return {
    label: escapeForMessage(label, 200),
    detail: escapeForMessage(detail, 400),
    iconPath: new ThemeIcon(icon),
    alwaysShow: true,
  };
}

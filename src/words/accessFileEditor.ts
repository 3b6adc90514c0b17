import type { FileOwnership } from '../access/accessFile/accessFile';
import { sentences } from '../text/lists';
import { number, plural } from '../text/numbers';
import { escapeForMessage, pastedForMessage } from '../text/plainText';
import { nothingSent } from './changes';

// The access file in the editor: its commands, and what is said in the file itself.

export const accessFileTexts = {
  source: 'Checkpoint Permissions',
  heading: 'Access file',
  loading: 'Loading access for the file',
  checking: 'Comparing access with the file',
  noFolder: 'The file is created in a folder that is open. Open a folder first.',
  openFolder: 'Open Folder',
  chooseFolder: 'Select the folder of the new access file',
  chooseFile: 'Select the access file',
  exists: 'There is an access file in this folder. Replace its text?',
  existsDetail:
    'The new text is made from current access, and everything in the file is replaced. You can undo that in the editor, and nothing is saved until you save the file.',
  openFile: 'Open File',
  replaceText: 'Replace Text',
  noFile: 'No folder in this window has an access file at .openai/checkpoint-access.jsonc.',
  noCheckpoints: 'Your checkpoint list is empty. Find or add checkpoints first.',
  cannotCreate:
    "The API doesn't name the organization of the key, and an access file must name it. No file was created.",
  showProblems: 'Show Problems',
  manageTrust: 'Manage Workspace Trust',
  untrusted: `You don't trust this workspace, so its access file is checked and never planned. ${nothingSent} Trust the workspace to plan it.`,
  untrustedLens: "Checked only, because you don't trust this workspace",
  changedMeanwhile: 'The file changed while access was loaded. Nothing in it was edited. Try again.',
  notEdited: "The file couldn't be edited. Check whether it is read-only.",
  nothingToAccept: 'The file says what is live. Nothing was edited.',
  checkLens: 'Check Drift',
  inUse: 'The organization in use',
  noReason: 'No reason is given.',
} as const;

/** The file couldn't be opened or read. */
export function cannotReadFile(path: string, reason: string): string {
  return `${escapeForMessage(path, 300)} couldn't be read: ${escapeForMessage(reason, 300)}`;
}

/** The file couldn't be written. */
export function cannotWriteFile(path: string, reason: string): string {
  return `${escapeForMessage(path, 300)} couldn't be written: ${escapeForMessage(reason, 300)}`;
}

/** A problem of a file, with its line. */
export function inLine(line: number, problem: string): string {
  return `Line ${number(line)}: ${problem}`;
}

/** The first error of a file that can't be applied, and how many others it has. */
export function errorsInFile(first: string, others: number): string {
  return sentences(
    `${nothingSent} ${first}`,
    others === 0
      ? undefined
      : plural(others, 'The file has 1 more error.', (errors) => `The file has ${errors} more errors.`),
  );
}

/** How many lists are loaded, of all that a file needs. */
export function listsLoaded(done: number, total: number): string {
  return plural(
    total,
    `${number(done)} of 1 list loaded`,
    (lists) => `${number(done)} of ${lists} lists loaded`,
  );
}

/** The file is for another organization than the one in use. `live`: what the API calls that. */
export function otherOrganization(inFile: string, live: string): string {
  return `The file is for the organization “${pastedForMessage(inFile, 120)}”, and the organization in use is “${pastedForMessage(live, 120)}”, so access isn't compared.`;
}

/** The button that shows another organization. */
export function switchTo(label: string): string {
  return `Switch to ${escapeForMessage(label, 60)}`;
}

/** A plan revokes more than the file allows. */
export function tooManyRemovals(removals: number, limit: number): string {
  return plural(
    removals,
    `The plan revokes 1 permission, and the file allows ${number(limit)}. Allow it this time?`,
    (permissions) =>
      `The plan revokes ${permissions} permissions, and the file allows ${number(limit)}. Allow them this time?`,
  );
}

export const tooManyRemovalsDetail =
  "Permissions that end because of “until” don't count. Nothing is sent before you have seen the plan and applied it. To allow more each time, raise “removals” in the file.";

export function allowRemovals(removals: number): string {
  return plural(removals, 'Allow 1 Removal', (count) => `Allow ${count} Removals`);
}

/** What a plan doesn't touch: access beyond additive lists. */
export function keptBeyond(accesses: number): string {
  return plural(
    accesses,
    "Access of 1 project isn't in an additive list. It stays.",
    (count) => `Access in ${count} places isn't in additive lists. It stays.`,
  );
}

/** Checkpoints that couldn't be read, and are not among those that a message names. */
export function moreUnread(checkpoints: number): string {
  return plural(
    checkpoints,
    'Nothing is planned for 1 more checkpoint either.',
    (count) => `Nothing is planned for ${count} more checkpoints either.`,
  );
}

/** The end of what is said of drift when not all could be read. */
export function notAllRead(checkpoints: number): string {
  return plural(
    checkpoints,
    "1 checkpoint couldn't be compared, because its list isn't complete.",
    (count) => `${count} checkpoints couldn't be compared, because their lists aren't complete.`,
  );
}

/** What was edited in the file: at least one of the two. */
export function acceptedIntoFile(added: number, removed: number): string {
  const came = plural(
    added,
    'Added access of 1 project.',
    (count) => `Added access of projects in ${count} places.`,
  );
  const went = plural(
    removed,
    'Removed 1 line without access.',
    (count) => `Removed ${count} lines without access.`,
  );
  return sentences(
    added > 0 ? came : undefined,
    removed > 0 ? went : undefined,
    added > 0 ? 'Replace the reasons, then save the file.' : 'Save the file to keep that.',
  );
}

/** Problems of a file that are not listed, because there are too many. */
export function notListedProblems(problems: number): string {
  return plural(problems, "1 more problem isn't listed.", (count) => `${count} more problems aren't listed.`);
}

/** Access that couldn't be taken over. */
export function notTakenOver(count: number): string {
  return plural(
    count,
    "1 project was skipped, because its ID has characters that the file can't have.",
    (projects) =>
      `${projects} projects were skipped, because their IDs have characters that the file can't have.`,
  );
}

/** What an ownership means, with what is live. `listed`: of so many projects with access, so many are in the file. */
export function ownershipInWords(
  ownership: FileOwnership,
  known: { readonly projects: number; readonly listed: number } | undefined,
): string {
  const meaning =
    ownership === 'exact'
      ? "“exact” revokes permissions that aren't listed."
      : "“additive” keeps permissions that aren't listed.";
  if (!known) return meaning;
  const found = plural(
    known.projects,
    known.listed === 0
      ? "1 project has access now, and it isn't in the file."
      : '1 project has access now, and it is in the file.',
    (projects) =>
      `${projects} projects have access now, and ${number(known.listed)} of them are in the file.`,
  );
  return sentences(meaning, found);
}

/** A new file, and what was left out of it. */
export function createdFile(draft: string, leftOut: readonly string[], more: number): string {
  const rest = plural(more, '1 more was skipped.', (count) => `${count} more were skipped.`);
  return sentences(draft, ...leftOut, more > 0 ? rest : undefined);
}

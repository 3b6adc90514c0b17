import { commands, env, type QuickPickItem, type Terminal, type TextEditor, window } from 'vscode';
import { type AccessError, type ErrorPlace, readAccessError } from '../../access/explain/accessError';
import type { Organization } from '../../access/organization';
import { pickOne } from '../../editor/questions';
import { commandIds } from '../../ids';
import { escapeForMessage } from '../../text/plainText';
import {
  checkpointMissing,
  missingScopesExplained,
  noAccessErrorFound,
  otherModelExplained,
  projectMissing,
  accessErrorTexts as texts,
} from '../../words/accessError';
import { checkpointLabel, checkpointName, projectName } from '../../words/names';
import { commandTitles } from '../../words/titles';
import { type Button, showWithActions } from '../shared/errorReport';
import { organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import { pickCheckpoints } from '../shared/pickCheckpoint';
import { pickProject } from '../shared/pickProject';
import type { Command } from '../shared/services';
import { explainPair } from './explainAccess';

/** The most of a selection that is read, in UTF-16 code units. */
const longestSelection = 100_000;

const explainButton: Button = [commandTitles.explainAccess, commandIds.explainAccess];

/**
 * Explains an error about access that a person selected or copied: finds the project and the checkpoint in it, and opens
 * their explanation. Asks for what the error lacks. Sends nothing of the text anywhere.
 */
export const explainAccessError: Command = async (services, target) => {
  const found = await errorAtHand(target);
  if (!found) return showWithActions(window.showInformationMessage, noAccessErrorFound, [explainButton]);
  const { error, from } = found;
  if (error.kind === 'missingScopes')
    return showWithActions(window.showWarningMessage, missingScopesExplained(error.scopes), [
      [commandTitles.setAdminKey, commandIds.setAdminKey],
    ]);
  const organization = await organizationInView(services);
  if (!organization) return;
  if (error.otherModel !== undefined) {
    const [project] = error.projects;
    const name = project === undefined ? undefined : projectName(organization, project);
    const words = prefixWithOrganization(organization, otherModelExplained(error.otherModel, name));
    return showWithActions(window.showInformationMessage, words, [explainButton]);
  }
  const checkpoint = await checkpointOf(organization, error);
  if (checkpoint === undefined) return;
  const project = await projectOf(organization, error, checkpoint);
  if (project === undefined) return;
  await explainPair(services, organization, { project, checkpoint, heard: { kind: error.kind, from } });
};

/** The first text at hand that has an error: what is selected, then the clipboard. */
async function errorAtHand(
  target: unknown,
): Promise<{ readonly error: AccessError; readonly from: ErrorPlace } | undefined> {
  const terminal = window.terminals.find((each) => each === target);
  const texts: readonly (readonly [ErrorPlace, () => string | Promise<string>])[] = [
    ['terminal', () => (terminal ? selectedInTerminal(terminal) : '')],
    ['selection', () => selectedIn(window.activeTextEditor)],
    ['clipboard', async () => env.clipboard.readText()],
  ];
  for (const [from, read] of texts) {
    const error = readAccessError(await read());
    if (error) return { error, from };
  }
  return undefined;
}

/** The selected text of an editor, as far as an error can reach. Empty if none is selected. */
function selectedIn(editor: TextEditor | undefined): string {
  if (!editor || editor.selection.isEmpty) return '';
  const { document, selection } = editor;
  const end = document.positionAt(document.offsetAt(selection.start) + longestSelection);
  return document.getText(selection.with({ end: end.isBefore(selection.end) ? end : selection.end }));
}

/** The selected text of a terminal. VS Code has no other way to it than the clipboard, which gets back what it had. */
async function selectedInTerminal(terminal: Terminal): Promise<string> {
  const before = await env.clipboard.readText();
  terminal.show(true);
  await commands.executeCommand('workbench.action.terminal.copySelection');
  const selected = await env.clipboard.readText();
  await env.clipboard.writeText(before);
  return selected;
}

interface ErrorIdItem extends QuickPickItem {
  readonly id: string;
}

/** The checkpoint of an error. The one of its known sentence comes first, and needs no question. */
async function checkpointOf(
  organization: Organization,
  { kind, checkpoints, projects }: AccessError,
): Promise<string | undefined> {
  const [first] = checkpoints;
  if (checkpoints.length === 1 || (first !== undefined && (kind === 'noAccess' || kind === 'notFound')))
    return first;
  if (first !== undefined) {
    const items = checkpoints.map(
      (id): ErrorIdItem => ({
        id,
        label: checkpointLabel(id, organization),
        description: escapeForMessage(id, 200),
      }),
    );
    return choose(organization, items, texts.whichCheckpoint);
  }
  const [project = ''] = projects;
  const picked = await pickCheckpoints(organization, {
    title: texts.title,
    placeHolder: checkpointMissing(projectName(organization, project)),
    several: false,
  });
  return picked?.[0];
}

/** The project of an error, as {@link checkpointOf}. */
async function projectOf(
  organization: Organization,
  { kind, projects }: AccessError,
  checkpoint: string,
): Promise<string | undefined> {
  const [first] = projects;
  if (projects.length === 1 || (first !== undefined && (kind === 'noAccess' || kind === 'owningProject')))
    return first;
  if (first === undefined)
    return pickProject(organization, {
      title: texts.title,
      question: projectMissing(checkpointName(checkpoint, organization)),
    });
  const items = projects.map(
    (id): ErrorIdItem => ({
      id,
      label: projectName(organization, id),
      description: escapeForMessage(id, 200),
    }),
  );
  return choose(organization, items, texts.whichProject);
}

async function choose(
  organization: Organization,
  items: readonly ErrorIdItem[],
  question: string,
): Promise<string | undefined> {
  const picked = await pickOne([...items], {
    title: prefixWithOrganization(organization, texts.title),
    placeHolder: question,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked?.id;
}

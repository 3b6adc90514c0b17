import { commands, type TextDocument, Uri, window, workspace } from 'vscode';
import type { AccessFile } from '../../access/accessFile/accessFile';
import { accessFilePath } from '../../access/accessFile/accessFilePath';
import { pickOne } from '../../editor/questions';
import { commandIds } from '../../ids';
import { isAccessFile } from '../../views/accessFile/isAccessFile';
import { readDocument } from '../../views/accessFile/readings';
import { problemInWords, problemsInWords } from '../../words/accessFile';
import { accessFileTexts, cannotReadFile, inLine } from '../../words/accessFileEditor';
import { commandTitles } from '../../words/titles';
import { type Button, showWithActions } from '../shared/errorReport';
import { errorReasonOf } from './reasons';

/** A valid access file, and the document that it was read from, which VS Code closes after a while without an editor. */
export interface OpenFile {
  readonly document: TextDocument;
  readonly version: number;
  readonly text: string;
  readonly file: AccessFile;
}

export const showProblems: Button = [
  accessFileTexts.showProblems,
  () => commands.executeCommand('workbench.actions.view.problems'),
];

/** The access file of a folder. */
export function accessFileIn(folder: Uri): Uri {
  return Uri.joinPath(folder, ...accessFilePath.split('/'));
}

/** Whether a file is there. */
export function isThere(uri: Uri): Promise<boolean> {
  return Promise.resolve(workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
}

/**
 * The access file that a command is about: the one that a menu or a code lens named, else that of the active editor, else
 * that of a folder of the workspace, which is asked for if there are several. Undefined after a message or a canceled
 * question.
 */
export async function accessFileFor(target: unknown): Promise<Uri | undefined> {
  return namedFile(target) ?? activeFile() ?? (await fileOfFolder());
}

function namedFile(target: unknown): Uri | undefined {
  try {
    return target instanceof Uri && isAccessFile(target) ? target : undefined;
  } catch {
    // An object from outside may be hostile.
    return undefined;
  }
}

function activeFile(): Uri | undefined {
  const uri = window.activeTextEditor?.document.uri;
  return uri && isAccessFile(uri) ? uri : undefined;
}

async function fileOfFolder(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  const found = await Promise.all(
    folders.map(async ({ name, uri }) => {
      const file = accessFileIn(uri);
      return (await isThere(file)) ? [{ label: name, description: accessFilePath, file }] : [];
    }),
  );
  const files = found.flat();
  if (files.length > 1) {
    const picked = await pickOne(files, {
      title: accessFileTexts.heading,
      placeHolder: accessFileTexts.chooseFile,
    });
    return picked?.file;
  }
  if (files.length === 0) {
    showWithActions(window.showWarningMessage, accessFileTexts.noFile, [
      [commandTitles.createAccessFile, commandIds.createAccessFile],
    ]);
  }
  return files[0]?.file;
}

/**
 * Reads the file as it is in the editor, saved or not. Undefined after a message if it can't be read or isn't valid. The
 * document is opened each time: one that VS Code has closed keeps the text that it had.
 */
export async function readValid(uri: Uri): Promise<OpenFile | undefined> {
  const document = await openDocument(uri);
  if (!document) return undefined;
  const { reading, text, version } = await readDocument(document);
  if ('file' in reading) return { document, text, version, file: reading.file };
  const { problems, total } = reading;
  const [first] = problems;
  const message = [problemsInWords(total, total), first && inLine(first.line, problemInWords(first))];
  showWithActions(window.showErrorMessage, message.filter(Boolean).join(' '), [showProblems]);
  await window.showTextDocument(uri, { preview: false });
  return undefined;
}

/** Undefined after a message. */
async function openDocument(uri: Uri): Promise<TextDocument | undefined> {
  try {
    return await workspace.openTextDocument(uri);
  } catch (error) {
    void window.showErrorMessage(cannotReadFile(workspace.asRelativePath(uri), errorReasonOf(error)));
    return undefined;
  }
}

/** Whether the workspace is trusted. If not, a message says that nothing is planned for its file. */
export function isTrusted(): boolean {
  if (workspace.isTrusted) return true;
  showWithActions(window.showWarningMessage, accessFileTexts.untrusted, [
    [accessFileTexts.manageTrust, 'workbench.trust.manage'],
  ]);
  return false;
}

import { commands, type Uri, window, workspace } from 'vscode';
import { accessFilePath } from '../../access/accessFile/accessFilePath';
import { type AccessFileDraft, draftAccessFile } from '../../access/accessFile/draftAccessFile';
import { whyNotOrganization } from '../../access/accessFile/fileIds';
import { loadForAccessFile } from '../../access/accessFile/loadForAccessFile';
import type { Organization } from '../../access/organization';
import { inSlices } from '../../access/slices';
import { oldAfter } from '../../access/thresholds';
import { askInDialog, pickOne } from '../../editor/questions';
import { commandIds } from '../../ids';
import { draftComment, draftInWords, leftOutInWords, organizationNotForFile } from '../../words/accessFile';
import { accessFileTexts, cannotWriteFile, createdFile, listsLoaded } from '../../words/accessFileEditor';
import { commandTitles } from '../../words/titles';
import { withPlanProgress } from '../plan/planProgress';
import { showWithActions } from '../shared/errorReport';
import { ensureStillCurrent, organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import type { Command } from '../shared/services';
import { editText } from './acceptDriftIntoFile';
import { accessFileIn, isThere } from './documents';
import { learnName } from './organizationOfFile';
import { errorReasonOf } from './reasons';

/** Most checkpoints that a message names. */
const mostNamed = 3;

/**
 * Creates an access file from what is live, in a folder of the workspace: all checkpoints of the list whose permissions
 * could be loaded completely. A file that is there is replaced only when that is confirmed, by an edit that can be undone.
 */
export const createAccessFile: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  if (organization.catalog.size === 0) {
    showWithActions(
      window.showWarningMessage,
      prefixWithOrganization(organization, accessFileTexts.noCheckpoints),
      [[commandTitles.findCheckpoints, commandIds.findCheckpoints]],
    );
    return;
  }
  const folder = await askFolder();
  if (!folder) return;
  const uri = accessFileIn(folder);
  const isReplaced = await isThere(uri);
  if (isReplaced && !(await mayReplace(uri))) return;
  const draft = await makeDraft(organization);
  if (!draft || !(await ensureStillCurrent(services, organization))) return;
  try {
    if (isReplaced) await replaceText(uri, draft.text);
    // Another one may be there by now.
    else if (await isThere(uri)) return void window.showTextDocument(uri, { preview: false });
    else await workspace.fs.writeFile(uri, new TextEncoder().encode(draft.text));
    await window.showTextDocument(uri, { preview: false });
  } catch (error) {
    const path = workspace.asRelativePath(uri);
    void window.showErrorMessage(cannotWriteFile(path, errorReasonOf(error)));
    return;
  }
  report(organization, draft);
};

/** A folder of the workspace; undefined after a message or a canceled question. */
async function askFolder(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  const [first] = folders;
  if (!first) {
    showWithActions(window.showWarningMessage, accessFileTexts.noFolder, [
      [accessFileTexts.openFolder, () => commands.executeCommand('vscode.openFolder')],
    ]);
    return undefined;
  }
  if (folders.length === 1) return first.uri;
  const items = folders.map(({ name, uri }) => ({ label: name, description: accessFilePath, uri }));
  const picked = await pickOne(items, {
    title: commandTitles.createAccessFile,
    placeHolder: accessFileTexts.chooseFolder,
  });
  return picked?.uri;
}

async function mayReplace(uri: Uri): Promise<boolean> {
  const { exists, existsDetail, openFile, replaceText: replace } = accessFileTexts;
  const pressed = await askInDialog(exists, existsDetail, openFile, replace);
  if (pressed === openFile) await window.showTextDocument(uri, { preview: false });
  return pressed === replace;
}

/** Loads what isn't recent, and makes the text. Undefined after a message. Rejects when canceled. */
async function makeDraft(organization: Organization): Promise<AccessFileDraft | undefined> {
  const { catalog } = organization;
  await learnName(organization);
  const name = organization.identity?.organization;
  if (name === undefined) {
    void window.showErrorMessage(prefixWithOrganization(organization, accessFileTexts.cannotCreate));
    return undefined;
  }
  if (whyNotOrganization(name)) {
    void window.showErrorMessage(prefixWithOrganization(organization, organizationNotForFile(name)));
    return undefined;
  }
  return withPlanProgress(organization, 'notification', accessFileTexts.loading, async (progress, signal) => {
    await loadForAccessFile({ checkpoints: catalog.ids.map((id) => ({ id })) }, organization, {
      signal,
      maxAge: oldAfter,
      onProgress: (done, total) => progress.report(listsLoaded(done, total)),
    });
    return inSlices(draftAccessFile(organization, { organization: name, comment: draftComment }), signal);
  });
}

async function replaceText(uri: Uri, text: string): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const whole = { offset: 0, length: document.getText().length, content: text };
  if (!(await editText(document, [whole]))) throw new Error(accessFileTexts.notEdited);
}

function report(organization: Organization, { checkpoints, grants, leftOut }: AccessFileDraft): void {
  const now = organization.now();
  const named = leftOut.slice(0, mostNamed).map((each) => leftOutInWords(organization, each, now));
  const message = createdFile(draftInWords(checkpoints, grants, 0), named, leftOut.length - named.length);
  const show = leftOut.length > 0 ? window.showWarningMessage : window.showInformationMessage;
  void show(prefixWithOrganization(organization, message));
}

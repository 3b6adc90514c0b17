import { type TextDocument, type Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { acceptDrift } from '../../access/accessFile/editAccessFile';
import type { TextEdit } from '../../access/accessFile/jsonText';
import { inSlices } from '../../access/slices';
import { sentences } from '../../text/lists';
import { dayAt } from '../../views/accessFile/diagnostics';
import { rangeIn } from '../../views/accessFile/places';
import { acceptedReason } from '../../words/accessFile';
import * as texts from '../../words/accessFileEditor';
import { prefixWithOrganization } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';
import { accessFileFor, isTrusted, readValid } from './documents';
import { loadAndPlanInSight } from './loadPlan';
import { organizationOfFile } from './organizationOfFile';
import { isWhole, notesOf } from './planFile';

/**
 * Makes the access file say what is live, by an edit that can be undone and isn't saved. Comments and order stay. Changes
 * nothing on the server.
 */
export const acceptDriftIntoFile: Command = async (services, target) => {
  if (!isTrusted()) return;
  const uri = await accessFileFor(target);
  if (uri) await acceptInto(services, uri);
};

async function acceptInto(services: Services, uri: Uri): Promise<void> {
  const opened = await readValid(uri);
  if (!opened) return;
  const organization = await organizationOfFile(services, opened.file, () => acceptInto(services, uri));
  if (!organization) return;
  const plan = await loadAndPlanInSight(organization, opened.file, texts.accessFileTexts.checking);
  const reason = acceptedReason(dayAt(organization.now()));
  const accepted = await inSlices(acceptDrift(opened, plan, organization, { reason }), organization.closed);
  const { edits, added, removed, notTaken } = accepted;
  const unread = isWhole(plan) ? [] : notesOf(organization, { ...plan, beyond: [] });
  const tell = (message: string): void => {
    const show = unread.length > 0 ? window.showWarningMessage : window.showInformationMessage;
    const left = notTaken.length > 0 ? texts.notTakenOver(notTaken.length) : undefined;
    void show(prefixWithOrganization(organization, sentences(message, left, ...unread)));
  };
  if (edits.length === 0) {
    tell(texts.accessFileTexts.nothingToAccept);
    return;
  }
  // Another document if VS Code has closed the one that was read, whose version says nothing of the file then.
  const { document } = await window.showTextDocument(uri, { preview: false });
  if (document.getText() !== opened.text) {
    void window.showWarningMessage(texts.accessFileTexts.changedMeanwhile);
    return;
  }
  if (await editText(document, edits)) tell(texts.acceptedIntoFile(added, removed));
  else void window.showErrorMessage(texts.accessFileTexts.notEdited);
}

/** Edits an open document. Resolves to whether it could be edited. */
export function editText(document: TextDocument, edits: readonly TextEdit[]): Thenable<boolean> {
  const edit = new WorkspaceEdit();
  for (const { content, ...place } of edits) edit.replace(document.uri, rangeIn(document, place), content);
  return workspace.applyEdit(edit);
}

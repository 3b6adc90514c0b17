import { commands, type QuickPickItem, Uri, window, workspace } from 'vscode';
import { formatTable } from '../../access/evidence/export/formatTable';
import type { Format, Table } from '../../access/evidence/export/table';
import type { Organization } from '../../access/organization';
import { askWhereToSave, pickOne } from '../../editor/questions';
import { whileMaybeSlow } from '../../editor/slowWork';
import { writeInPieces } from '../../editor/writeFile';
import { APIUserAbortError } from '../../openai';
import { isoDay } from '../../text/dates';
import { presentable } from '../../text/redact';
import {
  exportTexts,
  formatInWords,
  notOpenedInWords,
  notWrittenInWords,
  savedInWords,
  writtenInWords,
} from '../../words/exports/dialogs';
import { showWithActions } from '../shared/errorReport';
import { prefixWithOrganization } from '../shared/organizationInView';

interface FormatItem extends QuickPickItem {
  readonly format: Format;
}

const endings: Readonly<Record<Format, string>> = { csv: 'csv', json: 'json', markdown: 'md' };
const formats: readonly Format[] = ['csv', 'json', 'markdown'];

export async function askFormat(organization: Organization): Promise<Format | undefined> {
  const items = formats.map((format): FormatItem => ({ format, ...formatInWords[format] }));
  const picked = await pickOne(items, {
    title: prefixWithOrganization(organization, exportTexts.title),
    placeHolder: exportTexts.formatQuestion,
    ignoreFocusOut: true,
  });
  return picked?.format;
}

/** The size, in bytes, of the largest file that is opened without a question: VS Code copies its text to extensions. */
const largestToOpen = 5_000_000;

/**
 * Asks where to save a table, writes it, and opens it, or offers to if it is large. `make` is called after the question,
 * so that the file is current. Nothing is written when canceled.
 */
export async function saveTable(
  organization: Organization,
  name: string,
  format: Format,
  make: (signal: AbortSignal) => Promise<Table>,
): Promise<void> {
  const ending = endings[format];
  const day = isoDay(organization.now());
  const file = [name, slug(organization.name), day].filter(Boolean).join('-');
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const uri = await askWhereToSave({
    title: prefixWithOrganization(organization, exportTexts.title),
    saveLabel: exportTexts.save,
    filters: { [formatInWords[format].label]: [ending] },
    defaultUri: folder ? Uri.joinPath(folder, `${file}.${ending}`) : Uri.file(`${file}.${ending}`),
  });
  if (!uri) return;
  let size: number;
  try {
    const title = prefixWithOrganization(organization, exportTexts.exporting);
    size = await whileMaybeSlow(title, async (signal, report) => {
      const pieces = formatTable(await make(signal), format);
      let reported = '';
      return writeInPieces(uri, pieces, signal, (bytes) => {
        const written = writtenInWords(bytes);
        if (written !== reported) report(written);
        reported = written;
      });
    });
  } catch (error) {
    if (error instanceof APIUserAbortError) return;
    void window.showErrorMessage(notWrittenInWords(uri.fsPath, reasonOf(error)));
    return;
  }
  await openFile(uri, size);
}

/** Opens a saved file. The file is there, whatever becomes of opening it. */
async function openFile(uri: Uri, size: number): Promise<void> {
  if (size > largestToOpen) {
    const open = (): Thenable<unknown> => commands.executeCommand('vscode.open', uri);
    const message = savedInWords(uri.fsPath, size);
    showWithActions(window.showInformationMessage, message, [[exportTexts.open, open]]);
    return;
  }
  try {
    await window.showTextDocument(await workspace.openTextDocument(uri));
  } catch (error) {
    void window.showWarningMessage(notOpenedInWords(uri.fsPath, reasonOf(error)));
  }
}

function reasonOf(error: unknown): string {
  return presentable(error instanceof Error ? error.message : String(error), []);
}

/** Converts text to a part of a file name: letters, digits and dashes. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
}

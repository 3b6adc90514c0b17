import { homedir } from 'node:os';
import { join } from 'node:path';
import { commands, type QuickPickItem, Uri, window, workspace } from 'vscode';
import { formatTable, hasAboutFile } from '../../access/evidence/export/formatTable';
import { isAboutFile } from '../../access/evidence/export/json';
import type { ExportTable, Format } from '../../access/evidence/export/table';
import type { Organization } from '../../access/organization';
import { inSlices } from '../../access/slices';
import { askInDialog, askWhereToSave, pickOne } from '../../editor/questions';
import { readRegularFile } from '../../editor/readFile';
import { whileMaybeSlow } from '../../editor/slowWork';
import { writeInPieces } from '../../editor/writeFile';
import { APIUserAbortError } from '../../openai';
import { isoDay } from '../../text/dates';
import { usesDecimalComma } from '../../text/numbers';
import { presentable } from '../../text/redact';
import {
  aboutNotWrittenInWords,
  aboutSavedInWords,
  exportTexts,
  formatInWords,
  notOpenedInWords,
  notWrittenInWords,
  replaceAboutDetail,
  replaceAboutQuestion,
  savedInWords,
  writtenInWords,
} from '../../words/exports/dialogs';
import { showWithActions } from '../shared/errorReport';
import { prefixWithOrganization } from '../shared/organizationInView';

/** The size of the largest file, in bytes, that is looked at to learn whether an earlier export wrote it. */
const largestAbout = 16 * 1024 * 1024;

interface FormatItem extends QuickPickItem {
  readonly format: Format;
}

const endings: Readonly<Record<Format, string>> = {
  csv: 'csv',
  csvSemicolons: 'csv',
  json: 'json',
  markdown: 'md',
};

/** The CSV comes first that a spreadsheet in the display language opens as a table. */
function formats(): readonly Format[] {
  const csv = usesDecimalComma() ? (['csvSemicolons', 'csv'] as const) : (['csv', 'csvSemicolons'] as const);
  return [...csv, 'json', 'markdown'];
}

export async function askFormat(organization: Organization): Promise<Format | undefined> {
  const items = formats().map((format): FormatItem => ({ format, ...formatInWords[format] }));
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
 * so that the file is current. Nothing is written when canceled. What a CSV file has no room for is written to a file
 * beside it, which replaces no other file without a question.
 */
export async function saveTable(
  organization: Organization,
  name: string,
  format: Format,
  make: (signal: AbortSignal) => Promise<ExportTable>,
): Promise<void> {
  const ending = endings[format];
  const day = isoDay(organization.now());
  const file = [name, slug(organization.name), day].filter(Boolean).join('-');
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const uri = await askWhereToSave({
    title: prefixWithOrganization(organization, exportTexts.title),
    saveLabel: exportTexts.save,
    filters: { [formatInWords[format].label]: [ending] },
    // Without a folder, the home of the person: a name alone would be at the root of a drive, where few may write.
    defaultUri: folder
      ? Uri.joinPath(folder, `${file}.${ending}`)
      : Uri.file(join(homedir(), `${file}.${ending}`)),
  });
  if (!uri) return;
  const aboutFile = hasAboutFile(format) ? aboutFileOf(uri) : undefined;
  if (aboutFile && !(await mayWriteAbout(organization, aboutFile, uri))) return;
  let size: number;
  let about: string | undefined;
  try {
    const title = prefixWithOrganization(organization, exportTexts.exporting);
    size = await whileMaybeSlow(title, async (signal, report) => {
      const formatted = await inSlices(formatTable(await make(signal), format), signal);
      about = formatted.about?.(nameOf(uri));
      let reported = '';
      return writeInPieces(uri, formatted.pieces, signal, (bytes) => {
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
  if (aboutFile && about !== undefined) await writeAbout(aboutFile, about, uri);
  await openFile(uri, size);
}

/** The file beside a file, with what that has no room for: `access.about.json` beside `access.csv`. */
function aboutFileOf(uri: Uri): Uri {
  return uri.with({ path: `${uri.path.replace(/\.csv$/i, '')}.about.json` });
}

function nameOf({ path }: Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Asks before another file is replaced. The one of an earlier export to the same file is replaced with it. */
async function mayWriteAbout(organization: Organization, aboutFile: Uri, uri: Uri): Promise<boolean> {
  if (!(await exists(aboutFile)) || (await isOfEarlierExport(aboutFile, uri))) return true;
  const question = prefixWithOrganization(organization, replaceAboutQuestion(nameOf(aboutFile)));
  const answer = await askInDialog(question, replaceAboutDetail, exportTexts.replaceAbout);
  return answer === exportTexts.replaceAbout;
}

/** A place that cannot be looked at cannot be written to either, which is told when it fails. */
async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

async function isOfEarlierExport(aboutFile: Uri, uri: Uri): Promise<boolean> {
  try {
    const bytes = await readRegularFile(aboutFile, largestAbout);
    return bytes !== undefined && isAboutFile(new TextDecoder().decode(bytes), nameOf(uri));
  } catch {
    // Something is there, and nobody knows what.
    return false;
  }
}

/** The table is saved by then, so this is small and no longer canceled. */
async function writeAbout(aboutFile: Uri, about: string, uri: Uri): Promise<void> {
  try {
    await writeInPieces(aboutFile, [about], new AbortController().signal, () => undefined);
  } catch (error) {
    const message = aboutNotWrittenInWords(uri.fsPath, nameOf(aboutFile), reasonOf(error));
    void window.showErrorMessage(message);
    return;
  }
  showWithActions(window.showInformationMessage, aboutSavedInWords(nameOf(aboutFile)), [
    [exportTexts.openAbout, () => commands.executeCommand('vscode.open', aboutFile)],
  ]);
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

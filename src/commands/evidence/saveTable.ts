import { type QuickPickItem, Uri, window, workspace } from 'vscode';
import { formatTable } from '../../access/evidence/export/formatTable';
import type { Format, Table } from '../../access/evidence/export/table';
import type { Organization } from '../../access/organization';
import { askWhereToSave, pickOne } from '../../editor/questions';
import { isoDay } from '../../text/dates';
import { presentable } from '../../text/redact';
import { exportTexts, formatInWords, notWrittenInWords } from '../../words/exports/dialogs';
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

/**
 * Asks where to save a table, writes it, and opens it. `make` is called after the question, so that the file is
 * current. Nothing is written when canceled.
 */
export async function saveTable(
  organization: Organization,
  name: string,
  format: Format,
  make: () => Table,
): Promise<void> {
  const ending = endings[format];
  const day = isoDay(organization.permissions.now());
  const file = [name, slug(organization.name), day].filter(Boolean).join('-');
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const uri = await askWhereToSave({
    title: prefixWithOrganization(organization, exportTexts.title),
    saveLabel: exportTexts.save,
    filters: { [formatInWords[format].label]: [ending] },
    defaultUri: folder ? Uri.joinPath(folder, `${file}.${ending}`) : Uri.file(`${file}.${ending}`),
  });
  if (!uri) return;
  try {
    await workspace.fs.writeFile(uri, new TextEncoder().encode(formatTable(make(), format)));
  } catch (error) {
    const why = presentable(error instanceof Error ? error.message : String(error), []);
    void window.showErrorMessage(notWrittenInWords(uri.fsPath, why));
    return;
  }
  await window.showTextDocument(await workspace.openTextDocument(uri));
}

/** Converts text to a part of a file name: letters, digits and dashes. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
}

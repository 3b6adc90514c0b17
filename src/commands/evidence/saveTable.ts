import { type QuickPickItem, Uri, window, workspace } from 'vscode';
import type { Format, Table } from '../../access/evidence/export/table';
import { written } from '../../access/evidence/export/write';
import type { Organization } from '../../access/organization';
import { escapeForMessage } from '../../editor/plainText';
import { askWhereToSave, pickOne } from '../../editor/questions';
import { titled } from '../shared/organizationInView';

interface FormatItem extends QuickPickItem {
  readonly format: Format;
}

const formats: readonly FormatItem[] = [
  {
    format: 'csv',
    label: 'CSV',
    detail: 'For spreadsheets; cells that look like formulas are made harmless',
  },
  { format: 'json', label: 'JSON', detail: 'For programs; every text whole, with ids and dates as data' },
  { format: 'markdown', label: 'Markdown', detail: 'For reading' },
];

const endings: Readonly<Record<Format, string>> = { csv: 'csv', json: 'json', markdown: 'md' };
const filters: Readonly<Record<Format, string>> = { csv: 'CSV', json: 'JSON', markdown: 'Markdown' };

export async function askFormat(organization: Organization): Promise<Format | undefined> {
  const picked = await pickOne(formats, {
    title: titled(organization, 'Export'),
    placeHolder: 'Choose the format',
    ignoreFocusOut: true,
  });
  return picked?.format;
}

/**
 * Asks where to save a table, writes it, and opens it. `make` is called when the person has said where, so that the file
 * has what is known then. Nothing is written when cancelled.
 */
export async function saveTable(
  organization: Organization,
  name: string,
  format: Format,
  make: () => Table,
): Promise<void> {
  const ending = endings[format];
  const day = new Date(organization.permissions.now()).toISOString().slice(0, 10);
  const file = [name, slug(organization.name), day].filter(Boolean).join('-');
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const uri = await askWhereToSave({
    title: titled(organization, 'Export'),
    saveLabel: 'Export',
    filters: { [filters[format]]: [ending] },
    defaultUri: folder ? Uri.joinPath(folder, `${file}.${ending}`) : Uri.file(`${file}.${ending}`),
  });
  if (!uri) return;
  try {
    await workspace.fs.writeFile(uri, new TextEncoder().encode(written(make(), format)));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(
      escapeForMessage(
        `The export could not be written to ${uri.fsPath}: ${why} Choose another place and export again.`,
        600,
      ),
    );
    return;
  }
  await window.showTextDocument(await workspace.openTextDocument(uri));
}

/** As part of a file's name: letters, digits and dashes. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
}

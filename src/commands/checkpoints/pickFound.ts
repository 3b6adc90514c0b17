import type { QuickPickItem } from 'vscode';
import type { CatalogEntry } from '../../access/catalog/catalogEntry';
import type { Organization } from '../../access/organization';
import { pickSeveral } from '../../editor/questions';
import { escapeForMessage } from '../../text/plainText';
import { checkpointLabel, count } from '../../words/names';
import { titled } from '../shared/organizationInView';

interface FoundItem extends QuickPickItem {
  readonly entry: CatalogEntry;
}

/** Asks which of the checkpoints that were found are kept in the list; all are ticked. Undefined when none is. */
export async function pickFound(
  organization: Organization,
  entries: readonly CatalogEntry[],
  known: number,
  summary: string,
): Promise<CatalogEntry[] | undefined> {
  const items = entries.map(itemOf).sort((one, other) => one.label.localeCompare(other.label));
  const also = known > 0 ? `, ${known} more in the list already` : '';
  const picked = await pickSeveral(items, {
    title: titled(organization, `Find Checkpoints · ${count(entries.length, 'new checkpoint')}${also}`),
    placeHolder: `Choose what to keep in the list. ${summary}`,
    ignoreFocusOut: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked && picked.length > 0 ? picked.map(({ entry }) => entry) : undefined;
}

function itemOf(entry: CatalogEntry): FoundItem {
  const places = entry.findings.map(({ in: place, detail }) => `${place}${detail ? ` (${detail})` : ''}`);
  return {
    entry,
    picked: true,
    label: checkpointLabel(entry.id),
    description: escapeForMessage(entry.id, 200),
    detail: escapeForMessage(`Found in: ${places.join(', ')}`, 300),
  };
}

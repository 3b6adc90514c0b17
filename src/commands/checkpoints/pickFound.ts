import type { QuickPickItem } from 'vscode';
import type { CatalogEntry } from '../../access/catalog/catalogEntry';
import type { Organization } from '../../access/organization';
import { pickSeveral } from '../../editor/questions';
import { names } from '../../text/order';
import { escapeForMessage } from '../../text/plainText';
import { findingsInWords, foundQuestion, foundTitle } from '../../words/discovery';
import { checkpointLabel } from '../../words/names';
import { prefixWithOrganization } from '../shared/organizationInView';

interface FoundItem extends QuickPickItem {
  readonly entry: CatalogEntry;
}

/** Asks which found checkpoints to add to the list. All are selected at first. Undefined when none is chosen. */
export async function pickFound(
  organization: Organization,
  entries: readonly CatalogEntry[],
  known: number,
  results: string,
): Promise<CatalogEntry[] | undefined> {
  const items = entries.map(itemOf).sort((one, other) => names.compare(one.label, other.label));
  const picked = await pickSeveral(items, {
    title: prefixWithOrganization(organization, foundTitle(entries.length, known)),
    placeHolder: foundQuestion(results),
    ignoreFocusOut: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked && picked.length > 0 ? picked.map(({ entry }) => entry) : undefined;
}

function itemOf(entry: CatalogEntry): FoundItem {
  return {
    entry,
    picked: true,
    label: checkpointLabel(entry.id),
    description: escapeForMessage(entry.id, 200),
    detail: escapeForMessage(findingsInWords(entry.findings), 300),
  };
}

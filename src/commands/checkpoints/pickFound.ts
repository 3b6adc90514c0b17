import type { QuickPickItem } from 'vscode';
import type { CatalogEntry } from '../../access/catalog/catalogEntry';
import { type FoundModel, foundByModel } from '../../access/discovery/foundByModel';
import type { Organization } from '../../access/organization';
import { newPicker } from '../../editor/questions';
import { escapeForMessage } from '../../text/plainText';
import { allOfModel, findingsInWords, foundQuestion, foundTitle } from '../../words/discovery';
import { checkpointLabel } from '../../words/names';
import { prefixWithOrganization } from '../shared/organizationInView';
import { selectWholeModels, type WholeModel } from './wholeModels';

/** The most found checkpoints that are listed without rows for their models. */
const mostWithoutModels = 10;

interface FoundItem extends QuickPickItem {
  /** Absent for the row of a model. */
  readonly entry?: CatalogEntry;
}

/**
 * Asks which found checkpoints to add to the list: by model, steps by number. All are selected at first. Of many, each
 * model with several has a row that selects and clears them all. Undefined when none is chosen.
 */
export async function pickFound(
  organization: Organization,
  entries: readonly CatalogEntry[],
  known: number,
  results: string,
): Promise<CatalogEntry[] | undefined> {
  const { items, models } = itemsOf(foundByModel(entries), entries.length > mostWithoutModels);
  const picker = newPicker<FoundItem>();
  picker.placeholder = foundQuestion(results);
  picker.canSelectMany = true;
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = items;
  picker.selectedItems = items;
  let selected: ReadonlySet<FoundItem> = new Set(items);
  const showTitle = (): void => {
    const toAdd = [...selected].filter(({ entry }) => entry).length;
    const title = foundTitle(entries.length, known, models.length > 0 ? toAdd : undefined);
    picker.title = prefixWithOrganization(organization, title);
  };
  showTitle();
  return new Promise((resolve) => {
    picker.onDidChangeSelection((now) => {
      const wanted = selectWholeModels(models, selected, new Set(now));
      selected = wanted;
      showTitle();
      const isSame = wanted.size === now.length && now.every((each) => wanted.has(each));
      if (!isSame) picker.selectedItems = items.filter((each) => wanted.has(each));
    });
    picker.onDidAccept(() => {
      const chosen = new Set(picker.selectedItems);
      const picked = items.flatMap((item) => (item.entry && chosen.has(item) ? [item.entry] : []));
      resolve(picked.length > 0 ? picked : undefined);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function itemsOf(
  found: readonly FoundModel[],
  withModels: boolean,
): { readonly items: readonly FoundItem[]; readonly models: readonly WholeModel<FoundItem>[] } {
  const items: FoundItem[] = [];
  const models: WholeModel<FoundItem>[] = [];
  for (const { id, entries } of found) {
    const checkpoints = entries.map(itemOf);
    if (withModels && checkpoints.length > 1) {
      const row: FoundItem = {
        label: `$(layers) ${checkpointLabel(id)}`,
        description: allOfModel(checkpoints.length),
      };
      items.push(row);
      models.push({ row, checkpoints });
    }
    items.push(...checkpoints);
  }
  return { items, models };
}

function itemOf(entry: CatalogEntry): FoundItem {
  return {
    entry,
    label: checkpointLabel(entry.id),
    description: escapeForMessage(entry.id, 200),
    detail: escapeForMessage(findingsInWords(entry.findings), 300),
  };
}

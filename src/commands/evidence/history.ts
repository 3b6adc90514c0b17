import { env, window } from 'vscode';
import type { HistoryFilter } from '../../access/evidence/history/filter';
import type { History } from '../../access/evidence/history/history';
import type { Organization } from '../../access/organization';
import { Histories } from '../../organizations/histories';
import type { Journals } from '../../organizations/journals';
import type { CopiedHistoryId } from '../../protocol/history';
import { safeId } from '../../views/access/history/row';
import { copiedInWords, unknownId } from '../../words/checkpointList';
import { historyRowKey, targets } from '../shared/commandArguments';
import { organizationInView } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';

/** Milliseconds that the status bar confirms a copy. */
const confirmFor = 2000;

/** The histories of a window, by its journals. */
const histories = new WeakMap<Journals, Histories>();

/** The history of an organization, created on first use. Sends no request. */
export function historyOf({ journals }: Pick<Services, 'journals'>, organization: Organization): History {
  const known = histories.get(journals) ?? new Histories(journals);
  histories.set(journals, known);
  return known.of(organization);
}

/** Opens the Access page at the history. Ignores its arguments, because view titles pass the focused row. */
export const showHistory: Command = async (services) => {
  const organization = await organizationInView(services);
  if (organization) await services.pages.open(organization, { tab: 'history' });
};

/** Opens the Access page at the history, filtered by a checkpoint or project. */
export const showItemHistory: Command = async (services, target, selection) => {
  const nodes = targets(services, target, selection, 'checkpoint', 'project');
  const organization = await organizationInView(services, nodes);
  if (!organization) return;
  const [node] = nodes;
  const filter = node && filterFor(node);
  await services.pages.open(organization, { tab: 'history', search: '', ...(filter && { filter }) });
};

function filterFor(node: { readonly kind: string }): HistoryFilter {
  const { checkpoint, project } = node as { checkpoint?: { id: string }; project?: string };
  return checkpoint
    ? { checkpoint: safeId(checkpoint.id) }
    : { ...(project !== undefined && { project: safeId(project) }) };
}

export const undoHistoryChange: Command = async ({ pages }, target) => {
  const key = historyRowKey(target);
  if (key !== undefined) await pages.send('history', { type: 'undo', key });
};

/** Copies IDs, and says in the status bar that it did. */
export async function copyIds(of: CopiedHistoryId, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) {
    void window.showInformationMessage(unknownId[of]);
    return;
  }
  await env.clipboard.writeText(ids.join('\n'));
  window.setStatusBarMessage(`$(check) ${copiedInWords(of, ids.length)}`, confirmFor);
}

import { commands, env, window } from 'vscode';
import type { HistoryFilter } from '../../access/evidence/history/filter';
import type { Organization } from '../../access/organization';
import { allowingRedraw } from '../../editor/questions';
import { viewIds } from '../../ids';
import type { ChangeNode, HistoryNode } from '../../views/history/nodes';
import { type CopiedId, copiedInWords, unknownId } from '../../words/checkpointList';
import { organizationSwitched } from '../../words/organizations';
import { effectiveRows, targets } from '../shared/commandArguments';
import { organizationInView } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';

/** Milliseconds that the status bar confirms a copy. */
const confirmFor = 2000;

/** Shows the History view. Ignores its arguments, because view titles pass the focused row. */
export const showHistory: Command = (services) => withHistory(services, show);

/** Shows the History view, filtered by a checkpoint or project. */
export const showItemHistory: Command = async (services, target, selection) => {
  const nodes = targets(services, target, selection, 'checkpoint', 'project');
  const organization = await organizationInView(services, nodes);
  if (!organization) return;
  const [node] = nodes;
  if (node) await (await services.history.open()).filterBy(organization, filterFor(node));
  await show();
};

async function show(): Promise<void> {
  await commands.executeCommand(`${viewIds.history}.focus`);
}

function filterFor(node: { readonly kind: string }): HistoryFilter {
  const { checkpoint, project } = node as { checkpoint?: { id: string }; project?: string };
  return checkpoint ? { checkpoint: checkpoint.id } : { ...(project !== undefined && { project }) };
}

/** Reloads the journal, and loads the audit log: its newest page, or what is new since it was loaded. */
export const refreshHistory: Command = (services) =>
  withHistory(services, async (organization) => {
    const { histories } = await services.history.open();
    await whileLoading(() => histories.of(organization).refresh());
  });

/** Loads the next older page of the audit log. */
export const loadOlderHistory: Command = (services) =>
  withHistory(services, async (organization) => {
    const history = (await services.history.open()).histories.of(organization);
    // The newest events come first.
    await whileLoading(() => (history.isLogUnread ? history.read() : history.readOlder()));
  });

/** Removes the filter of the history. */
export const clearHistoryFilter: Command = (services) =>
  withHistory(services, async (organization) => (await services.history.open()).filterBy(organization, {}));

/** Shows the progress bar of the view until `work` ends. */
function whileLoading<T>(work: () => Promise<T>): Promise<T> {
  return allowingRedraw(() => window.withProgress({ location: { viewId: viewIds.history } }, work));
}

async function withHistory(
  services: Services,
  act: (organization: Organization) => Promise<void>,
): Promise<void> {
  const organization = await organizationInView(services);
  if (organization) await act(organization);
}

export const copyHistoryPermissionId: Command = (services, target, selection) =>
  copy(services, target, selection, 'permission', ({ permission }) => permission);

export const copyHistoryProjectId: Command = (services, target, selection) =>
  copy(services, target, selection, 'project', ({ project }) => project);

export const copyHistoryCheckpointId: Command = (services, target, selection) =>
  copy(services, target, selection, 'checkpoint', ({ checkpoint }) => checkpoint);

async function copy(
  services: Services,
  target: unknown,
  selection: unknown,
  kind: Exclude<CopiedId, 'model'>,
  idOf: (change: ChangeNode['change']) => string | undefined,
): Promise<void> {
  const nodes = selectedChanges(services.history, target, selection);
  const organization = await organizationInView(services);
  if (!organization || nodes.length === 0) return;
  // The menu may be older than a switch of the organization.
  if (nodes.some((node) => node.organization !== organization)) {
    void window.showWarningMessage(organizationSwitched());
    return;
  }
  const ids = [...new Set(nodes.flatMap(({ change }) => idOf(change) ?? []))];
  if (ids.length === 0) {
    void window.showInformationMessage(unknownId[kind]);
    return;
  }
  await env.clipboard.writeText(ids.join('\n'));
  window.setStatusBarMessage(`$(check) ${copiedInWords(kind, ids.length)}`, confirmFor);
}

/** The changes to act on: a target row that is part of the selection means the whole selection, as in the Explorer. */
function selectedChanges(history: Services['history'], target: unknown, selection: unknown): ChangeNode[] {
  const isRow = (value: unknown): value is HistoryNode => history.isRow(value);
  const rows = effectiveRows(history.selection, target, selection, isRow);
  return rows.filter((row): row is ChangeNode => row.kind === 'change');
}

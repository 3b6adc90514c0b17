import { type MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { Change } from '../../access/evidence/history/change';
import { checkpointName, dayInWords, doubtsOf, whoInWords } from '../../access/evidence/history/words';
import type { Organization } from '../../access/organization';
import { plainText } from '../../editor/plainText';
import { ago, exactly } from '../../editor/time';
import { commandIds, itemKinds } from '../../ids';
import { paragraphs } from '../shared/tooltips';
import type { ChangeNode, HistoryFailureNode, HistoryNode, NothingNode, OlderNode } from './nodes';

/** How a row of the history looks and reads aloud. */
export function historyItem(node: HistoryNode, now: number): TreeItem {
  switch (node.kind) {
    case 'change':
      return changeItem(node, now);
    case 'older':
      return olderItem(node);
    case 'failure':
      return failureItem(node);
    case 'nothing':
      return nothingItem(node);
  }
}

function changeItem({ change, organization, logIsWhole }: ChangeNode, now: number): TreeItem {
  const item = rowOf(labelOf(organization, change));
  const { id, permission } = change;
  item.id = `${organization.id}/history/${id}`;
  const knows = change.project === undefined ? '' : '+resolved';
  item.contextValue = `${itemKinds.change}${permission ? '+permission' : ''}${knows}`;
  const isGrant = change.action === 'granted';
  item.iconPath = new ThemeIcon(
    isGrant ? 'diff-added' : 'diff-removed',
    new ThemeColor(
      isGrant ? 'gitDecoration.addedResourceForeground' : 'gitDecoration.deletedResourceForeground',
    ),
  );
  const when = ago(change.at, now);
  const who = plainText(whoInWords(change), 150);
  const doubts = doubtsOf(change, logIsWhole);
  const words = plainText(permission ?? '', 100);
  // What tells two rows of one label apart stands first: a narrow side bar shows no more.
  item.description = [`${change.action} ${when}`, who, doubts, words].filter(Boolean).join(' · ');
  const what =
    change.project === undefined ? `permission ${words || 'of unknown id'}` : spoken(organization, change);
  item.accessibilityInformation = {
    label: [
      `${isGrant ? 'Granted' : 'Revoked'} ${when}: ${what}`,
      `by ${who}`,
      doubts,
      change.project && words && `permission ${words}`,
    ]
      .filter(Boolean)
      .join(', '),
  };
  return item;
}

function labelOf(organization: Organization, change: Change): string {
  if (change.project === undefined || change.checkpoint === undefined)
    return plainText(change.permission ?? 'Unknown permission', 100);
  return `${projectOf(organization, change)} · ${plainText(checkpointName(change.checkpoint), 100)}`;
}

function spoken(organization: Organization, change: Change): string {
  const checkpoint = plainText(checkpointName(change.checkpoint ?? ''), 100);
  return `project ${projectOf(organization, change)}, checkpoint ${checkpoint}`;
}

function projectOf({ projects }: Organization, { project = '', projectName }: Change): string {
  const name = plainText(projects.nameOf(project) ?? projectName ?? '', 100);
  return name || plainText(project, 100);
}

function olderItem({ organization, backTo }: OlderNode): TreeItem {
  const item = rowOf('Load older…');
  item.id = `${organization.id}/history/older`;
  item.contextValue = itemKinds.older;
  item.iconPath = new ThemeIcon('fold-down');
  const read = backTo === undefined ? '' : `log read back to ${dayInWords(backTo)}`;
  item.description = [read, 'below: only what this computer did'].filter(Boolean).join(' · ');
  item.command = { command: commandIds.loadOlderHistory, title: 'Load Older History' };
  item.accessibilityInformation = {
    label: `Load older events of the audit log: one request. ${read || 'Nothing was read'}. Rows below it are only what this computer did.`,
  };
  return item;
}

function failureItem(node: HistoryFailureNode): TreeItem {
  const what = plainText(node.what, 300);
  const item = rowOf(what);
  item.id = `${node.organization?.id ?? 'root'}/history/failure/${node.of}`;
  item.contextValue = itemKinds.failure;
  item.iconPath = new ThemeIcon('error', new ThemeColor('list.errorForeground'));
  item.description = plainText(node.next);
  item.command = { command: commandIds.showLog, title: 'Show Log' };
  item.accessibilityInformation = {
    label: `Error: ${what}. ${item.description} Press Enter to show the log.`,
  };
  return item;
}

function nothingItem({ organization, filtered, whole }: NothingNode): TreeItem {
  const item = rowOf(filtered ? 'No change fits the filter' : 'No change of access');
  item.id = `${organization.id}/history/nothing`;
  item.iconPath = new ThemeIcon('circle-slash');
  item.description = whole ? 'in the whole audit log' : 'in what was read of the audit log';
  item.accessibilityInformation = { label: `${item.label} ${item.description}` };
  return item;
}

function rowOf(label: string): TreeItem {
  return new TreeItem(label, TreeItemCollapsibleState.None);
}

/** Made when it is hovered. Whatever came from a server is appended as text, never as Markdown. */
export function historyTooltip(node: HistoryNode, now: number): MarkdownString | undefined {
  if (node.kind === 'failure')
    return paragraphs([`${node.what}.`, node.detail, node.next, 'Click to show the log.']);
  if (node.kind !== 'change') return undefined;
  const { change, organization, logIsWhole } = node;
  const { own, logged, origin } = change;
  const isGrant = change.action === 'granted';
  return paragraphs([
    `${isGrant ? 'Granted' : 'Revoked'}: ${exactly(change.at)} (${ago(change.at, now)})`,
    `By: ${whoInWords(change)}`,
    change.project === undefined
      ? undefined
      : `Project: ${organization.projects.nameOf(change.project) ?? change.projectName ?? 'name not known'} (${change.project})`,
    change.checkpoint === undefined ? undefined : `Checkpoint: ${change.checkpoint}`,
    change.permission === undefined ? undefined : `Permission: ${change.permission}`,
    origin === undefined || origin === 'event'
      ? undefined
      : `Project and checkpoint are known from ${origins[origin]}`,
    doubtsOf(change, logIsWhole) || undefined,
    logged ? `Audit log event: ${logged.event}` : undefined,
    own ? `Done with this computer’s extension as: ${own.title}` : undefined,
    organization.isSample ? 'Sample organization: nothing here is real' : undefined,
  ]);
}

const origins = {
  'earlier event': 'an earlier event of the log',
  journal: 'this computer’s journal',
  list: 'a list of permissions that was read',
} as const;

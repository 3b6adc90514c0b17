import { type MarkdownString, ThemeColor, ThemeIcon, type TreeItem } from 'vscode';
import type { Change } from '../../access/evidence/history/change';
import type { Organization } from '../../access/organization';
import { commandIds, itemKinds } from '../../ids';
import { plainText } from '../../text/plainText';
import {
  changeFacts,
  changeRow,
  historyFailureInWords,
  loadLogRow,
  nothingRow,
  olderRow,
  whoInWords,
} from '../../words/history';
import { plainCheckpointLabel, plainProjectName } from '../../words/names';
import { failureFacts, failureSpoken } from '../../words/rows';
import { commandTitles } from '../../words/titles';
import { treeItem } from '../shared/items';
import { paragraphs } from '../shared/tooltips';
import type {
  ChangeNode,
  HistoryFailureNode,
  HistoryNode,
  LoadLogNode,
  NothingNode,
  OlderNode,
} from './nodes';

/** The tree item of a row of the History view. */
export function historyItem(node: HistoryNode, now: number): TreeItem {
  switch (node.kind) {
    case 'change':
      return changeItem(node, now);
    case 'loadLog':
      return loadLogItem(node);
    case 'older':
      return olderItem(node);
    case 'failure':
      return failureItem(node);
    case 'nothing':
      return nothingItem(node);
  }
}

function changeItem({ change, organization, isLogComplete: logIsWhole }: ChangeNode, now: number): TreeItem {
  const { id, permission } = change;
  const shown = {
    who: plainText(whoInWords(change), 150),
    permission: plainText(permission ?? '', 100),
    place: placeOf(organization, change),
  };
  const row = changeRow(change, shown, logIsWhole, now);
  const item = treeItem(`${organization.id}/history/${id}`, row);
  const knows = change.project === undefined ? '' : '+resolved';
  item.contextValue = `${itemKinds.change}${permission ? '+permission' : ''}${knows}`;
  const isGrant = change.action === 'granted';
  item.iconPath = new ThemeIcon(
    isGrant ? 'diff-added' : 'diff-removed',
    new ThemeColor(
      isGrant ? 'gitDecoration.addedResourceForeground' : 'gitDecoration.deletedResourceForeground',
    ),
  );
  return item;
}

function placeOf(organization: Organization, { project, projectName, checkpoint }: Change) {
  if (project === undefined || checkpoint === undefined) return undefined;
  return {
    project: plainProjectName(organization, project, projectName),
    checkpoint: plainCheckpointLabel(checkpoint, organization),
  };
}

function loadLogItem({ organization, requests }: LoadLogNode): TreeItem {
  const item = treeItem(`${organization.id}/history/loadLog`, loadLogRow(requests));
  item.iconPath = new ThemeIcon('cloud-download');
  item.command = { command: commandIds.refreshHistory, title: commandTitles.refreshHistory };
  return item;
}

function olderItem({ organization, backTo }: OlderNode): TreeItem {
  const item = treeItem(`${organization.id}/history/older`, olderRow(backTo));
  item.contextValue = itemKinds.older;
  item.iconPath = new ThemeIcon('fold-down');
  item.command = { command: commandIds.loadOlderHistory, title: commandTitles.loadOlderHistory };
  return item;
}

function failureItem({ organization, failure }: HistoryFailureNode): TreeItem {
  const { title, next } = historyFailureInWords(failure);
  const label = plainText(title, 300);
  const description = plainText(next);
  const row = { label, description, spoken: failureSpoken(label, description) };
  const item = treeItem(`${organization.id}/history/failure/${failure.of}`, row);
  item.contextValue = itemKinds.failure;
  item.iconPath = new ThemeIcon('error', new ThemeColor('list.errorForeground'));
  item.command = { command: commandIds.showLog, title: commandTitles.showLog };
  return item;
}

function nothingItem(node: NothingNode): TreeItem {
  const item = treeItem(`${node.organization.id}/history/nothing`, nothingRow(node));
  item.iconPath = new ThemeIcon('circle-slash');
  return item;
}

/** Makes the tooltip of a row when it is hovered. Text from a server is appended as text, never as Markdown. */
export function historyTooltip(node: HistoryNode, now: number): MarkdownString | undefined {
  if (node.kind === 'failure') {
    const { title, detail, next } = historyFailureInWords(node.failure);
    return paragraphs(failureFacts(title, detail, next));
  }
  if (node.kind !== 'change') return undefined;
  const { change, organization, isLogComplete: logIsWhole } = node;
  const { project, projectName } = change;
  const name = project === undefined ? undefined : (organization.projects.nameOf(project) ?? projectName);
  return paragraphs(changeFacts(change, name, organization.isSample, logIsWhole, now));
}

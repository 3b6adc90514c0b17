import { ThemeColor, ThemeIcon, type TreeItem } from 'vscode';
import { hasShutDown } from '../../access/catalog/shutdown';
import { parseCheckpointId, shortName } from '../../access/ids/checkpointId';
import { commandIds, itemKinds } from '../../ids';
import { sentences } from '../../text/lists';
import { plainText } from '../../text/plainText';
import {
  checkpointRow,
  modelRow,
  moreRow,
  noPermissionsRow,
  olderRowsBelow,
  permissionRangeRow,
  permissionRow,
} from '../../words/checkpoints';
import { plainCheckpointLabel } from '../../words/names';
import { failureSpoken } from '../../words/rows';
import { commandTitles } from '../../words/titles';
import { checkpointIcon, treeItem } from '../shared/items';
import {
  type CheckpointNode,
  type FailureNode,
  itemId,
  type ModelNode,
  type MoreNode,
  type Node,
  type NoneNode,
  type PermissionNode,
  type RangeNode,
} from '../shared/nodes';
import { projectInWords } from '../shared/projectInWords';
import type { ModelChildren } from './arrangedRoot';

/** What a checkpoint's row says besides its own facts. */
interface CheckpointNotes {
  /** An additional note, usually empty. */
  readonly note: string;
  /** The row of its model says when it shuts down. */
  readonly isEndSaidAbove: boolean;
}

/**
 * The tree item of a node; {@link modelItem} makes those of models. Tooltips and what Enter opens are made when they are
 * needed (`resolveItem.ts`). `now` in milliseconds since 1970.
 */
export function itemFor(
  node: Exclude<Node, ModelNode>,
  now: number,
  notes: CheckpointNotes = { note: '', isEndSaidAbove: false },
): TreeItem {
  switch (node.kind) {
    case 'checkpoint':
      return checkpointItem(node, now, notes);
    case 'range':
      return rangeItem(node, now);
    case 'permission':
      return permissionItem(node, now);
    case 'more':
      return moreItem(node);
    case 'none':
      return noneItem(node);
    case 'failure':
      return failureItem(node, now);
  }
}

function checkpointItem(
  node: CheckpointNode,
  now: number,
  { note, isEndSaidAbove }: CheckpointNotes,
): TreeItem {
  const { checkpoint, organization } = node;
  const { id, step } = checkpoint;
  const shutdown = organization.endOf(id);
  const names = {
    id: plainText(id),
    name: plainText(shortName(checkpoint), 100),
    baseModel: plainText(checkpoint.baseModel, 100),
    step,
    isShared: organization.catalog.isNameShared(id),
    isUnderModel: node.model !== undefined,
    isSample: organization.isSample,
  };
  const facts = {
    standing: organization.standingOf(id),
    shutdown: isEndSaidAbove ? undefined : shutdown,
    note,
  };
  const item = treeItem(itemId(node), checkpointRow(names, facts, now), true);
  item.contextValue = itemKinds.checkpoint;
  item.iconPath = checkpointIcon(step, shutdown, now);
  return item;
}

function permissionItem(node: PermissionNode, now: number): TreeItem {
  const { permission, parent } = node;
  const project = projectInWords(parent.organization, permission.project_id);
  const names = {
    permission: plainText(permission.id, 100),
    checkpoint: plainCheckpointLabel(parent.checkpoint.id, parent.organization),
  };
  const item = treeItem(itemId(node), permissionRow(project, names, permission.created_at * 1000, now));
  item.contextValue = itemKinds.permission;
  item.iconPath = new ThemeIcon(project.icon);
  return item;
}

function rangeItem(node: RangeNode, now: number): TreeItem {
  const { from, permissions, known } = node;
  const grantedAt = (index: number): number => (permissions.at(index)?.created_at ?? 0) * 1000;
  const item = treeItem(
    itemId(node),
    permissionRangeRow(
      { from, count: permissions.length, all: known, newest: grantedAt(0), oldest: grantedAt(-1) },
      now,
    ),
    true,
  );
  item.iconPath = new ThemeIcon('list-ordered');
  return item;
}

function moreItem(node: MoreNode): TreeItem {
  const item = treeItem(itemId(node), moreRow(node.shown));
  item.contextValue = itemKinds.more;
  item.iconPath = new ThemeIcon('fold-down');
  item.command = { command: commandIds.loadMore, title: commandTitles.loadMore, arguments: [node] };
  return item;
}

function noneItem(node: NoneNode): TreeItem {
  const item = treeItem(
    itemId(node),
    noPermissionsRow(plainCheckpointLabel(node.parent.checkpoint.id, node.parent.organization)),
  );
  item.iconPath = new ThemeIcon('circle-slash');
  return item;
}

function failureItem(node: FailureNode, now: number): TreeItem {
  const label = plainText(node.what, 200);
  const description = sentences(
    node.olderStanding && olderRowsBelow(node.olderStanding, now),
    plainText(node.next),
  );
  const item = treeItem(itemId(node), { label, description, spoken: failureSpoken(label, description) });
  item.contextValue = node.parent ? `${itemKinds.failure}+retry` : itemKinds.failure;
  item.iconPath = new ThemeIcon('error', new ThemeColor('list.errorForeground'));
  item.command = { command: commandIds.showLog, title: commandTitles.showLog };
  return item;
}

/** The tree item of a fine-tuned model, the parent of its checkpoints. */
export function modelItem(
  node: ModelNode,
  { shown, listed, shutdown }: ModelChildren,
  now: number,
): TreeItem {
  const parsed = parseCheckpointId(node.id);
  const names = {
    id: plainText(node.id),
    name: plainText(parsed ? shortName(parsed) : node.id, 100),
    isShared: node.organization.catalog.isNameShared(node.id),
  };
  const item = treeItem(itemId(node), modelRow(names, { shown: shown.length, listed }, shutdown, now), true);
  item.contextValue = itemKinds.model;
  item.iconPath = new ThemeIcon(shutdown && hasShutDown(shutdown, now) ? 'stop-circle' : 'layers');
  return item;
}

import { ThemeIcon, type TreeItem } from 'vscode';
import type { AccessByProject, ProjectAccessList } from '../../access/catalog/accessByProject';
import { shortName } from '../../access/ids/checkpointId';
import { standingOfAnswer } from '../../access/loading/standing';
import { commandIds, itemKinds } from '../../ids';
import { plainText } from '../../text/plainText';
import { plainCheckpointLabel, plainProjectName } from '../../words/names';
import { extentRow, grantRow, projectRangeRow, projectRow, unknownRow } from '../../words/projects';
import { standingInWords } from '../../words/standing';
import { commandTitles } from '../../words/titles';
import { checkpointIcon, treeItem } from '../shared/items';
import {
  type ExtentNode,
  itemId,
  type NotKnownNode,
  type PermissionNode,
  type ProjectNode,
  type ProjectRangeNode,
  type ProjectsNode,
} from '../shared/nodes';
import { projectInWords } from '../shared/projectInWords';
import type { ProjectRows } from './projectRows';

/** The tree item of a row of the By Project view. */
export function projectItemFor(node: ProjectsNode, rows: ProjectRows, now: number): TreeItem {
  switch (node.kind) {
    case 'extent':
      return extentItem(node, rows.extent, now);
    case 'project':
      return projectItem(node, rows.list(node));
    case 'projectRange':
      return rangeItem(node);
    case 'permission':
      return permissionItem(node, now);
    case 'notKnown':
      return unknownItem(node);
  }
}

const loadAll = { command: commandIds.completeByProject, title: commandTitles.completeByProject };

function extentItem(node: ExtentNode, extent: AccessByProject, now: number): TreeItem {
  const item = treeItem(itemId(node), extentRow(extent, now));
  const isWhole = extent.whole === extent.listed;
  item.contextValue = isWhole ? itemKinds.extent : `${itemKinds.extent}+incomplete`;
  item.iconPath = new ThemeIcon(isWhole ? 'check-all' : 'info');
  if (!isWhole) item.command = loadAll;
  return item;
}

function projectItem(node: ProjectNode, { grants, notKnown }: ProjectAccessList): TreeItem {
  const project = projectInWords(node.organization, node.project);
  const canUse = new Set(grants.map(({ facts }) => facts.checkpoint.id)).size;
  const item = treeItem(itemId(node), projectRow(project, { canUse, unknown: notKnown }), true);
  item.contextValue = itemKinds.project;
  item.iconPath = new ThemeIcon(project.icon);
  return item;
}

function rangeItem(node: ProjectRangeNode): TreeItem {
  const { from, projects, known, organization } = node;
  const nameAt = (index: number): string => {
    const project = projects.at(index);
    return project === undefined ? '' : projectInWords(organization, project).label;
  };
  const range = { from, count: projects.length, all: known, first: nameAt(0), last: nameAt(-1) };
  const item = treeItem(itemId(node), projectRangeRow(range), true);
  item.iconPath = new ThemeIcon('list-ordered');
  return item;
}

/** The item of a permission under its project, labeled with its checkpoint. */
function permissionItem(node: PermissionNode, now: number): TreeItem {
  const { parent, permission, answeredAt } = node;
  const { organization, checkpoint } = parent;
  const names = {
    checkpoint: plainText(shortName(checkpoint), 100),
    checkpointId: plainText(checkpoint.id),
    permission: plainText(permission.id, 100),
    spokenCheckpoint: plainCheckpointLabel(checkpoint.id, organization),
    project: plainProjectName(organization, permission.project_id),
  };
  const standing =
    answeredAt === undefined ? organization.standingOf(checkpoint.id) : standingOfAnswer(1, answeredAt, now);
  const shutdown = organization.endOf(checkpoint.id);
  const facts = {
    standing: standingInWords(standing, now),
    grantedAt: permission.created_at * 1000,
    shutdown,
  };
  const item = treeItem(itemId(node), grantRow(names, facts, now));
  item.contextValue = itemKinds.permission;
  item.iconPath = checkpointIcon(checkpoint.step, shutdown, now);
  return item;
}

function unknownItem(node: NotKnownNode): TreeItem {
  const item = treeItem(itemId(node), unknownRow(node.checkpoints));
  item.contextValue = itemKinds.notKnown;
  item.iconPath = new ThemeIcon('question');
  item.command = loadAll;
  return item;
}

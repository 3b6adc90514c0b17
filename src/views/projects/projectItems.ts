import { type MarkdownString, ThemeIcon, type TreeItem } from 'vscode';
import type { AccessByProject, ProjectAccessList } from '../../access/catalog/accessByProject';
import { shortName } from '../../access/ids/checkpointId';
import { standingOfAnswer } from '../../access/loading/standing';
import { commandIds, itemKinds } from '../../ids';
import { plainText } from '../../text/plainText';
import { plainCheckpointLabel, plainProjectName } from '../../words/names';
import {
  extentFacts,
  extentRow,
  grantRow,
  projectAccessFacts,
  projectRangeRow,
  projectRow,
  unknownRow,
  withoutFacts,
  withoutRow,
} from '../../words/projects';
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
  type WithoutNode,
} from '../shared/nodes';
import { projectFacts, projectInWords } from '../shared/projectInWords';
import { paragraphs, tooltipFor } from '../shared/tooltips';
import type { ProjectRows } from './projectRows';

/** The tree item of a row of the By Project view. */
export function projectItemFor(node: ProjectsNode, rows: ProjectRows, now: number): TreeItem {
  switch (node.kind) {
    case 'extent':
      return extentItem(node, rows.extent, now);
    case 'without':
      return withoutItem(node, rows);
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

/** How many projects a row names. */
const fewNames = 3;

function withoutItem(node: WithoutNode, rows: ProjectRows): TreeItem {
  const { without } = rows.extent;
  const row = withoutRow(rows.extent, rows.firstWithout(fewNames)) ?? {
    label: '',
    description: '',
    spoken: '',
  };
  const item = treeItem(itemId(node), row);
  item.iconPath = new ThemeIcon('circle-slash');
  if (!without.areAllProjectsKnown)
    item.command = { command: commandIds.refreshProjects, title: commandTitles.refreshProjects };
  else if (without.known === 'unknown') item.command = loadAll;
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
    isShared: organization.catalog.isNameShared(checkpoint.id),
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

/** How many projects a tooltip names. */
const moreNames = 20;

/** The tooltip of a row, made on hover; undefined where the spoken text of the row says it all. */
export function projectsTooltip(
  node: ProjectsNode,
  rows: ProjectRows,
  now: number,
): MarkdownString | undefined {
  switch (node.kind) {
    case 'extent':
      return paragraphs(extentFacts(rows.extent, now));
    case 'without':
      return paragraphs(withoutFacts(rows.extent, rows.firstWithout(moreNames)));
    case 'project':
      return paragraphs(
        projectAccessFacts(projectFacts(node.organization, node.project, now), accessOf(node, rows)),
      );
    default:
      return tooltipFor(node, now);
  }
}

function accessOf(node: ProjectNode, rows: ProjectRows): Parameters<typeof projectAccessFacts>[1] {
  const { organization, project } = node;
  const { grants, notKnown } = rows.list(node);
  const granted = new Set(grants.map(({ facts }) => facts.checkpoint.id));
  const owners = organization.catalog.ids.map((id) => [id, organization.ownerOf(id)] as const);
  return {
    canUse: granted.size,
    owns: owners.filter(([, owner]) => owner === project).length,
    unknown: notKnown,
    mayOwn: owners.filter(([id, owner]) => owner === undefined && !granted.has(id)).length,
  };
}

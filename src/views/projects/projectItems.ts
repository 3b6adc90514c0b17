import { ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { ByProject, ProjectAccessList } from '../../access/catalog/byProject';
import { shortName } from '../../access/ids/checkpointId';
import { plainText } from '../../editor/plainText';
import { ago } from '../../editor/time';
import { commandIds, itemKinds } from '../../ids';
import { itemId } from '../shared/items';
import type {
  ExtentNode,
  NotKnownNode,
  PermissionNode,
  ProjectNode,
  ProjectRangeNode,
  ProjectsNode,
} from '../shared/nodes';
import { projectInWords } from '../shared/projectInWords';
import { endOf } from '../shared/retirementWords';
import type { ProjectRows } from './projectRows';

/** How a row of the reverse view looks and reads aloud. */
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
      return notKnownItem(node);
  }
}

const complete = { command: commandIds.completeByProject, title: 'Complete By Project…' };

function extentItem(
  node: ExtentNode,
  { whole, listed, failed, outdated, oldest }: ByProject,
  now: number,
): TreeItem {
  const isWhole = whole === listed;
  const checkpoints = `checkpoint${listed === 1 ? '' : 's'}`;
  const label = isWhole
    ? `From all ${listed} ${checkpoints}`
    : `From ${whole} of ${listed} ${checkpoints} read completely`;
  const item = new TreeItem(label, TreeItemCollapsibleState.None);
  item.id = itemId(node);
  const isCurrent = isWhole && outdated === 0;
  item.contextValue = isCurrent ? itemKinds.extent : `${itemKinds.extent}+incomplete`;
  item.iconPath = new ThemeIcon(isWhole ? 'check-all' : 'info');
  item.description = [
    oldest === undefined ? '' : `oldest read ${ago(oldest, now)}`,
    outdated === 0 ? '' : `${outdated} read before your refresh`,
    failed === 0 ? '' : `${failed} could not be read`,
    isWhole ? '' : 'the rest is not known',
  ]
    .filter(Boolean)
    .join(' · ');
  if (!isCurrent) item.command = complete;
  item.accessibilityInformation = {
    label: `${label}. ${item.description}${isCurrent ? '' : '. Press Enter to complete it.'}`,
  };
  return item;
}

function projectItem(node: ProjectNode, { grants, notKnown }: ProjectAccessList): TreeItem {
  const words = projectInWords(node.organization, node.project);
  const item = new TreeItem(words.label, TreeItemCollapsibleState.Collapsed);
  item.id = itemId(node);
  item.contextValue = itemKinds.project;
  item.iconPath = new ThemeIcon(words.icon);
  const checkpoints = countOf(new Set(grants.map(({ facts }) => facts.checkpoint.id)).size);
  const rest = notKnown === 0 ? '' : `not known for ${notKnown}`;
  item.description = [checkpoints, rest, words.note, words.id].filter(Boolean).join(' · ');
  item.accessibilityInformation = {
    label: [`Project ${words.spoken}`, `may use ${checkpoints}`, rest && `${rest} more`]
      .filter(Boolean)
      .join(', '),
  };
  return item;
}

const number = new Intl.NumberFormat('en');

function rangeItem(node: ProjectRangeNode): TreeItem {
  const { from, projects, known, organization } = node;
  const places = `${number.format(from + 1)} to ${number.format(from + projects.length)}`;
  const item = new TreeItem(`Projects ${places}`, TreeItemCollapsibleState.Collapsed);
  item.id = itemId(node);
  item.iconPath = new ThemeIcon('list-ordered');
  const [first, last] = [projects[0], projects.at(-1)].map((each) =>
    each === undefined ? '' : projectInWords(organization, each).label,
  );
  item.description = `${first} to ${last}`;
  item.accessibilityInformation = {
    label: `Projects ${places} of ${number.format(known)}, ${item.description}`,
  };
  return item;
}

/** A permission under its project, named by the checkpoint that it is for. */
function permissionItem(node: PermissionNode, now: number): TreeItem {
  const { parent, permission } = node;
  const name = plainText(shortName(parent.checkpoint), 100);
  const item = new TreeItem(name, TreeItemCollapsibleState.None);
  item.id = itemId(node);
  item.contextValue = itemKinds.permission;
  const end = endOf(parent, now);
  item.iconPath = new ThemeIcon(
    end?.ended ? 'stop-circle' : parent.checkpoint.step === undefined ? 'package' : 'git-commit',
  );
  const granted = ago(permission.created_at * 1000, now);
  const { beforeChange, outdated, failure } = parent.organization.permissions.snapshot(parent.checkpoint.id);
  const stale = beforeChange
    ? 'before your last change'
    : failure?.during === 'read'
      ? 'could not be read again'
      : outdated
        ? 'read before your refresh'
        : '';
  const id = plainText(permission.id, 100);
  item.description = [stale, granted, id, end?.words, plainText(parent.checkpoint.id)]
    .filter(Boolean)
    .join(' · ');
  const project = projectInWords(parent.organization, permission.project_id);
  item.accessibilityInformation = {
    label: [
      `Checkpoint ${name} may be used by ${project.label}`,
      `granted ${granted}`,
      stale,
      end?.words,
      `permission ${id}`,
    ]
      .filter(Boolean)
      .join(', '),
  };
  return item;
}

function notKnownItem(node: NotKnownNode): TreeItem {
  const item = new TreeItem(`Not known for ${countOf(node.checkpoints)}`, TreeItemCollapsibleState.None);
  item.id = itemId(node);
  item.contextValue = itemKinds.notKnown;
  item.iconPath = new ThemeIcon('question');
  item.description = 'not all of their permissions were read';
  item.command = complete;
  item.accessibilityInformation = {
    label: `${item.label}: ${item.description}. Press Enter to read them.`,
  };
  return item;
}

function countOf(checkpoints: number): string {
  return `${checkpoints} checkpoint${checkpoints === 1 ? '' : 's'}`;
}

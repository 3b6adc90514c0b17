import type { MarkdownString, TreeItem } from 'vscode';
import { Uri } from 'vscode';
import { commandTitles } from '../../words/titles';
import { permissionAddress } from '../details/addresses';
import type { AnyNode } from './nodes';
import { paragraphs, tooltipFor } from './tooltips';

/**
 * Adds to an item what a person needs of it only when they hover over it or open it: its tooltip, and for a permission
 * the details that a click or Enter opens. `label`: the organization's, where there are several. `now` in milliseconds
 * since 1970.
 */
export function resolveItem(
  item: TreeItem,
  node: AnyNode,
  label: string,
  now: number,
  tooltip: MarkdownString | undefined = tooltipFor(node, now),
): TreeItem {
  item.tooltip = tooltip ?? paragraphs([item.accessibilityInformation?.label ?? '']);
  if (node.kind === 'permission') {
    const { organization } = node.parent;
    // Opens as a file does: a click keeps the keyboard in the tree, a second one keeps the tab.
    item.command = {
      command: 'vscode.open',
      title: commandTitles.showDetails,
      arguments: [
        Uri.from(permissionAddress(organization, node.parent.checkpoint.id, node.permission, label)),
      ],
    };
  }
  return item;
}

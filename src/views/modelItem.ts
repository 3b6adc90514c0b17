import { ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { parseCheckpointId, shortName } from '../access/checkpointId';
import { plainText } from '../editor/plainText';
import { itemKinds } from '../ids';
import type { UnderModel } from './arrangedRoot';
import { itemId } from './items';
import type { ModelNode } from './nodes';
import { type End, endOf } from './retirementWords';

/** How a fine-tuned model looks that stands over its checkpoints. */
export function modelItem(node: ModelNode, under: UnderModel, now: number): TreeItem {
  const parsed = parseCheckpointId(node.id);
  const name = plainText(parsed ? shortName(parsed) : node.id, 100);
  const item = new TreeItem(name, TreeItemCollapsibleState.Collapsed);
  item.id = itemId(node);
  item.contextValue = itemKinds.model;
  const end = commonEnd(under, now);
  item.iconPath = new ThemeIcon(end?.ended ? 'stop-circle' : 'layers');
  const count = countOf(under);
  item.description = [count, end?.words, plainText(node.id)].filter(Boolean).join(' · ');
  item.accessibilityInformation = {
    label: [`Fine-tuned model ${name}`, count, end?.words].filter(Boolean).join(', '),
  };
  return item;
}

/** `3 checkpoints`, or `1 of 3 checkpoints shown` where a filter hides the others. */
function countOf({ shown, listed }: UnderModel): string {
  const checkpoints = `${listed} checkpoint${listed === 1 ? '' : 's'}`;
  return shown.length === listed ? checkpoints : `${shown.length} of ${checkpoints} shown`;
}

/** When all of it ends, if that is one and the same day. */
function commonEnd({ shown }: UnderModel, now: number): End | undefined {
  const [first, ...others] = shown.map((node) => endOf(node, now));
  return others.every((end) => end?.words === first?.words) ? first : undefined;
}

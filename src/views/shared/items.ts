import { ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { hasShutDown, type Shutdown } from '../../access/catalog/shutdown';
import type { RowInWords } from '../../words/rows';

/** The tree item of a row, in any tree. */
export function treeItem(
  id: string,
  { label, description, spoken }: RowInWords,
  isCollapsible = false,
): TreeItem {
  const state = isCollapsible ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
  const item = new TreeItem(label, state);
  item.id = id;
  item.description = description;
  item.accessibilityInformation = { label: spoken };
  return item;
}

/** The icon of a checkpoint. `step` is absent for a final model; `now` in milliseconds since 1970. */
export function checkpointIcon(
  step: number | undefined,
  shutdown: Shutdown | undefined,
  now: number,
): ThemeIcon {
  const icon = step === undefined ? 'package' : 'git-commit';
  return new ThemeIcon(shutdown && hasShutDown(shutdown, now) ? 'stop-circle' : icon);
}

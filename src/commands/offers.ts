import { commands } from 'vscode';
import type { Explanation } from '../access/explain';
import { commandIds, settingIds } from '../ids';
import type { Button } from './messages';

/** The button that an explanation suggests, if it suggests one that works anywhere. */
export function offerOf({ offer }: Explanation): Button[] {
  if (offer === 'setAdminKey') return [['Set Admin Key…', commandIds.setAdminKey]];
  return offer === 'settings' ? [openSettings] : [];
}

export const openSettings: Button = [
  'Open Settings',
  () => commands.executeCommand('workbench.action.openSettings', settingIds.baseUrl),
];

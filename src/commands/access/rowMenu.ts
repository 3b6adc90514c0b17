import type { HistoryRequest } from '../../protocol/history';
import type { RowAct } from '../../protocol/rowMenu';
import { historyRowKey, tableRow } from '../shared/commandArguments';
import type { Command } from '../shared/services';

// The menus of rows of the Access page. The page looks the row up, and believes nothing else.

export const showRowDetails: Command = ofRow('details', (key) => ({ type: 'details', key }));

export const stageRow: Command = ofRow('stage');

export const copyRowPermissionId: Command = ofRow('permission', (key) => ({
  type: 'copyOf',
  of: 'permission',
  key,
}));

export const copyRowProjectId: Command = ofRow('project', (key) => ({ type: 'copyOf', of: 'project', key }));

export const copyRowCheckpointId: Command = ofRow('checkpoint', (key) => ({
  type: 'copyOf',
  of: 'checkpoint',
  key,
}));

/**
 * Sends a request about the row of a menu to the page that has the focus. `ofHistory`: the request about a change, whose
 * rows have numbers.
 */
function ofRow(act: RowAct, ofHistory?: (key: number) => HistoryRequest): Command {
  return async ({ pages }, target) => {
    const row = tableRow(target);
    const change = historyRowKey(target);
    if (row) await pages.send(row.tab, { type: 'menu', menu: { act, key: row.key } });
    else if (change !== undefined && ofHistory) await pages.send('history', ofHistory(change));
  };
}

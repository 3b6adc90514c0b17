import type { QuickPickItem } from 'vscode';
import type { Sort } from '../../access/catalog/arrangement';
import { pickOne } from '../../editor/questions';
import type { Command } from '../shared/services';

/** Puts the final model and its steps under one node. Asks the server nothing, as nothing here does. */
export const groupByModel: Command = ({ choices }) => choices.arrangeBy({ grouping: 'model' });

export const showAsFlatList: Command = ({ choices }) => choices.arrangeBy({ grouping: 'flat' });

interface SortItem extends QuickPickItem {
  readonly sort: Sort;
}

const ways: readonly SortItem[] = [
  { sort: 'added', label: 'Order of the List', detail: 'As the checkpoints were added' },
  { sort: 'name', label: 'Name', detail: 'From A to Z, steps by their number' },
  {
    sort: 'date',
    label: 'Date',
    detail:
      'Newest first: when the checkpoint was made where that is known, else its newest permission that was read. Unknown last',
  },
  {
    sort: 'permissions',
    label: 'Number of Permissions',
    detail: 'Most first, as far as they were read. What was not read comes last',
  },
];

/** Asks by what to put the list in order. Checkpoints that have ended stand below the others in any order. */
export const sortBy: Command = async ({ choices }) => {
  const { sort } = choices.arrangement;
  const items = ways.map((way) => (way.sort === sort ? { ...way, description: 'current' } : way));
  const picked = await pickOne(items, {
    title: 'Sort By',
    placeHolder: 'Checkpoints whose model has ended stand below the others in any order',
  });
  if (picked) await choices.arrangeBy({ sort: picked.sort });
};

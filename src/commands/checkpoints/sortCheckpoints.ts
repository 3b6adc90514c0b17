import type { QuickPickItem } from 'vscode';
import { type Sort, sorts } from '../../access/catalog/arrangement';
import { pickOne } from '../../editor/questions';
import { currentChoice, sortChoices, sortQuestion } from '../../words/checkpointList';
import type { Command } from '../shared/services';

/** Groups checkpoints under their final models. No command of this file sends a request. */
export const viewAsTree: Command = ({ choices }) => choices.arrangeBy({ grouping: 'model' });

export const viewAsList: Command = ({ choices }) => choices.arrangeBy({ grouping: 'flat' });

interface SortItem extends QuickPickItem {
  readonly sort: Sort;
}

/** Asks for the order of the list. Checkpoints that have shut down are last in every order. */
export const sortCheckpoints: Command = async ({ choices }) => {
  const { sort } = choices.arrangement;
  const items = sorts.map(
    (each): SortItem => ({
      sort: each,
      ...sortChoices[each],
      ...(each === sort && { description: currentChoice }),
    }),
  );
  const picked = await pickOne(items, sortQuestion);
  if (picked) await choices.arrangeBy({ sort: picked.sort });
};

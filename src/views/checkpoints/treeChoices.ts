import type { Memento } from 'vscode';
import { type Arrangement, sorts } from '../../access/catalog/arrangement';
import { TreeFilters } from '../shared/treeFilters';

const arrangementKey = 'arrangement';

/** The arrangement of the Checkpoints tree in this window, and its filter of each organization. */
export class TreeChoices extends TreeFilters {
  #arrangement: Arrangement;

  constructor(memory: Memento) {
    super(memory, 'filters');
    this.#arrangement = parseArrangement(memory.get(arrangementKey));
  }

  get arrangement(): Arrangement {
    return this.#arrangement;
  }

  async arrangeBy(change: Partial<Arrangement>): Promise<void> {
    this.#arrangement = { ...this.#arrangement, ...change };
    this.announce();
    await this.memory.update(arrangementKey, this.#arrangement);
  }
}

/** Stored values may come from another version or be corrupt. */
function parseArrangement(stored: unknown): Arrangement {
  const { grouping, sort } = (stored ?? {}) as Partial<Arrangement>;
  return {
    grouping: grouping === 'model' ? 'model' : 'flat',
    sort: sorts.find((each) => each === sort) ?? 'added',
  };
}

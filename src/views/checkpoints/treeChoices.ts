import { type Disposable, EventEmitter, type Memento } from 'vscode';
import { type Arrangement, sorts } from '../../access/catalog/arrangement';
import { type Filter, isFiltering } from '../../access/catalog/filter';

const arrangementKey = 'arrangement';
const filtersKey = 'filters';

/** Filters by the ID of their organization. */
type Filters = Readonly<Record<string, Filter>>;

/**
 * The arrangement of the tree in this window, and the filter of each organization. Stored in the workspace state, so
 * they survive a restart.
 */
export class TreeChoices implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #arrangement: Arrangement;
  #filters: Filters;
  #preview: { readonly organization: string; readonly filter: Filter } | undefined;

  constructor(private readonly memory: Memento) {
    this.#arrangement = parseArrangement(memory.get(arrangementKey));
    this.#filters = parseFilters(memory.get(filtersKey));
  }

  get arrangement(): Arrangement {
    return this.#arrangement;
  }

  /** The filter of an organization; empty when all checkpoints are shown. */
  filterOf({ id }: { readonly id: string }): Filter {
    return this.#preview?.organization === id ? this.#preview.filter : (this.#filters[id] ?? {});
  }

  async arrangeBy(change: Partial<Arrangement>): Promise<void> {
    this.#arrangement = { ...this.#arrangement, ...change };
    this.#changed.fire();
    await this.memory.update(arrangementKey, this.#arrangement);
  }

  async filterBy({ id }: { readonly id: string }, filter: Filter): Promise<void> {
    this.#preview = undefined;
    const { [id]: _before, ...others } = this.#filters;
    this.#filters = isFiltering(filter) ? { ...others, [id]: filter } : others;
    this.#changed.fire();
    await this.memory.update(filtersKey, this.#filters);
  }

  /** Applies a filter temporarily, until a filter is chosen or undefined ends the preview. */
  preview({ id }: { readonly id: string }, filter: Filter | undefined): void {
    this.#preview = filter && { organization: id, filter };
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
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

function parseFilters(stored: unknown): Filters {
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored).flatMap(([id, filter]) => {
      const usable = parseFilter(filter);
      return isFiltering(usable) ? [[id, usable]] : [];
    }),
  );
}

function parseFilter(stored: unknown): Filter {
  const { text, project, endsWithin } = (stored ?? {}) as Partial<Record<keyof Filter, unknown>>;
  return {
    ...(typeof text === 'string' && { text }),
    ...(typeof project === 'string' && { project }),
    ...(typeof endsWithin === 'number' && { endsWithin }),
  };
}

import { type Disposable, EventEmitter, type Memento } from 'vscode';
import { type Filter, isFiltering } from '../../access/catalog/filter';

/** Filters by the ID of their organization. */
type Filters = Readonly<Record<string, Filter>>;

/** The filter of a tree in this window, for each organization. Stored in the workspace state, so it survives a restart. */
export class TreeFilters implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #filters: Filters;
  #preview: { readonly organization: string; readonly filter: Filter } | undefined;

  /** @param key where they are stored */
  constructor(
    protected readonly memory: Memento,
    private readonly key: string,
  ) {
    this.#filters = parseFilters(memory.get(key));
  }

  /** The filter of an organization; empty when all rows are shown. */
  filterOf({ id }: { readonly id: string }): Filter {
    return this.#preview?.organization === id ? this.#preview.filter : (this.#filters[id] ?? {});
  }

  async filterBy({ id }: { readonly id: string }, filter: Filter): Promise<void> {
    this.#preview = undefined;
    const { [id]: _before, ...others } = this.#filters;
    this.#filters = isFiltering(filter) ? { ...others, [id]: filter } : others;
    this.announce();
    await this.memory.update(this.key, this.#filters);
  }

  /** Applies a filter temporarily, until a filter is chosen or undefined ends the preview. */
  preview({ id }: { readonly id: string }, filter: Filter | undefined): void {
    this.#preview = filter && { organization: id, filter };
    this.announce();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  protected announce(): void {
    this.#changed.fire();
  }
}

/** Stored values may come from another version or be corrupt. */
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

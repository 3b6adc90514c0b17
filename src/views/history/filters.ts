import type { Memento } from 'vscode';
import {
  type HistoryFilter,
  isFilteringHistory,
  parseHistoryFilter,
} from '../../access/evidence/history/filter';

/**
 * The history filter of each organization, in the window's workspace state. Removing an organization deletes all keys
 * that end with its ID, and so its filter.
 */
export class HistoryFilters {
  constructor(private readonly memory: Memento) {}

  /** The filter of an organization; empty when all changes are shown. */
  get(organization: string): HistoryFilter {
    return parseHistoryFilter(this.memory.get(storageKey(organization))).filter;
  }

  async set(organization: string, filter: HistoryFilter): Promise<void> {
    await this.memory.update(storageKey(organization), isFilteringHistory(filter) ? filter : undefined);
  }
}

function storageKey(organization: string): string {
  return `historyFilter.${organization}`;
}

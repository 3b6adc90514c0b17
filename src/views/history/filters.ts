import type { Memento } from 'vscode';
import {
  type HistoryFilter,
  historyFilterIn,
  isFilteringHistory,
} from '../../access/evidence/history/filter';

/**
 * Which changes are to be shown of each organization. Remembered by the window over restarts, as the list's filters are,
 * and forgotten with the organization, whose ID its name ends with.
 */
export class HistoryFilters {
  constructor(private readonly memory: Memento) {}

  /** Empty when all are shown. */
  get(organization: string): HistoryFilter {
    return historyFilterIn(this.memory.get(storageKey(organization)));
  }

  async set(organization: string, filter: HistoryFilter): Promise<void> {
    await this.memory.update(storageKey(organization), isFilteringHistory(filter) ? filter : undefined);
  }
}

function storageKey(organization: string): string {
  return `historyFilter.${organization}`;
}

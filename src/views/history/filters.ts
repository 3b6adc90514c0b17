import type { Memento } from 'vscode';
import { type HistoryFilter, isFilteringHistory } from '../../access/evidence/history/filter';

/**
 * Which changes are to be shown of each organization. Remembered by the window over restarts, as the list's filters are,
 * and forgotten with the organization, whose id its name ends with.
 */
export class HistoryFilters {
  constructor(private readonly memory: Memento) {}

  /** Empty when all are shown. */
  of(organization: string): HistoryFilter {
    return filterIn(this.memory.get(nameFor(organization)));
  }

  async set(organization: string, filter: HistoryFilter): Promise<void> {
    await this.memory.update(nameFor(organization), isFilteringHistory(filter) ? filter : undefined);
  }
}

function nameFor(organization: string): string {
  return `historyFilter.${organization}`;
}

/** What is kept may come from another version or be damaged. */
function filterIn(kept: unknown): HistoryFilter {
  const { checkpoint, project, person, from, to } = (kept ?? {}) as Record<keyof HistoryFilter, unknown>;
  return {
    ...(typeof checkpoint === 'string' && { checkpoint }),
    ...(typeof project === 'string' && { project }),
    ...(typeof person === 'string' && { person }),
    ...(typeof from === 'number' && { from }),
    ...(typeof to === 'number' && { to }),
  };
}

import { type Change, isBy, type Person } from './change';

/** A filter of the history. An absent field matches every change. */
export interface HistoryFilter {
  readonly checkpoint?: string;
  readonly project?: string;
  readonly person?: Person;
  /** Milliseconds since 1970, inclusive. */
  readonly from?: number;
  /** Milliseconds since 1970, exclusive. */
  readonly to?: number;
}

/** The result of filtering a history. */
export interface FilteredHistory {
  readonly shown: readonly Change[];
  /** The number of changes that may match, but a value that decides it is unknown. They are not shown. */
  readonly undecided: number;
}

/** Parses a stored filter, which may be from another version or damaged. Uses every field that is valid. */
export function parseHistoryFilter(kept: unknown): HistoryFilter {
  const { checkpoint, project, person, from, to } = (kept ?? {}) as Record<keyof HistoryFilter, unknown>;
  const wanted = parsePerson(person);
  return {
    ...(typeof checkpoint === 'string' && { checkpoint }),
    ...(typeof project === 'string' && { project }),
    ...(wanted && { person: wanted }),
    ...(typeof from === 'number' && { from }),
    ...(typeof to === 'number' && { to }),
  };
}

/** Earlier versions stored a person as a text, with this prefix for an account on this computer. */
const legacyAccountPrefix = 'this computer: ';

function parsePerson(kept: unknown): Person | undefined {
  if (typeof kept === 'string') {
    return kept.startsWith(legacyAccountPrefix)
      ? { kind: 'account', id: kept.slice(legacyAccountPrefix.length) }
      : { kind: 'actor', id: kept };
  }
  const { kind, id } = (kept ?? {}) as Partial<Record<keyof Person, unknown>>;
  return (kind === 'actor' || kind === 'account') && typeof id === 'string' ? { kind, id } : undefined;
}

export function isFilteringHistory(filter: HistoryFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

export function filterHistory(changes: readonly Change[], filter: HistoryFilter): FilteredHistory {
  const shown: Change[] = [];
  let undecided = 0;
  for (const change of changes) {
    const answers = [
      matches(change.checkpoint, filter.checkpoint),
      matches(change.project, filter.project),
      filter.person === undefined || isBy(change, filter.person),
      (filter.from === undefined || change.at >= filter.from) &&
        (filter.to === undefined || change.at < filter.to),
    ];
    if (answers.includes(false)) continue;
    if (answers.includes(undefined)) undecided += 1;
    else shown.push(change);
  }
  return { shown, undecided };
}

/** Whether a value matches; undefined if the value is unknown. */
function matches(value: string | undefined, wanted: string | undefined): boolean | undefined {
  if (wanted === undefined) return true;
  return value === undefined ? undefined : value === wanted;
}

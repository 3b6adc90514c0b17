import { type Change, isBy, type Person } from './change';

/** Which changes are wanted; what is absent does not count. */
export interface HistoryFilter {
  readonly checkpoint?: string;
  readonly project?: string;
  readonly person?: Person;
  /** Milliseconds since 1970, inclusive. */
  readonly from?: number;
  /** Milliseconds since 1970, exclusive. */
  readonly to?: number;
}

/** What of a history is shown. */
export interface FilteredHistory {
  readonly shown: readonly Change[];
  /** How many may be wanted, because what decides it is unknown. Not among the shown. */
  readonly undecided: number;
}

/** What is kept may come from another version or be damaged; whatever in it can be used is used. */
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

/** Earlier versions kept a person as a text, which began like this for an account of this computer. */
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

/** Undefined when it is unknown. */
function matches(value: string | undefined, wanted: string | undefined): boolean | undefined {
  if (wanted === undefined) return true;
  return value === undefined ? undefined : value === wanted;
}

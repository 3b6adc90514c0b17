import { type Change, isBy } from './change';

/** Which changes are wanted; what is absent does not count. */
export interface HistoryFilter {
  readonly checkpoint?: string;
  readonly project?: string;
  /** As `personsOf` names them. */
  readonly person?: string;
  /** Milliseconds since 1970, inclusive. */
  readonly from?: number;
  /** Milliseconds since 1970, exclusive. */
  readonly to?: number;
}

/** What of a history is shown. */
export interface Filtered {
  readonly shown: readonly Change[];
  /** How many might be wanted, but what would tell is not known of them. Not among the shown. */
  readonly undecided: number;
}

export function isFilteringHistory(filter: HistoryFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

export function filterHistory(changes: readonly Change[], filter: HistoryFilter): Filtered {
  const shown: Change[] = [];
  let undecided = 0;
  for (const change of changes) {
    const answers = [
      is(change.checkpoint, filter.checkpoint),
      is(change.project, filter.project),
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

/** Undefined when it is not known. */
function is(value: string | undefined, wanted: string | undefined): boolean | undefined {
  if (wanted === undefined) return true;
  return value === undefined ? undefined : value === wanted;
}

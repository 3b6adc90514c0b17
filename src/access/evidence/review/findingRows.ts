import type { Permission } from '../../api';
import { provesAbsence } from '../../loading/standing';
import type { Steps } from '../../slices';
import { isNearlyAll } from '../../thresholds';
import { type AcceptedFinding, isExpired, type KnownAcceptance } from './accepted';
import { type FindingKind, findingKinds, type Reason, type Review } from './finding';

/** A reason of a row, and whether a person accepted it. */
export type RowReason = Reason & {
  /** The acceptance holds, or is over, so that the reason counts again. */
  readonly acceptance?: KnownAcceptance & { readonly isExpired: boolean };
};

/** The place of a row: the first category that counts, or `accepted` if all of its reasons that count are accepted. */
export type FindingPlace = FindingKind | 'accepted';

/** The access of one project to one checkpoint, with all that was found about it. It is listed once. */
export interface FindingRow {
  readonly checkpoint: string;
  readonly project: string;
  readonly permissions: readonly Permission[];
  readonly place: FindingPlace;
  /** Those of categories that count: that of its place first, then in the order of {@link findingKinds}. */
  readonly reasons: readonly RowReason[];
  /** When the permissions were loaded, in milliseconds since 1970. */
  readonly loadedAt: number;
}

/** The findings of a review as rows. */
export interface FindingRows {
  readonly rows: readonly FindingRow[];
  /** The number of rows in each place. */
  readonly counts: Readonly<Record<FindingPlace, number>>;
  /** How many projects' access a shutdown soon is found for, and whether it counts. */
  readonly shutsDownSoon: { readonly found: number; readonly isCounted: boolean };
  /** The number of findings that count. */
  readonly open: number;
  /** Something was not reviewed that may have more findings. */
  readonly mayBeMore: boolean;
}

/** What was chosen and accepted by a person. */
export interface FindingChoices {
  /** Whether shutdowns soon count. Default: unless nearly all access has that finding. */
  readonly countsShutdownSoon?: boolean | undefined;
  acceptanceOf(finding: AcceptedFinding): KnownAcceptance | undefined;
}

/**
 * Each access with findings once, with all of its reasons. What is not counted is left out: it would be said of nearly
 * every row. In steps, because there may be many thousands.
 */
export function* findingRows(
  review: Review,
  { countsShutdownSoon, acceptanceOf }: FindingChoices,
): Steps<FindingRows> {
  const found = new Map<string, FoundAccess>();
  for (const finding of review.findings) {
    const { checkpoint, access, loadedAt, ...reason } = finding;
    for (const { project, permissions } of access) {
      yield;
      const key = JSON.stringify([checkpoint, project]);
      const same = found.get(key) ?? { checkpoint, project, permissions, loadedAt, reasons: [] };
      same.reasons.push(
        withAcceptance(reason, acceptanceOf({ finding: reason.kind, checkpoint, project }), review.at),
      );
      found.set(key, same);
    }
  }
  let soon = 0;
  for (const { reasons } of found.values())
    if (reasons.some(({ kind }) => kind === 'shutsDownSoon')) soon += 1;
  const isCounted = countsShutdownSoon ?? !isNearlyAll(soon, review.accesses);

  const counts = Object.fromEntries([...findingKinds, 'accepted'].map((place) => [place, 0])) as Record<
    FindingPlace,
    number
  >;
  const rows: FindingRow[] = [];
  for (const each of found.values()) {
    yield;
    const row = placed(each, isCounted);
    if (!row) continue;
    rows.push(row);
    counts[row.place] += 1;
  }
  return {
    rows,
    counts,
    shutsDownSoon: { found: soon, isCounted },
    open: rows.length - counts.accepted,
    mayBeMore: review.notReviewed.some(mayHaveMore),
  };
}

interface FoundAccess extends Omit<FindingRow, 'place' | 'reasons'> {
  readonly reasons: RowReason[];
}

function withAcceptance(reason: Reason, acceptance: KnownAcceptance | undefined, now: number): RowReason {
  if (!acceptance) return reason;
  return { ...reason, acceptance: { ...acceptance, isExpired: isExpired(acceptance, now) } };
}

function placed({ reasons, ...access }: FoundAccess, countsShutdownSoon: boolean): FindingRow | undefined {
  // A review has its findings in the order of the kinds, so these are, too.
  const counting = reasons.filter(({ kind }) => kind !== 'shutsDownSoon' || countsShutdownSoon);
  const first = counting.find((each) => !isAccepted(each));
  if (first)
    return { ...access, place: first.kind, reasons: [first, ...counting.filter((each) => each !== first)] };
  const [accepted] = counting;
  return accepted && { ...access, place: 'accepted', reasons: counting };
}

/** Whether a reason is accepted now. */
export function isAccepted({ acceptance }: RowReason): boolean {
  return acceptance !== undefined && !acceptance.isExpired;
}

/** Whether loading what was not reviewed may bring findings that are not listed. Usage data is offered by its category. */
function mayHaveMore(gap: Review['notReviewed'][number]): boolean {
  if (gap.about === 'checkpoint') return !provesAbsence(gap.standing);
  return gap.about === 'projects' && !gap.standing.isComplete;
}

import { findingKinds } from '../../../access/evidence/review/finding';
import type { FindingEntry, GapEntry } from '../../../protocol/findings';
import type { CheckpointHeading, ProjectHeading } from '../../../protocol/matrix';
import { fold } from '../../../text/fold';
import { number } from '../../../text/numbers';
import { names } from '../../../text/order';
import { hasTerms, searchTerms } from '../../../text/searchTerms';
import {
  countSoFar,
  findingCount,
  findingCountSoFar,
  findingKindInWords,
  findingsTab,
  gapCount,
  unusedHeading,
} from '../../../words/findings';
import { headingText } from '../headingText';
import type { GroupRow, TableRow } from '../table/rows';
import type { ShownReview } from './findingsModel';

// The rows of the table of findings, without elements.

/** A category of the table. */
export type Category = FindingEntry['place'] | 'notChecked';

/** A row below a category. */
export type FindingItem =
  | {
      readonly kind: 'finding';
      readonly entry: FindingEntry;
      readonly checkpoint: CheckpointHeading;
      readonly project: ProjectHeading;
    }
  | { readonly kind: 'gap'; readonly gap: GapEntry; readonly subject: string };

type FoundAccessItem = Extract<FindingItem, { kind: 'finding' }>;

/** What the rows are made of, besides the review. */
export interface FindingsView {
  readonly checkpoints: readonly CheckpointHeading[];
  readonly projects: readonly ProjectHeading[];
  /** The reasons of a row, as they are shown. */
  reasonsOf(entry: FindingEntry): string;
  readonly search: string;
  readonly sort: FindingsSort | undefined;
  readonly expanded: ReadonlySet<string>;
  /** What stands behind the name of a category. */
  noteOf(place: Category): string | undefined;
}

/** The rows of the table, and what the search hides. */
export interface Arranged {
  readonly rows: readonly TableRow<FindingItem>[];
  /** The rows of each category that match the search, whether it is expanded or not. */
  readonly byPlace: ReadonlyMap<Category, readonly FindingItem[]>;
  /** The number of findings that the search hides. */
  readonly hidden: number;
}

/** The columns by which rows can be sorted. */
export const sortColumns = ['project', 'checkpoint', 'granted'] as const;

export interface FindingsSort {
  readonly column: (typeof sortColumns)[number];
  readonly descending: boolean;
}

const unknownProject: Omit<ProjectHeading, 'key'> = { name: '', id: '', archived: false, note: '' };

/** The key of a row. A row that moves to another category is another row, so that the focus stays where it was. */
export function keyOfEntry({ place, at }: FindingEntry): string {
  return `${place} ${at.join()}`;
}

/** Arranges a review in categories. Rows whose checkpoint was removed from the list are left out. */
export function arrange(review: ShownReview, arrangement: FindingsView): Arranged {
  const { checkpoints, projects, search, sort, expanded } = arrangement;
  const checkpointOf = new Map(checkpoints.map((each, at) => [each.key, { heading: each, at }]));
  const projectOf = new Map(projects.map((each) => [each.key, each]));
  const isFound = matcher(search, arrangement);
  const byPlace = new Map<Category, FindingItem[]>(placesOf(review).map((place) => [place, []]));
  let hidden = 0;
  for (const entry of review.entries) {
    const checkpoint = checkpointOf.get(entry.at[0])?.heading;
    if (!checkpoint) continue;
    const project = projectOf.get(entry.at[1]) ?? { key: entry.at[1], ...unknownProject };
    const item: FoundAccessItem = { kind: 'finding', entry, checkpoint, project };
    if (!isFound(item)) hidden += 1;
    else byPlace.get(entry.place)?.push(item);
  }
  const order = compare(sort, (key) => checkpointOf.get(key)?.at ?? 0);
  for (const items of byPlace.values())
    items.sort((one, other) => order(one as FoundAccessItem, other as FoundAccessItem));
  byPlace.set('notChecked', gapItems(review.gaps, checkpointOf, projectOf));

  const rows: TableRow<FindingItem>[] = [];
  for (const [place, items] of byPlace) {
    const isExpanded = expanded.has(place);
    const note = arrangement.noteOf(place);
    rows.push({
      kind: 'group',
      key: place,
      text: headingOf(place, review),
      ...countOf(place, items.length, review),
      ...(note !== undefined && { note }),
      isExpanded,
    });
    if (!isExpanded) continue;
    for (const row of items)
      rows.push(
        row.kind === 'gap'
          ? { kind: 'item', key: `notChecked ${row.gap.key}`, row, isDisabled: true }
          : { kind: 'item', key: keyOfEntry(row.entry), row },
      );
  }
  return { rows, byPlace, hidden };
}

/** The categories in their order. Empty ones at the end are left out. */
function placesOf({ entries, gaps }: ShownReview): Category[] {
  return [
    ...findingKinds,
    ...(entries.some(({ place }) => place === 'accepted') ? (['accepted'] as const) : []),
    ...(gaps.length > 0 ? (['notChecked'] as const) : []),
  ];
}

function headingOf(place: Category, { summary }: ShownReview): string {
  if (place === 'accepted') return findingsTab.accepted;
  if (place === 'notChecked') return findingsTab.notChecked;
  return place === 'unused' ? unusedHeading(summary.unusedDays) : findingKindInWords[place];
}

/** The number beside a heading, and the same for screen readers. */
function countOf(
  place: Category,
  shown: number,
  { gaps, summary }: ShownReview,
): Pick<GroupRow, 'count' | 'spokenCount'> {
  const counted = { count: number(shown), spokenCount: findingCount(shown) };
  if (place === 'notChecked') return { count: counted.count, spokenCount: gapCount(shown) };
  if (place === 'accepted') return counted;
  if (place === 'shutsDownSoon' && !summary.shutsDownSoon.isCounted) return { count: '' };
  if (!summary.isChecked[place]) return { count: '' };
  const isPartly =
    summary.mayBeMore || (place === 'withoutEffect' && gaps.some(({ about }) => about === 'policies'));
  return isPartly ? { count: countSoFar(shown), spokenCount: findingCountSoFar(shown) } : counted;
}

function compare(
  sort: FindingsSort | undefined,
  orderOf: (checkpoint: number) => number,
): (one: FoundAccessItem, other: FoundAccessItem) => number {
  const byCheckpoint = (one: FoundAccessItem, other: FoundAccessItem): number =>
    orderOf(one.checkpoint.key) - orderOf(other.checkpoint.key);
  const byProject = (one: FoundAccessItem, other: FoundAccessItem): number =>
    names.compare(one.project.name, other.project.name) || one.project.key - other.project.key;
  const byName = (one: FoundAccessItem, other: FoundAccessItem): number =>
    names.compare(one.checkpoint.name, other.checkpoint.name);
  const sign = sort?.descending ? -1 : 1;
  switch (sort?.column) {
    case 'project':
      return (one, other) => sign * byProject(one, other) || byCheckpoint(one, other);
    case 'checkpoint':
      return (one, other) => sign * byName(one, other) || byProject(one, other);
    case 'granted':
      // Unknown dates are last, whatever the direction.
      return (one, other) =>
        Number(one.entry.grantedAt === 0) - Number(other.entry.grantedAt === 0) ||
        sign * (one.entry.grantedAt - other.entry.grantedAt) ||
        byProject(one, other);
    default:
      return (one, other) => byCheckpoint(one, other) || byProject(one, other);
  }
}

function gapItems(
  gaps: readonly GapEntry[],
  checkpointOf: ReadonlyMap<number, { readonly heading: CheckpointHeading; readonly at: number }>,
  projectOf: ReadonlyMap<number, ProjectHeading>,
): FindingItem[] {
  const rank = ({ checkpoint }: GapEntry): number =>
    checkpoint === undefined ? -1 : (checkpointOf.get(checkpoint)?.at ?? 0);
  return [...gaps]
    .sort((one, other) => rank(one) - rank(other))
    .map((gap) => ({ kind: 'gap', gap, subject: subjectOf(gap, checkpointOf, projectOf) }));
}

function subjectOf(
  { about, checkpoint, project }: GapEntry,
  checkpointOf: ReadonlyMap<number, { readonly heading: CheckpointHeading }>,
  projectOf: ReadonlyMap<number, ProjectHeading>,
): string {
  const name = project === undefined ? undefined : projectOf.get(project)?.name;
  if (name !== undefined) return name;
  if (about !== 'checkpoint') return findingsTab.subjects[about];
  return (checkpoint === undefined ? undefined : checkpointOf.get(checkpoint)?.heading.name) ?? '';
}

/** The text of a row besides its checkpoint and project, folded. Rows are replaced when they change. */
const folded = new WeakMap<FindingEntry, { readonly text: string; readonly words: string }>();

function ownText(text: string, entry: FindingEntry): string {
  let known = folded.get(entry);
  // The reasons name projects, whose names may have changed.
  if (known?.text !== text) {
    known = { text, words: fold(text) };
    folded.set(entry, known);
  }
  return known.words;
}

/** Whether a row has every word of a search. */
function matcher(
  search: string,
  { reasonsOf }: Pick<FindingsView, 'reasonsOf'>,
): (item: FoundAccessItem) => boolean {
  const terms = searchTerms(search);
  return ({ entry, checkpoint, project }) =>
    hasTerms(terms, (only) => {
      if (only) return headingText(only === 'model' ? checkpoint : project);
      const own = ownText(`${reasonsOf(entry)}\n${entry.permissionId}`, entry);
      return `${headingText(project)}\n${headingText(checkpoint)}\n${own}`;
    });
}

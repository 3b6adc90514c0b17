import { names } from '../../text/order';
import { parseCheckpointId, shortName } from '../ids/checkpointId';
import type { Arrangement, Sort } from './arrangement';
import type { CheckpointFacts } from './checkpointFacts';

/** A row of the arranged list: a checkpoint, or a model with its visible checkpoints. */
export type ArrangedRow =
  | { readonly kind: 'checkpoint'; readonly facts: CheckpointFacts }
  | {
      readonly kind: 'model';
      /** The ID of the final model, also if it is not in the list. */
      readonly id: string;
      readonly checkpoints: readonly CheckpointFacts[];
      /** The number of its checkpoints in the list, including hidden ones. */
      readonly listed: number;
    };

/**
 * Arranges the list: each visible checkpoint once. In every sort order, models that are shut down come last, and
 * within each group unknown values come last. A final model without training steps in the list is a row of its own.
 */
export function arrange(
  listed: readonly CheckpointFacts[],
  { grouping, sort }: Arrangement,
  isShown: (facts: CheckpointFacts) => boolean = () => true,
): ArrangedRow[] {
  const compare = comparisons[sort];
  if (grouping === 'flat') {
    return sortItems(listed.filter(isShown), compare, (facts) => facts).map(checkpointRow);
  }
  const models = new Map<string, CheckpointFacts[]>();
  for (const facts of listed) {
    const known = models.get(facts.model);
    if (known) known.push(facts);
    else models.set(facts.model, [facts]);
  }
  const rows = [...models].flatMap(([id, all]): ArrangedRow[] => {
    const [first] = all;
    const shown = sortItems(all.filter(isShown), compare, (facts) => facts);
    if (shown.length === 0) return [];
    return all.length === 1 && first?.checkpoint.step === undefined
      ? shown.map(checkpointRow)
      : [{ kind: 'model', id, checkpoints: shown, listed: all.length }];
  });
  return sortItems(rows, compare, sortKeyOf);
}

function checkpointRow(facts: CheckpointFacts): ArrangedRow {
  return { kind: 'checkpoint', facts };
}

/** The sort keys of a row. */
export type Sortable = Pick<CheckpointFacts, 'name' | 'date' | 'permissions' | 'shutdown' | 'isShutDown'>;
type Comparison = (one: Sortable, other: Sortable) => number;

const comparisons: Readonly<Record<Sort, Comparison>> = {
  added: () => 0,
  name: (one, other) => names.compare(one.name, other.name),
  date: (one, other) => compareDescending(one.date, other.date),
  permissions: (one, other) => compareDescending(one.permissions, other.permissions),
  // Dates as `YYYY-MM-DD`, which sort as texts.
  shutdown: (one, other) =>
    compareTexts(one.shutdown?.shutsDownOn ?? '~', other.shutdown?.shutsDownOn ?? '~'),
};

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function compareDescending(one: number | undefined, other: number | undefined): number {
  return one === other ? 0 : (other ?? Number.NEGATIVE_INFINITY) - (one ?? Number.NEGATIVE_INFINITY);
}

/** Sorts as the list is sorted, whatever has the sort keys: what is shut down last, and unknown values after others. */
export function sortLikeList<T>(items: readonly T[], sort: Sort, of: (item: T) => Sortable): T[] {
  return sortItems(items, comparisons[sort], of);
}

/** Sorts stably: equal items keep the order of the list. */
function sortItems<T>(items: readonly T[], compare: Comparison, of: (item: T) => Sortable): T[] {
  return items
    .map((item) => ({ item, key: of(item) }))
    .sort(
      (one, other) =>
        Number(one.key.isShutDown) - Number(other.key.isShutDown) || compare(one.key, other.key),
    )
    .map(({ item }) => item);
}

/**
 * The sort keys of a model: the date of its newest checkpoint and the sum of all permissions. It counts as shut down
 * if all its checkpoints are.
 */
function sortKeyOf(row: ArrangedRow): Sortable {
  if (row.kind === 'checkpoint') return row.facts;
  const { id, checkpoints } = row;
  const parsed = parseCheckpointId(id);
  const dates = checkpoints.flatMap(({ date }) => date ?? []);
  const counts = checkpoints.flatMap(({ permissions }) => permissions ?? []);
  return {
    name: parsed ? shortName(parsed) : id,
    ...(dates.length > 0 && { date: Math.max(...dates) }),
    ...(counts.length > 0 && { permissions: counts.reduce((sum, count) => sum + count) }),
    // The checkpoints of a model have its base model, and so its end.
    ...(checkpoints[0]?.shutdown && { shutdown: checkpoints[0].shutdown }),
    isShutDown: checkpoints.every(({ isShutDown }) => isShutDown),
  };
}

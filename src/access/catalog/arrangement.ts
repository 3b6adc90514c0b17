import { parseCheckpointId, shortName } from '../ids/checkpointId';
import type { CheckpointFacts } from './checkpointFacts';

/** A row of the arranged list: a checkpoint, or a model with those of its checkpoints that are shown. */
export type ArrangedRow =
  | { readonly kind: 'checkpoint'; readonly facts: CheckpointFacts }
  | {
      readonly kind: 'model';
      /** The id of the final model, whether or not that is in the list. */
      readonly id: string;
      readonly checkpoints: readonly CheckpointFacts[];
      /** How many of its checkpoints are in the list, shown or not. */
      readonly listed: number;
    };

/**
 * Lays the list out: each checkpoint that is shown once. Those that have ended stand below the others in any order; what
 * is not known comes last. A final model whose steps are not in the list stands for itself.
 */
export function arrange(
  listed: readonly CheckpointFacts[],
  { grouping, sort }: Arrangement,
  isShown: (facts: CheckpointFacts) => boolean = () => true,
): ArrangedRow[] {
  const compare = comparisons[sort];
  if (grouping === 'flat') {
    return inOrder(listed.filter(isShown), compare, (facts) => facts).map(single);
  }
  const models = new Map<string, CheckpointFacts[]>();
  for (const facts of listed) {
    const known = models.get(facts.model);
    if (known) known.push(facts);
    else models.set(facts.model, [facts]);
  }
  const rows = [...models].flatMap(([id, all]): ArrangedRow[] => {
    const [first] = all;
    const shown = inOrder(all.filter(isShown), compare, (facts) => facts);
    if (shown.length === 0) return [];
    return all.length === 1 && first?.checkpoint.step === undefined
      ? shown.map(single)
      : [{ kind: 'model', id, checkpoints: shown, listed: all.length }];
  });
  return inOrder(rows, compare, sortKeyOf);
}

function single(facts: CheckpointFacts): ArrangedRow {
  return { kind: 'checkpoint', facts };
}

/** What a row is put in order by. */
type Sortable = Pick<CheckpointFacts, 'name' | 'date' | 'permissions' | 'ended'>;
type Comparison = (one: Sortable, other: Sortable) => number;

// Numbers by their value, so that step 16 comes before step 120.
const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const comparisons: Readonly<Record<Sort, Comparison>> = {
  added: () => 0,
  name: (one, other) => names.compare(one.name, other.name),
  date: (one, other) => mostFirst(one.date, other.date),
  permissions: (one, other) => mostFirst(one.permissions, other.permissions),
};

function mostFirst(one: number | undefined, other: number | undefined): number {
  return one === other ? 0 : (other ?? Number.NEGATIVE_INFINITY) - (one ?? Number.NEGATIVE_INFINITY);
}

/** What is equal keeps the order of the list. */
function inOrder<T>(items: readonly T[], compare: Comparison, of: (item: T) => Sortable): T[] {
  return items
    .map((item) => ({ item, key: of(item) }))
    .sort((one, other) => Number(one.key.ended) - Number(other.key.ended) || compare(one.key, other.key))
    .map(({ item }) => item);
}

/** A model goes by its newest checkpoint and by the permissions of all, and has ended when all of it has. */
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
    ended: checkpoints.every(({ ended }) => ended),
  };
}

/** Under their fine-tuned models, or all side by side. */
export type Grouping = 'flat' | 'model';

/** By what the list is put in order; `added`: as it was added. */
export const sorts = ['added', 'name', 'date', 'permissions'] as const;
export type Sort = (typeof sorts)[number];

/** How the list is laid out. */
export interface Arrangement {
  readonly grouping: Grouping;
  readonly sort: Sort;
}

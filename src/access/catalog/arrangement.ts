/** Grouped by fine-tuned model, or as a flat list. */
export type Grouping = 'flat' | 'model';

/** The sort orders. `added`: the order of adding. `shutdown`: what shuts down first. */
export const sorts = ['added', 'name', 'date', 'permissions', 'shutdown'] as const;
export type Sort = (typeof sorts)[number];

/** The grouping and the sort order of the list. */
export interface Arrangement {
  readonly grouping: Grouping;
  readonly sort: Sort;
}

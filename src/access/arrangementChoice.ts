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

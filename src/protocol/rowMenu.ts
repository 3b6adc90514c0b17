import { isString, oneOf, record, type Validator } from './validators';

// The context menu of a row of the page is VS Code's own. It passes what was chosen and the key of the row through the
// extension back to the page, which knows the row and what is selected.

/** What the menu of a row does: shows details, stages to revoke, or copies IDs. */
export const rowActs = ['details', 'stage', 'permission', 'project', 'checkpoint'] as const;
export type RowAct = (typeof rowActs)[number];

export interface RowMenu {
  readonly act: RowAct;
  /** The key of the row in its table. */
  readonly key: string;
}

export const isRowMenu: Validator = record({ act: oneOf(...rowActs), key: isString });

/** What is copied of rows. */
export type CopiedRowId = Exclude<RowAct, 'details' | 'stage'>;

export const isCopiedRowId: Validator = oneOf('permission', 'project', 'checkpoint');

/** The rows that a menu acts on: the selected ones if its row is one of them, else its row. As in the Explorer. */
export function rowsOfMenu<Row>(row: Row, selected: readonly Row[]): readonly Row[] {
  return selected.includes(row) ? selected : [row];
}

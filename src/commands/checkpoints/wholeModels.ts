/** The row of a model in a picker, and the rows of its checkpoints, which it selects and clears together. */
export interface WholeModel<Row> {
  readonly row: Row;
  readonly checkpoints: readonly Row[];
}

/**
 * What is selected after a change of the selection: a model's row alone takes its checkpoints along; else it is selected
 * while all of them are.
 */
export function selectWholeModels<Row>(
  models: readonly WholeModel<Row>[],
  before: ReadonlySet<Row>,
  after: ReadonlySet<Row>,
): Set<Row> {
  const selected = new Set(after);
  const set = (row: Row, isSelected: boolean): void => {
    if (isSelected) selected.add(row);
    else selected.delete(row);
  };
  for (const { row, checkpoints } of models) {
    const isToggled = before.has(row) !== after.has(row);
    // With others it was selected by Select All, or by a selection that the picker was given.
    const isAlone = isToggled && checkpoints.every((each) => before.has(each) === after.has(each));
    if (isAlone) for (const each of checkpoints) set(each, after.has(row));
    else
      set(
        row,
        checkpoints.every((each) => after.has(each)),
      );
  }
  return selected;
}

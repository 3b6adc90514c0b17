import { cornerInWords } from '../../../words/matrix';
import { type CopiedTable, copiedTable } from '../copyTable';
import { cellText } from './labels';
import type { MatrixLayout } from './layout';
import type { MatrixModel } from './model';
import type { Selection } from './selection';

/**
 * The selected cells with the names of their rows and columns. Of a heading without selected cells its name. Undefined
 * when there is nothing to copy.
 */
export function copied(
  model: MatrixModel,
  layout: MatrixLayout,
  { focus, range }: Selection,
): CopiedTable | undefined {
  if (range) return copiedTable(recordsIn(model, layout, range), true);
  const { checkpoint, project } = layout.at(focus);
  const name = checkpoint?.name ?? project?.name;
  return name === undefined ? undefined : copiedTable([[], [name]]);
}

function recordsIn(
  model: MatrixModel,
  layout: MatrixLayout,
  { top, bottom, left, right }: NonNullable<Selection['range']>,
): string[][] {
  const now = model.now();
  const nameAt = (row: number, column: number): string => {
    const { checkpoint, project } = layout.at({ row, column });
    return (checkpoint ?? project)?.name ?? '';
  };
  const textAt = (row: number, column: number): string => {
    const { checkpoint, project } = layout.at({ row, column });
    return checkpoint && project ? cellText(model, checkpoint, project, now) : '';
  };
  const columns = indices(left, right);
  const { text: corner } = cornerInWords(layout.order.isTransposed, 0, 0);
  return [
    [corner, ...columns.map((column) => nameAt(-1, column))],
    ...indices(top, bottom).map((row) => [nameAt(row, -1), ...columns.map((column) => textAt(row, column))]),
  ];
}

function indices(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

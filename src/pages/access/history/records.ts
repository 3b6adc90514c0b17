import type { HistoryRow } from '../../../protocol/history';
import { isDate, isoMoment } from '../../../text/dates';
import { actionsInWords, changeNotesInWords, copiedColumns, sourcesInWords } from '../../../words/historyTab';

/** Rows for the clipboard: the titles of the columns, and then a record each. One fact a cell. */
export function recordsOf(rows: readonly HistoryRow[]): string[][] {
  return [
    Object.values(copiedColumns),
    ...rows.map((row) => [
      isDate(row.at) ? isoMoment(row.at) : '',
      row.who,
      actionsInWords[row.action],
      row.projectName === row.project ? '' : (row.projectName ?? ''),
      row.project ?? '',
      row.checkpoint ?? '',
      row.permission ?? '',
      sourcesInWords[row.source],
      changeNotesInWords(row.notes).join('; '),
    ]),
  ];
}

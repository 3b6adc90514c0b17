import { type Change, notesOn, personsOf, sourceOf } from '../../../access/evidence/history/change';
import type { Organization } from '../../../access/organization';
import type { HistoryRow } from '../../../protocol/history';
import { plainText } from '../../../text/plainText';
import { foldedOnce, type SearchedText } from '../../../text/searchTerms';
import { whoInWords } from '../../../words/history';
import { searchedText } from '../../../words/historyTab';
import { plainCheckpointLabel, plainProjectName } from '../../../words/names';

/** Longer than any ID. */
const longestId = 1000;

/** An ID as pages get it. */
export function safeId(id: string): string {
  return plainText(id, longestId);
}

/** A change as a row of the page. `isLogWhole`: the log is loaded to its end. */
export function historyRow(
  key: number,
  change: Change,
  among: Pick<Organization, 'projects' | 'catalog'>,
  isLogWhole: boolean,
): HistoryRow {
  const { at, action, project, checkpoint, permission } = change;
  return {
    key,
    at: Number.isFinite(at) ? at : 0,
    action,
    who: plainText(whoInWords(change), 150),
    persons: personsOf(change).map(({ kind, id }) => ({ kind, id: safeId(id) })),
    isActorUnknown: change.logged?.actor === undefined,
    ...(project !== undefined && {
      project: safeId(project),
      projectName: plainProjectName(among, project, change.projectName),
    }),
    ...(checkpoint !== undefined && {
      checkpoint: safeId(checkpoint),
      checkpointName: plainCheckpointLabel(checkpoint, among),
    }),
    ...(permission && { permission: safeId(permission) }),
    source: sourceOf(change),
    notes: notesOn(change, isLogWhole),
  };
}

/** The text of a change as its row has it, for a search. */
export function changeText(
  change: Change,
  among: Pick<Organization, 'projects' | 'catalog'>,
  isLogWhole: boolean,
): SearchedText {
  const row = historyRow(0, change, among, isLogWhole);
  return foldedOnce((only) => searchedText(row, only));
}

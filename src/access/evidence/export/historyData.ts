import { type Change, type ChangeNote, notesOn } from '../history/change';
import { filterHistory, type HistoryFilter, type TextOfChange } from '../history/filter';
import type { HistorySnapshot } from '../history/history';
import { aboutOf, type ExportAbout, type ExportedProject, type ExportSource, projectOf } from './about';

/** The filtered history, as far as it is loaded. */
export interface HistoryData {
  readonly about: ExportAbout;
  readonly history: HistorySnapshot;
  readonly filter: HistoryFilter;
  /** The project of the filter. */
  readonly filterProject?: ExportedProject;
  /**
   * The number of changes that may match the filter, but a value that decides it is unknown. They are not among the
   * rows.
   */
  readonly undecided: number;
  /** Newest first. */
  readonly rows: readonly {
    readonly change: Change;
    /** Absent if unknown. */
    readonly project?: ExportedProject;
    readonly notes: readonly ChangeNote[];
  }[];
}

export function historyData(
  source: ExportSource,
  history: HistorySnapshot,
  filter: HistoryFilter,
  now: number,
  textOf: TextOfChange,
): HistoryData {
  const { shown, undecided } = filterHistory(history.changes, filter, textOf);
  const isLogWhole = history.log.ending.kind === 'complete';
  return {
    about: aboutOf(source, now),
    history,
    filter,
    ...(filter.project !== undefined && { filterProject: projectOf(source, filter.project) }),
    undecided,
    rows: shown.map((change) => ({
      change,
      ...(change.project !== undefined && { project: projectThen(source, change.project, change) }),
      notes: notesOn(change, isLogWhole),
    })),
  };
}

/** The project, with the name that it had at the time if its current name is unknown. */
function projectThen(source: ExportSource, id: string, { projectName }: Change): ExportedProject {
  return { ...(projectName !== undefined && { name: projectName }), ...projectOf(source, id) };
}

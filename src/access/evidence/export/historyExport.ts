import { type Change, type ChangeNote, notesOn } from '../history/change';
import { filterHistory, type HistoryFilter } from '../history/filter';
import type { HistorySnapshot } from '../history/history';
import { aboutOf, type ExportAbout, type ExportedProject, type ExportSource, projectOf } from './about';

/** Who changed which access, as far as it is loaded and as it is filtered. */
export interface HistoryExport {
  readonly about: ExportAbout;
  readonly history: HistorySnapshot;
  readonly filter: HistoryFilter;
  /** The project that is filtered by. */
  readonly filterProject?: ExportedProject;
  /** The audit log is loaded to its end. */
  readonly isLogWhole: boolean;
  /** How many changes may match the filter, but it is unknown whether they do. Not among the rows. */
  readonly undecided: number;
  /** The newest first. */
  readonly rows: readonly {
    readonly change: Change;
    /** Absent where it is unknown. */
    readonly project?: ExportedProject;
    readonly notes: readonly ChangeNote[];
  }[];
}

export function historyExport(
  source: ExportSource,
  history: HistorySnapshot,
  filter: HistoryFilter,
  now: number,
): HistoryExport {
  const { shown, undecided } = filterHistory(history.changes, filter);
  const isLogWhole = history.log.ending.kind === 'complete';
  return {
    about: aboutOf(source, now),
    history,
    filter,
    ...(filter.project !== undefined && { filterProject: projectOf(source, filter.project) }),
    isLogWhole,
    undecided,
    rows: shown.map((change) => ({
      change,
      ...(change.project !== undefined && { project: projectThen(source, change.project, change) }),
      notes: notesOn(change, isLogWhole),
    })),
  };
}

/** Where its name is unknown now, the project has the one that it had then. */
function projectThen(source: ExportSource, id: string, { projectName }: Change): ExportedProject {
  return { ...(projectName !== undefined && { name: projectName }), ...projectOf(source, id) };
}

import type { Change } from '../history/change';
import { filterHistory, type HistoryFilter } from '../history/filter';
import type { HistorySnapshot } from '../history/history';
import { aboutOf, type ExportAbout, type ExportedProject, type ExportSource, projectOf } from './about';

/** How far a change is unsure or unknown. */
export type ChangeNote =
  /** The API accepted it, and the list was not loaded since. */
  | 'notConfirmed'
  /** It was sent, and no response came. */
  | 'outcomeUnknown'
  /** This computer sent such a change and got no response, so this may be another one. */
  | 'maybeOfSomeoneElse'
  /** It was made with another admin API key, perhaps of another organization. */
  | 'maybeOtherOrganization'
  /** Project and checkpoint are unknown: the log has no earlier event of the permission. */
  | 'originUnknown'
  /** The same, but the log is not loaded to its end. */
  | 'originNotLoaded';

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

function notesOn({ logged, own, origin }: Change, isLogWhole: boolean): ChangeNote[] {
  const notes: ChangeNote[] = [];
  if (own?.certainty === 'accepted' && !logged) notes.push('notConfirmed');
  if (own?.certainty === 'unknown') notes.push(logged ? 'maybeOfSomeoneElse' : 'outcomeUnknown');
  // An event of this organization's own log is certainly of this organization.
  if (own?.perhapsOfAnother && !logged) notes.push('maybeOtherOrganization');
  if (origin === undefined) notes.push(isLogWhole ? 'originUnknown' : 'originNotLoaded');
  return notes;
}

import { filterHistory, type HistoryFilter } from '../history/filter';
import type { HistorySnapshot } from '../history/history';
import { doubtsOf, missingFrom, whoInWords } from '../history/words';
import { aboutOf, type ExportSource } from './about';
import { type Cell, isoMoment, momentCell, type Table, textCell } from './table';

/** Who changed which access, as far as it was read and as it is filtered, the newest first. */
export function historyTable(
  source: ExportSource,
  history: HistorySnapshot,
  filter: HistoryFilter,
  now: number,
): Table {
  const { shown, undecided } = filterHistory(history.changes, filter);
  const { readAt, ending } = history.log;
  const isWhole = ending.kind === 'complete';
  const back = history.loggedBackTo;
  return {
    title: 'History of access to fine-tuned model checkpoints',
    facts: [
      ...aboutOf(source, now),
      ['Audit log read', readAt === undefined ? 'not read' : isoMoment(readAt)],
      ['Audit log read back to', isWhole ? 'its end' : back === undefined ? 'nothing' : isoMoment(back)],
      ['Filter', filterInWords(source, filter)],
      ['Changes', String(shown.length)],
    ],
    missing: [
      ...missingFrom(history),
      ...(undecided > 0
        ? [
            `${undecided} more may fit the filter, but what would tell is not known of them; they are left out.`,
          ]
        : []),
    ],
    columns: [
      { id: 'at', title: 'When' },
      { id: 'who', title: 'Who' },
      { id: 'action', title: 'What' },
      { id: 'project', title: 'Project' },
      { id: 'project_id', title: 'Project ID' },
      { id: 'checkpoint', title: 'Checkpoint' },
      { id: 'permission_id', title: 'Permission ID' },
      { id: 'source', title: 'Source' },
      { id: 'note', title: 'Note' },
    ],
    rows: shown.map((change) => [
      momentCell(change.at),
      textCell(whoInWords(change)),
      textCell(change.action),
      textCell(
        change.project === undefined
          ? undefined
          : (source.projects.nameOf(change.project) ?? change.projectName),
      ),
      known(change.project),
      known(change.checkpoint),
      known(change.permission),
      textCell(
        [change.logged && 'audit log', change.own && 'journal of this computer'].filter(Boolean).join(', '),
      ),
      textCell(doubtsOf(change, isWhole)),
    ]),
  };
}

/** What is not known must not look as if there were none. */
function known(id: string | undefined): Cell {
  return id === undefined ? { text: 'not known', data: null } : textCell(id);
}

/** Such as `checkpoint ft:…, from 2026-01-01`. */
function filterInWords({ projects }: ExportSource, filter: HistoryFilter): string {
  const { checkpoint, project, person, from, to } = filter;
  const name = project === undefined ? undefined : projects.nameOf(project);
  const parts = [
    checkpoint && `checkpoint ${checkpoint}`,
    project && `project ${name === undefined ? project : `${name} (${project})`}`,
    person && `by ${person}`,
    from !== undefined && `from ${isoMoment(from)}`,
    to !== undefined && `before ${isoMoment(to)}`,
  ];
  return parts.filter(Boolean).join(', ') || 'none: all changes that were read';
}

import type { HistoryData } from '../../access/evidence/export/historyData';
import {
  type ExportTable,
  momentCell,
  rowsOf,
  type TableCell,
  textCell,
} from '../../access/evidence/export/table';
import type { Change, LocalRecord } from '../../access/evidence/history/change';
import { isoMoment } from '../../text/dates';
import { metadata } from '../../text/lists';
import { plural } from '../../text/numbers';
import { changeNotesInWords, missingFrom, personInWords } from '../history';
import { aboutFacts, auditLogFacts, headings, knownCell } from './parts';

/** The history of access, as a table. */
export function historyTable(facts: HistoryData): ExportTable {
  const { about, history, undecided, rows } = facts;
  return {
    title: 'History of access to fine-tuned model checkpoints',
    facts: [
      ...aboutFacts(about),
      ...auditLogFacts(history.log, history.oldestLoggedAt),
      { name: 'Filter', label: 'Filter', ...filterCell(facts) },
      { name: 'Changes', label: 'Changes', text: String(rows.length) },
    ],
    missing: [...missingFrom(history), ...(undecided > 0 ? [undecidedInWords(undecided)] : [])],
    columns: [
      { id: 'at', title: 'When' },
      { id: 'who', title: 'Who' },
      { id: 'api_key', title: 'API key' },
      { id: 'action', title: 'What' },
      { id: 'project', title: 'Project' },
      { id: 'project_id', title: 'Project ID' },
      { id: 'checkpoint', title: 'Checkpoint' },
      { id: 'permission_id', title: 'Permission ID' },
      { id: 'in_audit_log', title: 'In audit log' },
      { id: 'this_computer', title: 'Account on this computer' },
      { id: 'note', title: 'Note' },
    ],
    rows: rowsOf(rows, ({ change, project, notes }) => [
      momentCell(change.at),
      whoCell(change),
      textCell(change.logged?.actor?.key),
      textCell(change.action),
      textCell(project?.name),
      knownCell(project?.id),
      knownCell(change.checkpoint),
      knownCell(change.permission),
      { text: change.logged ? 'yes' : 'no', data: change.logged !== undefined },
      change.own ? accountCell(change.own) : textCell(undefined),
      { text: metadata(...changeNotesInWords(notes)), data: notes },
    ]),
    headings,
  };
}

/** The actor of the audit log. Where that has no event, the account that made the change here. */
function whoCell({ logged, own }: Change): TableCell {
  if (!logged && own) return accountCell(own);
  const actor = logged?.actor;
  return actor ? { text: actor.id, data: actor } : knownCell(undefined);
}

function accountCell({ by }: LocalRecord): TableCell {
  return by === '' ? knownCell(undefined) : { text: by, data: { kind: 'account', id: by } };
}

/** Such as `checkpoint ft:… · from 2026-01-01T00:00:00Z`. */
function filterCell({ filter, filterProject }: HistoryData): TableCell {
  const { checkpoint, person, from, to, action, text: search = '' } = filter;
  const { id, name } = filterProject ?? {};
  const text = metadata(
    checkpoint && `checkpoint ${checkpoint}`,
    id && (name === undefined ? `project ${id}` : `project ${name} (${id})`),
    person && `by ${personInWords(person)}`,
    from === undefined ? '' : `from ${isoMoment(from)}`,
    to === undefined ? '' : `before ${isoMoment(to)}`,
    action && `only ${action}`,
    search.trim() && `search ${search.trim()}`,
  );
  if (text === '') return { text: 'none', data: null };
  return {
    text,
    data: {
      ...filter,
      ...(from !== undefined && { from: isoMoment(from) }),
      ...(to !== undefined && { to: isoMoment(to) }),
    },
  };
}

function undecidedInWords(count: number): string {
  return plural(
    count,
    "1 change isn't included because it's unknown whether it matches the filter.",
    (changes) => `${changes} changes aren't included because it's unknown whether they match the filter.`,
  );
}

import type { ExportedList } from '../../access/evidence/export/about';
import type { ExportedAccess, MatrixData } from '../../access/evidence/export/matrixData';
import { rowsOf, type Table, type TableCell } from '../../access/evidence/export/table';
import { metadata } from '../../text/lists';
import { doubtInWords } from '../standing';
import {
  aboutFacts,
  headings,
  listCell,
  missingOwners,
  missingPermissions,
  missingProjects,
  projectCells,
} from './parts';

/** The access of projects to checkpoints, as a table. An unknown cell says so; no cell is empty. */
export function matrixTable({ about, lists, rows }: MatrixData): Table {
  const now = about.exportedAt;
  const ownersUnknown = lists.filter(({ owner }) => owner === undefined).length;
  return {
    title: 'Access to fine-tuned model checkpoints',
    facts: [
      ...aboutFacts(about),
      { name: 'Checkpoints in the list', label: 'Checkpoints in your list', text: String(lists.length) },
      {
        name: 'Checkpoints with an unknown owner',
        label: 'Checkpoints with an unknown owner',
        text: String(ownersUnknown),
      },
      ...lists.map((list) => ({
        name: `Read: ${list.checkpoint}`,
        label: `Loaded: ${list.checkpoint}`,
        ...listCell(list, now),
      })),
    ],
    missing: [
      ...missingProjects(about.projects, now),
      ...lists.flatMap((list) => missingPermissions(list, now)),
      ...(ownersUnknown > 0 ? [missingOwners(ownersUnknown)] : []),
    ],
    columns: [
      { id: 'project', title: 'Project' },
      { id: 'project_id', title: 'Project ID' },
      { id: 'status', title: 'Status' },
      ...lists.map(({ checkpoint }) => ({ id: checkpoint, title: checkpoint })),
    ],
    rows: rowsOf(rows, ({ project, cells }) => [
      ...projectCells(project),
      ...lists.map((list, index): TableCell => {
        const data: ExportedAccess = cells[index] ?? { access: 'unknown' };
        return { text: accessInWords(data, list, now), data };
      }),
    ]),
    headings,
  };
}

const others: Readonly<Record<Exclude<ExportedAccess['access'], 'granted'>, string>> = {
  none: 'no',
  notGranted: 'not granted (owner unknown)',
  owner: 'owner',
  failed: 'failed',
  unknown: 'unknown',
};

function accessInWords(
  { access, doubts = [], permissions = [] }: ExportedAccess,
  { standing }: ExportedList,
  now: number,
): string {
  if (access !== 'granted') return others[access];
  return metadata(
    'yes',
    // A permission from before a change may be gone. The other doubts are in the facts about the list.
    doubts.includes('beforeYourChange') ? doubtInWords.beforeYourChange(standing, now) : '',
    ...permissions.map(({ id, granted }) => `${id} (${granted ?? 'grant date unknown'})`),
  );
}

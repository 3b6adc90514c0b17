import type { ExportedAccess, MatrixData } from '../../access/evidence/export/matrixData';
import { type ExportTable, rowsOf, type TableCell } from '../../access/evidence/export/table';
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
export function matrixTable({ about, lists, rows }: MatrixData): ExportTable {
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
      ...lists.map((_list, index) => accessCell(cells[index] ?? { access: 'unknown' })),
    ]),
    headings,
  };
}

/** One fact a cell. Why it is unknown, and how far a list can be trusted, is among the facts about the table. */
const accessInWords: Readonly<Record<ExportedAccess['access'], string>> = {
  granted: 'granted',
  none: 'not granted',
  notGranted: 'not granted',
  owner: 'owner',
  failed: 'unknown',
  unknown: 'unknown',
};

function accessCell(data: ExportedAccess): TableCell {
  // A permission from before a change may be gone.
  const isDoubtful = data.access === 'granted' && data.doubts?.includes('beforeYourChange');
  return { text: accessInWords[isDoubtful ? 'unknown' : data.access], data };
}

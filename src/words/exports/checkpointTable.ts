import type { CheckpointData } from '../../access/evidence/export/checkpointData';
import { momentCell, rowsOf, type Table, type TableCell, textCell } from '../../access/evidence/export/table';
import { isoMoment } from '../../text/dates';
import { shutdownInWords } from '../shutdown';
import {
  aboutFacts,
  headings,
  listCell,
  missingOwners,
  missingPermissions,
  missingProjects,
  projectCells,
} from './parts';

/** The permissions of one checkpoint, as a table. */
export function checkpointTable(facts: CheckpointData): Table {
  const { about, list, permissions } = facts;
  const now = about.exportedAt;
  return {
    title: 'Permissions of a fine-tuned model checkpoint',
    facts: [
      ...aboutFacts(about),
      { name: 'Checkpoint', label: 'Checkpoint', text: list.checkpoint },
      { name: 'Permissions read', label: 'Permissions loaded', ...listCell(list, now) },
      { name: 'Its model', label: 'Model', ...shutdownCell(facts, now) },
      { name: 'Owned by', label: 'Owning project', ...ownerCell(facts) },
    ],
    missing: [
      ...missingProjects(about.projects, now),
      ...missingPermissions(list, now),
      ...(facts.owner ? [] : [missingOwners(1)]),
    ],
    columns: [
      { id: 'project', title: 'Project' },
      { id: 'project_id', title: 'Project ID' },
      { id: 'status', title: 'Status' },
      { id: 'permission_id', title: 'Permission ID' },
      { id: 'granted', title: 'Granted' },
    ],
    rows: rowsOf(permissions, ({ project, id, createdAt }) => [
      ...projectCells(project),
      textCell(id),
      momentCell(createdAt),
    ]),
    headings,
  };
}

function shutdownCell({ shutdown }: CheckpointData, now: number): TableCell {
  if (!shutdown) return { text: 'no known shutdown date', data: null };
  const { shutsDownOn, source } = shutdown;
  return {
    text: shutdownInWords(shutdown, now, (day) => day),
    data: { shutdown_date: shutsDownOn, source },
  };
}

function ownerCell({ owner }: CheckpointData): TableCell {
  if (!owner) return { text: 'unknown', data: null };
  const { project, source } = owner;
  if (source === 'job') return { text: `${project} (from its fine-tuning job)`, data: { project, source } };
  const reported = isoMoment(owner.reportedAt);
  return { text: `${project} (reported by the API ${reported})`, data: { project, source, reported } };
}

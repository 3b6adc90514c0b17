import { permissionsOf } from '../../loading/listing';
import { aboutOf, type ExportSource, missingProjects } from './about';
import { type ReadState, readStateOf } from './readState';
import { type Cell, type Column, isoMoment, type Table, textCell } from './table';

/**
 * Who may use what, as far as it is known: the organization's projects down, the checkpoints of its list across. A cell
 * that is not known says so; none is empty.
 */
export function matrixTable(source: ExportSource, now: number): Table {
  const { catalog, projects } = source;
  const checkpoints = catalog.ids;
  const states = new Map(checkpoints.map((id) => [id, readStateOf(source, id)]));
  const own: Column[] = [
    { id: 'project', title: 'Project' },
    { id: 'project_id', title: 'Project ID' },
    { id: 'status', title: 'Status' },
  ];
  const lists = checkpoints.map((id): [string, string] => [
    `Read: ${id}`,
    states.get(id)?.readAt ?? 'not read',
  ]);
  return {
    title: 'Access to fine-tuned model checkpoints',
    facts: [...aboutOf(source, now), ['Checkpoints in the list', String(checkpoints.length)], ...lists],
    missing: [...missingProjects(source), ...checkpoints.flatMap((id) => states.get(id)?.missing ?? [])],
    columns: [...own, ...checkpoints.map((id) => ({ id, title: id }))],
    rows: projectsIn(source).map((project) => [
      textCell(projects.nameOf(project)),
      textCell(project),
      textCell(projects.get(project)?.status ?? 'not known'),
      ...checkpoints.map((id) => cellOf(source, id, project, states.get(id))),
    ]),
  };
}

/** Those of the organization, then those that are known from permissions alone. */
function projectsIn({ catalog, permissions, projects }: ExportSource): string[] {
  const ids = new Set(projects.snapshot.projects.keys());
  for (const id of catalog.ids) {
    for (const { project_id } of permissions.snapshot(id).listing?.permissions ?? []) ids.add(project_id);
  }
  return [...ids];
}

function cellOf(source: ExportSource, checkpoint: string, project: string, state?: ReadState): Cell {
  const { listing, beforeChange } = source.permissions.snapshot(checkpoint);
  const found = listing ? permissionsOf(listing, project) : [];
  if (found.length > 0) {
    const each = found.map(({ id, created_at }) => ({ id, granted: isoMoment(created_at * 1000) }));
    const words = each.map(({ id, granted }) => `${granted}, ${id}`).join('; ');
    // What was read before a change may be gone by it.
    const access = beforeChange ? 'yes, before the last change' : 'yes';
    return { text: `${access} (${words})`, data: { access, permissions: each } };
  }
  const owner = source.owners.of(checkpoint) ?? source.catalog.entry(checkpoint)?.owner;
  const access = owner === project ? 'owner' : (state?.otherwise ?? 'unknown');
  return { text: access, data: { access } };
}

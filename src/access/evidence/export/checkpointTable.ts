import { inWords, retirementOf } from '../../catalog/retirement';
import { parseCheckpointId } from '../../ids/checkpointId';
import { aboutOf, type ExportSource, missingProjects } from './about';
import { readStateOf } from './readState';
import { isoMoment, momentCell, type Table, textCell } from './table';

/** Who may use one checkpoint: its permissions as far as they were read, the newest first. */
export function checkpointTable(source: ExportSource, checkpoint: string, now: number): Table {
  const { permissions, projects, catalog, owners } = source;
  const state = readStateOf(source, checkpoint);
  const { listing } = permissions.snapshot(checkpoint);
  const parsed = parseCheckpointId(checkpoint);
  const end = parsed && retirementOf(parsed.baseModel, catalog.entry(checkpoint)?.shutdownDate);
  const told = owners.told(checkpoint);
  const owner = told ? `${told.project}, told at ${isoMoment(told.at)}` : catalog.entry(checkpoint)?.owner;
  return {
    title: 'Permissions of a fine-tuned model checkpoint',
    facts: [
      ...aboutOf(source, now),
      ['Checkpoint', checkpoint],
      ['Permissions read', state.readAt],
      ['Its model', end ? inWords(end, now) : 'no end is known'],
      ['Owned by', owner ?? 'not known'],
    ],
    missing: [...missingProjects(source), ...(state.missing ? [state.missing] : [])],
    columns: [
      { id: 'project', title: 'Project' },
      { id: 'project_id', title: 'Project ID' },
      { id: 'status', title: 'Status' },
      { id: 'permission_id', title: 'Permission ID' },
      { id: 'granted', title: 'Granted' },
    ],
    rows: (listing?.permissions ?? []).map(({ id, project_id, created_at }) => [
      textCell(projects.nameOf(project_id)),
      textCell(project_id),
      textCell(projects.get(project_id)?.status ?? 'not known'),
      textCell(id),
      momentCell(created_at * 1000),
    ]),
  };
}

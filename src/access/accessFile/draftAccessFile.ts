import { names } from '../../text/order';
import { containsKey } from '../../text/redact';
import { toDate } from '../../text/steadyClock';
import type { Permission } from '../api';
import { isCertain, type Standing, standingOf } from '../loading/standing';
import type { Organization } from '../organization';
import { isPause, type Steps } from '../slices';
import { longestAccessFile, longestInFile } from './accessFile';
import { whyNotCheckpointInFile, whyNotProjectInFile } from './fileIds';
import { indentation, jsonObject, jsonString } from './jsonText';
import { byProject } from './planAccessFile';

/** What a draft is made from: all of it is known without a request. */
export type DraftSource = Pick<Organization, 'permissions' | 'projects' | 'catalog'>;

/** What a draft doesn't have. */
export type LeftOutOfDraft =
  /** Its list isn't complete, or not loaded: it is of an earlier session. */
  | { readonly why: 'notComplete'; readonly checkpoint: string; readonly standing: Standing }
  /** Its ID has characters that no ID in a file may have, or that of one of its projects has. */
  | { readonly why: 'id'; readonly checkpoint: string; readonly project?: string }
  /** There is no room for it in one file. */
  | { readonly why: 'room'; readonly checkpoint: string };

/** A file made from what is live. */
export interface AccessFileDraft {
  readonly text: string;
  readonly checkpoints: number;
  readonly grants: number;
  readonly leftOut: readonly LeftOutOfDraft[];
}

export interface DraftOptions {
  /** The organization, as the server names it. */
  readonly organization: string;
  /** Default: your checkpoint list. */
  readonly checkpoints?: readonly string[];
  /** Lines of a comment at the beginning. */
  readonly comment?: readonly string[];
}

/**
 * Makes a file of what is live, without a request: every checkpoint whose list is complete, `additive`, in a stable order.
 * A plan of it is empty. It is written as the editor formats it.
 */
export function* draftAccessFile(
  source: DraftSource,
  { organization, checkpoints = source.catalog.ids, comment = [] }: DraftOptions,
): Steps<AccessFileDraft> {
  const leftOut: LeftOutOfDraft[] = [];
  const lines = comment.map((line) => `// ${line.replace(/[\r\n]+/g, ' ')}\n`);
  lines.push(`{\n${member('version', '1')},\n${member('organization', jsonString(organization))},\n`);
  const parts: string[] = [];
  let room = longestAccessFile - lines.join('').length - 100;
  let grants = 0;
  let count = 0;
  for (const checkpoint of [...new Set(checkpoints)].sort(compareIds)) {
    count += 1;
    if (isPause(count)) yield;
    if (whyNotCheckpointInFile(checkpoint)) {
      leftOut.push({ why: 'id', checkpoint });
      continue;
    }
    const snapshot = source.permissions.snapshot(checkpoint);
    const { listing } = snapshot;
    if (!listing || !isCertain(snapshot) || snapshot.restored) {
      const standing = standingOf(snapshot, toDate(source.permissions.now()));
      leftOut.push({ why: 'notComplete', checkpoint, standing });
      continue;
    }
    const { projects, unwritable } = projectsIn(listing.permissions);
    const text = checkpointInFile(source, checkpoint, projects, indentation.repeat(2), '\n');
    if (text.length + 10 > room) {
      leftOut.push({ why: 'room', checkpoint });
      continue;
    }
    room -= text.length + 10;
    for (const project of unwritable) leftOut.push({ why: 'id', checkpoint, project });
    parts.push(`\n${indentation.repeat(2)}${text}`);
    grants += projects.length;
    if (projects.length > 100) yield;
  }
  const object = parts.length === 0 ? '{}' : `{${parts.join(',')}\n${indentation}}`;
  lines.push(`${member('checkpoints', object)}\n}\n`);
  return { text: lines.join(''), checkpoints: parts.length, grants, leftOut };
}

/** The key of a checkpoint and its value, `additive`, with access of projects that has no reason. */
export function checkpointInFile(
  { projects: directory }: Pick<Organization, 'projects'>,
  checkpoint: string,
  projects: readonly string[],
  indent: string,
  eol: string,
): string {
  const inner = indent + indentation;
  const item = inner + indentation;
  const sorted = projects
    .map((project) => ({ project, name: nameForFile(directory, project) }))
    .sort(
      (one, other) =>
        names.compare(one.name ?? '', other.name ?? '') || compareIds(one.project, other.project),
    );
  const grants = sorted.map((fields) => `${item}${jsonObject(fields, item, eol)}`);
  const list = grants.length === 0 ? '[]' : `[${eol}${grants.join(`,${eol}`)}${eol}${inner}]`;
  const members = [member('ownership', jsonString('additive'), inner), member('grants', list, inner)];
  return `${jsonString(checkpoint)}: {${eol}${members.join(`,${eol}`)}${eol}${indent}}`;
}

/** A key and its value, which is JSON already. */
function member(key: string, value: string, indent = indentation): string {
  return `${indent}${jsonString(key)}: ${value}`;
}

/** The projects of a list that a file can name, and those whose IDs it can't. */
export function projectsIn(permissions: readonly Permission[]) {
  const all = [...byProject(permissions).keys()];
  return {
    projects: all.filter((project) => !whyNotProjectInFile(project)),
    unwritable: all.filter((project) => whyNotProjectInFile(project)),
  };
}

/** What a file calls a project: what the API calls it, if a file can say that. */
export function nameForFile(
  projects: Pick<Organization['projects'], 'nameOf'>,
  project: string,
): string | undefined {
  const name = projects.nameOf(project);
  if (name === undefined || !/\S/.test(name) || name.length > longestInFile.name) return undefined;
  return containsKey(name) ? undefined : name;
}

/** The same order on every computer. */
function compareIds(one: string, other: string): number {
  return names.compare(one, other) || (one < other ? -1 : Number(one > other));
}

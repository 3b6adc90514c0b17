import { isCertain } from '../loading/standing';
import type { Organization } from '../organization';
import { isPause, type Steps } from '../slices';
import type { AccessFile, FileCheckpoint } from './accessFile';
import { checkpointInFile, nameForFile, projectsIn } from './draftAccessFile';
import { driftOf } from './drift';
import { whyNotCheckpointInFile, whyNotProjectInFile } from './fileIds';
import { indentAt, inOrder, jsonObject, jsonString, lineStart, type TextEdit } from './jsonText';
import { listEdits } from './listEdits';
import type { FilePlan } from './planAccessFile';

/** What is edited: the text, and the file that was parsed from it. */
export interface EditedFile {
  readonly text: string;
  readonly file: AccessFile;
}

export interface AcceptOptions {
  /** The reason of the access that is added: that it was accepted. */
  readonly reason: string;
  /** Whether to accept the drift of a project. Default: all of it. */
  readonly select?: (checkpoint: string, project: string) => boolean;
  /** Checkpoints that the file doesn't manage, to be added. Default: none. */
  readonly add?: readonly string[];
}

/** Edits that take over what is live, and what they can't take over. */
export interface AcceptedDrift {
  readonly edits: readonly TextEdit[];
  /** Grants added and removed, and checkpoints added. */
  readonly added: number;
  readonly removed: number;
  readonly checkpoints: number;
  /** No ID in a file may be like these, or the list isn't complete. */
  readonly notTaken: readonly { readonly checkpoint: string; readonly project?: string }[];
}

/**
 * The edits that make a file say what is live: access that it doesn't list is added, with a reason, and what it lists and
 * isn't in effect is removed. What `until` ends stays, because a plan revokes it. Comments and order stay. The plan has to be
 * made from lists that were loaded for it.
 */
export function* acceptDrift(
  { text, file }: EditedFile,
  plan: FilePlan,
  source: Pick<Organization, 'permissions' | 'projects'>,
  { reason, select = () => true, add = [] }: AcceptOptions,
): Steps<AcceptedDrift> {
  const { missing, notListed, beyond } = driftOf(plan);
  const gone = groups(missing.map(({ checkpoint, grant }) => [checkpoint, grant.project]));
  const extra = groups([
    ...notListed.map(({ step }) => [step.checkpoint, step.project] as const),
    ...beyond.map(({ checkpoint, project }) => [checkpoint, project] as const),
  ]);
  const edits: TextEdit[] = [];
  const notTaken: AcceptedDrift['notTaken'][number][] = [];
  let [added, removed, count] = [0, 0, 0];
  for (const managed of file.checkpoints) {
    count += 1 + managed.grants.length;
    if (isPause(count) || managed.grants.length > 100) yield;
    const { id } = managed;
    const going = new Set<number>();
    const theirs = gone.get(id);
    for (const [index, { project }] of managed.grants.entries())
      if (theirs?.has(project) && select(id, project)) going.add(index);
    const coming: string[] = [];
    for (const project of extra.get(id) ?? []) {
      if (!select(id, project)) continue;
      if (whyNotProjectInFile(project)) notTaken.push({ checkpoint: id, project });
      else coming.push(project);
    }
    if (going.size + coming.length === 0) continue;
    added += coming.length;
    removed += going.size;
    const items = managed.grants.map(({ places }) => places.grant);
    const writers = coming.map((project) => (indent: string, eol: string) => {
      const name = nameForFile(source.projects, project);
      return jsonObject({ project, name, reason }, indent, eol);
    });
    edits.push(...listEdits(text, { list: managed.places.grants, items }, going, writers));
  }
  const managed = new Set(file.checkpoints.map(({ id }) => id));
  const writers: ((indent: string, eol: string) => string)[] = [];
  for (const checkpoint of new Set(add)) {
    if (managed.has(checkpoint)) continue;
    const snapshot = source.permissions.snapshot(checkpoint);
    if (
      whyNotCheckpointInFile(checkpoint) ||
      !snapshot.listing ||
      !isCertain(snapshot) ||
      snapshot.restored
    ) {
      notTaken.push({ checkpoint });
      continue;
    }
    const { projects, unwritable } = projectsIn(snapshot.listing.permissions);
    for (const project of unwritable) notTaken.push({ checkpoint, project });
    writers.push((indent, eol) => checkpointInFile(source, checkpoint, projects, indent, eol));
  }
  const items = file.checkpoints.map(({ places }) => places.property);
  edits.push(...listEdits(text, { list: file.places.checkpoints, items }, new Set(), writers));
  return { edits: inOrder(edits), added, removed, checkpoints: writers.length, notTaken };
}

/** The projects of each checkpoint. */
function groups(pairs: readonly (readonly [checkpoint: string, project: string])[]) {
  const found = new Map<string, Set<string>>();
  for (const [checkpoint, project] of pairs) {
    const known = found.get(checkpoint);
    if (known) known.add(project);
    else found.set(checkpoint, new Set([project]));
  }
  return found;
}

/**
 * The edits that make a file call its projects what the API calls them: other names are replaced, and missing ones added.
 * A project whose name isn't loaded, or can't stand in a file, keeps its name.
 */
export function* nameEdits(
  { text, file }: EditedFile,
  { projects }: Pick<Organization, 'projects'>,
): Steps<TextEdit[]> {
  const edits: TextEdit[] = [];
  let count = 0;
  for (const { grants } of file.checkpoints) {
    for (const { project, name, places } of grants) {
      count += 1;
      if (isPause(count)) yield;
      const live = nameForFile(projects, project);
      if (live === undefined || live === name) continue;
      if (places.name) edits.push({ ...places.name, content: jsonString(live) });
      else edits.push(nameAfter(text, places.project, live));
    }
  }
  return inOrder(edits);
}

/** The edit that adds a name behind a project: on a line of its own, if the project is. */
function nameAfter(text: string, project: FileCheckpoint['places']['id'], name: string): TextEdit {
  const key = text.lastIndexOf('"project"', project.offset);
  const start = lineStart(text, project.offset);
  const isOnOwnLine = key >= start && text.slice(start, key).trim() === '';
  const eol = text.slice(start - 2, start) === '\r\n' ? '\r\n' : '\n';
  const separator = isOnOwnLine ? `,${eol}${indentAt(text, key)}` : ', ';
  return {
    offset: project.offset + project.length,
    length: 0,
    content: `${separator}"name": ${jsonString(name)}`,
  };
}

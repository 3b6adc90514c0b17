import { containsKey } from '../../text/redact';
import { isDay } from '../evidence/review/accepted';
import { findingKinds } from '../evidence/review/finding';
import { isPause, type Steps } from '../slices';
import {
  type AccessFile,
  deepestAccessFile,
  defaultRemovals,
  type FileAcceptance,
  type FileCheckpoint,
  type FileGrant,
  longestAccessFile,
  longestInFile,
  mostRemovals,
  ownerships,
  type TextRange,
} from './accessFile';
import { whyNotCheckpointInFile, whyNotOrganization, whyNotProjectInFile } from './fileIds';
import {
  type AccessFileProblem,
  type ExpectedKind,
  type FileObject,
  Lines,
  type ProblemFacts,
} from './problems';
import { type JSONMember, type JSONNode, readJSON } from './readJSON';

/** A parsed file: valid as a whole, or nothing of it counts. `total`: of all problems, of which the first are listed. */
export type AccessFileReading =
  | { readonly file: AccessFile }
  | { readonly problems: readonly AccessFileProblem[]; readonly total: number };

/** The problems that are listed. */
export const mostProblems = 100;

/** The keys of each object: those that it must have, and those that it may have. */
export const keysOf: Readonly<
  Record<FileObject, { readonly required: readonly string[]; readonly optional: readonly string[] }>
> = {
  file: { required: ['version', 'organization', 'checkpoints'], optional: ['limits', 'accepted'] },
  limits: { required: [], optional: ['removals'] },
  checkpoint: { required: ['ownership', 'grants'], optional: [] },
  grant: { required: ['project'], optional: ['name', 'reason', 'until'] },
  acceptance: { required: ['finding', 'checkpoint', 'project', 'reason', 'until'], optional: [] },
};

/**
 * Parses an access file. It is valid as a whole, or it has problems. Time grows with the length of the text, and the depth
 * is bounded. A text that is no JSON has one problem, the first.
 */
export function* parseAccessFile(text: string): Steps<AccessFileReading> {
  if (text.length > longestAccessFile) {
    const place = { offset: longestAccessFile, length: text.length - longestAccessFile };
    const { line, column } = new Lines(text.slice(0, longestAccessFile)).at(longestAccessFile);
    const problem = { kind: 'fileTooLong', most: longestAccessFile, ...place, line, column } as const;
    return { problems: [problem], total: 1 };
  }
  // A byte order mark is no part of the text for an editor. Its place stays.
  const json = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const reader = new Reader(json);
  const file = yield* reader.read();
  const { problems, total } = reader;
  return file && total === 0 ? { file } : { problems, total };
}

class Reader {
  readonly problems: AccessFileProblem[] = [];
  total = 0;
  #lines: Lines | undefined;

  constructor(private readonly text: string) {}

  *read(): Steps<AccessFile | undefined> {
    const reading = yield* readJSON(this.text, deepestAccessFile);
    if ('root' in reading) return yield* this.#file(reading.root);
    const { fault, place } = reading;
    if (fault === 'tooDeep') this.#add(place, { kind: fault, most: deepestAccessFile });
    else this.#add(place, { kind: 'syntax', fault });
    return undefined;
  }

  *#file(root: JSONNode): Steps<AccessFile | undefined> {
    const fields = this.#fields(root, 'file');
    if (!fields) return undefined;
    const version = fields.get('version');
    if (version && this.#is(version, 'integer', 'version') && version.value !== 1)
      this.#add(version, { kind: 'wrongVersion', found: version.value });
    const named = fields.get('organization');
    const organization = named && this.#text(named, 'organization');
    const why = organization === undefined ? undefined : whyNotOrganization(organization);
    if (named && organization !== undefined && why)
      this.#add(named, { kind: 'notOrganization', text: organization, why });
    const removals = this.#removals(fields.get('limits'));
    const all = fields.get('checkpoints');
    const checkpoints = all ? yield* this.#checkpoints(all) : [];
    const accepted = yield* this.#acceptances(fields.get('accepted'));
    if (organization === undefined || !named || !all) return undefined;
    const places = { organization: rangeOf(named), checkpoints: rangeOf(all) };
    return { organization, removals, checkpoints, accepted, places };
  }

  #removals(limits: JSONNode | undefined): number {
    const removals = limits && this.#fields(limits, 'limits')?.get('removals');
    if (!removals || !this.#is(removals, 'integer', 'removals')) return defaultRemovals;
    const { value } = removals;
    if (value < 0 || value > mostRemovals) this.#add(removals, { kind: 'notRemovals', most: mostRemovals });
    return value;
  }

  *#checkpoints(node: JSONNode): Steps<FileCheckpoint[]> {
    if (!this.#is(node, 'object', 'checkpoints')) return [];
    const first = new Map<string, JSONNode>();
    const checkpoints: FileCheckpoint[] = [];
    for (const [index, member] of (node.members ?? []).entries()) {
      if (isPause(index)) yield;
      const { key } = member;
      const why = whyNotCheckpointInFile(key.value);
      if (why) this.#add(key, { kind: 'notCheckpoint', text: key.value, why });
      const before = first.get(key.value);
      if (before)
        this.#add(key, {
          kind: 'duplicateCheckpoint',
          checkpoint: key.value,
          firstLine: this.#lineOf(before),
        });
      else first.set(key.value, key);
      const checkpoint = yield* this.#checkpoint(member);
      if (checkpoint) checkpoints.push(checkpoint);
    }
    return checkpoints;
  }

  *#checkpoint({ key, value }: JSONMember): Steps<FileCheckpoint | undefined> {
    const fields = this.#fields(value, 'checkpoint');
    const said = fields?.get('ownership');
    const text = said && this.#text(said, 'ownership');
    const ownership = ownerships.find((each) => each === text);
    if (said && text !== undefined && !ownership) this.#add(said, { kind: 'notOwnership', text });
    const list = fields?.get('grants');
    const grants = list ? yield* this.#grants(list) : [];
    if (!said || !ownership || !list) return undefined;
    const places = {
      property: { offset: key.offset, length: value.offset + value.length - key.offset },
      id: rangeOf(key),
      ownership: rangeOf(said),
      grants: rangeOf(list),
    };
    return { id: key.value, ownership, grants, places };
  }

  *#grants(node: JSONNode): Steps<FileGrant[]> {
    if (!this.#is(node, 'array', 'grants')) return [];
    const first = new Map<string, JSONNode>();
    const grants: FileGrant[] = [];
    for (const [index, each] of (node.items ?? []).entries()) {
      if (isPause(index)) yield;
      const fields = this.#fields(each, 'grant');
      const named = fields?.get('project');
      const project = named && this.#project(named);
      const name = this.#oneOf(fields, 'name', longestInFile.name);
      const reason = this.#oneOf(fields, 'reason', longestInFile.reason);
      const until = this.#day(fields);
      if (project === undefined || !named) continue;
      const before = first.get(project);
      if (before) this.#add(named, { kind: 'duplicateGrant', project, firstLine: this.#lineOf(before) });
      else first.set(project, named);
      const places = {
        grant: rangeOf(each),
        project: rangeOf(named),
        ...(name && { name: name.place }),
        ...(reason && { reason: reason.place }),
        ...(until && { until: until.place }),
      };
      grants.push({
        project,
        ...(name && { name: name.text }),
        ...(reason && { reason: reason.text }),
        ...(until && { until: until.text }),
        places,
      });
    }
    return grants;
  }

  *#acceptances(node: JSONNode | undefined): Steps<FileAcceptance[]> {
    if (!node || !this.#is(node, 'array', 'accepted')) return [];
    const first = new Map<string, JSONNode>();
    const accepted: FileAcceptance[] = [];
    for (const [index, each] of (node.items ?? []).entries()) {
      if (isPause(index)) yield;
      const fields = this.#fields(each, 'acceptance');
      const kind = fields?.get('finding');
      const text = kind && this.#text(kind, 'finding');
      const finding = findingKinds.find((known) => known === text);
      if (kind && text !== undefined && !finding)
        this.#add(kind, { kind: 'notFinding', text, known: findingKinds });
      const model = fields?.get('checkpoint');
      const checkpoint = model && this.#text(model, 'checkpoint');
      const why = checkpoint === undefined ? undefined : whyNotCheckpointInFile(checkpoint);
      if (model && checkpoint !== undefined && why)
        this.#add(model, { kind: 'notCheckpoint', text: checkpoint, why });
      const named = fields?.get('project');
      const project = named && this.#project(named);
      const reason = this.#oneOf(fields, 'reason', longestInFile.reason);
      const until = this.#day(fields);
      if (!finding || checkpoint === undefined || project === undefined || !reason || !until) continue;
      const name = JSON.stringify([finding, checkpoint, project]);
      const before = first.get(name);
      if (before) this.#add(each, { kind: 'duplicateAcceptance', firstLine: this.#lineOf(before) });
      else first.set(name, each);
      const places = { acceptance: rangeOf(each), until: until.place };
      accepted.push({ finding, checkpoint, project, reason: reason.text, until: until.text, places });
    }
    return accepted;
  }

  #project(node: JSONNode): string | undefined {
    const project = this.#text(node, 'project');
    const why = project === undefined ? undefined : whyNotProjectInFile(project);
    if (project !== undefined && why) this.#add(node, { kind: 'notProject', text: project, why });
    return project;
  }

  /** A text of a person. */
  #oneOf(fields: ReadonlyMap<string, JSONNode> | undefined, key: string, most: number) {
    const node = fields?.get(key);
    const text = node && this.#text(node, key);
    if (!node || text === undefined) return undefined;
    if (!/\S/.test(text)) this.#add(node, { kind: 'blank', key });
    // Characters, as the schema counts them. No text has more characters than units.
    if (text.length > most && Array.from(text).length > most) this.#add(node, { kind: 'tooLong', key, most });
    if (containsKey(text)) this.#add(node, { kind: 'holdsKey', key });
    return { text, place: rangeOf(node) };
  }

  #day(fields: ReadonlyMap<string, JSONNode> | undefined) {
    const node = fields?.get('until');
    const text = node && this.#text(node, 'until');
    if (!node || text === undefined) return undefined;
    if (!isDay(text)) {
      const why = /^\d{4}-\d{2}-\d{2}$/.test(text) ? 'noSuchDay' : 'form';
      this.#add(node, { kind: 'notDay', text, why });
    }
    return { text, place: rangeOf(node) };
  }

  #text(node: JSONNode, key: string): string | undefined {
    return this.#is(node, 'string', key) ? node.value : undefined;
  }

  /** The values of an object by their keys. Unknown, missing, and repeated keys are problems. */
  #fields(node: JSONNode, of: FileObject): ReadonlyMap<string, JSONNode> | undefined {
    if (!this.#is(node, 'object', of === 'limits' ? of : undefined)) return undefined;
    const { required, optional } = keysOf[of];
    const known = [...required, ...optional];
    const fields = new Map<string, JSONNode>();
    const first = new Map<string, JSONNode>();
    for (const { key, value } of node.members ?? []) {
      const name = key.value;
      const before = first.get(name);
      if (before) this.#add(key, { kind: 'duplicateKey', key: name, firstLine: this.#lineOf(before) });
      else if (!known.includes(name)) this.#add(key, { kind: 'unknownKey', key: name, of, known });
      else fields.set(name, value);
      if (!before) first.set(name, key);
    }
    for (const key of required) {
      // The brace alone: the whole object would be underlined.
      if (!first.has(key)) this.#add({ offset: node.offset, length: 1 }, { kind: 'missingKey', key, of });
    }
    return fields;
  }

  #is(node: JSONNode, expected: 'integer', key?: string): node is JSONNode & { value: number };
  #is(node: JSONNode, expected: 'string', key?: string): node is JSONNode & { value: string };
  #is(node: JSONNode, expected: ExpectedKind, key?: string): boolean;
  #is(node: JSONNode, expected: ExpectedKind, key?: string): boolean {
    const isIt = expected === 'integer' ? Number.isInteger(node.value) : node.kind === expected;
    if (!isIt) this.#add(node, { kind: 'wrongType', ...(key && { key }), expected, found: node.kind });
    return isIt;
  }

  #lineOf({ offset }: TextRange): number {
    this.#lines ??= new Lines(this.text);
    return this.#lines.at(offset).line;
  }

  #add({ offset, length }: TextRange, facts: ProblemFacts): void {
    this.total += 1;
    if (this.problems.length >= mostProblems) return;
    this.#lines ??= new Lines(this.text);
    this.problems.push({ ...facts, offset, length, ...this.#lines.at(offset) });
  }
}

function rangeOf({ offset, length }: TextRange): TextRange {
  return { offset, length };
}

import type { AuditLog, AuditLogActor, IncompleteReason, Project } from '../../openai';
import type { Permission } from '../api';
import type { LoadedLog } from '../evidence/history/auditTrail';
import type { ModelUse, UsageSnapshot } from '../evidence/review/usageCache';
import { usageDays } from '../evidence/usageDays';
import type { Ending } from '../loading/listing';
import type { ProjectsIncomplete } from '../loading/projectDirectory';

// What was loaded of an organization, as it is kept between sessions. Dates are in milliseconds since 1970 by the
// computer's clock. No key, no IP address and no user agent is part of it.

/** The permissions of one checkpoint. */
export interface KnownList {
  readonly permissions: readonly Permission[];
  readonly ending: Ending;
  readonly isNewestFirst: boolean;
  readonly loadedAt: number;
  /** A change was sent after the list was loaded. */
  readonly beforeChange?: true;
  /** A refresh was requested after the list was loaded. */
  readonly outdated?: true;
}

/** The projects of the organization, with archived ones. `incomplete`: why projects may be missing. */
export interface KnownProjects {
  readonly projects: readonly Project[];
  readonly loadedAt: number;
  readonly incomplete?: ProjectsIncomplete;
}

export interface KnownAccess {
  readonly lists: ReadonlyMap<string, KnownList>;
  readonly projects?: KnownProjects;
  /** Its `loadedAt` is a date here. */
  readonly log?: LoadedLog;
  /** Its `loadedAt` is a date, too. */
  readonly usage?: UsageSnapshot;
}

export const nothingKnown: KnownAccess = { lists: new Map() };

/** The most permissions that are kept, of the lists loaded last. A list that doesn't fit is left out whole. */
export const maxPermissions = 200_000;
const maxProjects = 20_000;
const maxEvents = 10_000;
/** The most pairs of a model and a project with usage. They are one line of the file. */
const maxUses = 20_000;
/** The most days of usage that are kept, of all pairs together: they are in the same line. */
const maxUseDays = 50_000;

/** The most rows in one line of the file, so that making and reading a line takes a few milliseconds. */
const maxRows = 2000;

/** What two windows know: of each list, and of each other part, what was loaded later. */
export function mergeKnown(one: KnownAccess, other: KnownAccess): KnownAccess {
  const lists = new Map(one.lists);
  for (const [checkpoint, list] of other.lists) {
    const known = lists.get(checkpoint);
    lists.set(checkpoint, later(known, list) ?? list);
  }
  const projects = later(one.projects, other.projects);
  const log = later(one.log, other.log);
  const usage = later(one.usage, other.usage);
  return { lists, ...(projects && { projects }), ...(log && { log }), ...(usage && { usage }) };
}

interface KnownPart {
  readonly loadedAt: number;
  readonly beforeChange?: true;
  readonly outdated?: true;
}

function later<T extends KnownPart>(one: T | undefined, other: T | undefined): T | undefined {
  if (!one || !other) return one ?? other;
  if (one.loadedAt !== other.loadedAt) return one.loadedAt > other.loadedAt ? one : other;
  // Of the same reading, the one that was marked since.
  return other.beforeChange || other.outdated ? { ...one, ...other } : one;
}

/** How far, in milliseconds, the clocks of two windows may be apart. */
const clockSlack = 2000;

/**
 * Leaves out what has a date in the future, because the computer's clock was wrong or was set back. Its age is unknown,
 * and it would win over all that is loaded until then.
 */
export function withoutFuture({ lists, ...others }: KnownAccess, now: number): KnownAccess {
  const isPast = ({ loadedAt }: { readonly loadedAt: number }): boolean => loadedAt <= now + clockSlack;
  const { projects, log, usage } = others;
  return {
    lists: new Map([...lists].filter(([, list]) => isPast(list))),
    ...(projects && isPast(projects) && { projects }),
    ...(log && isPast(log) && { log }),
    ...(usage && isPast(usage) && { usage }),
  };
}

/** Leaves out what is beyond the limits, and lists of checkpoints that are not `listed`. */
export function withinLimits(known: KnownAccess, listed: (checkpoint: string) => boolean): KnownAccess {
  const newestFirst = [...known.lists]
    .filter(([checkpoint]) => listed(checkpoint))
    .sort(([, one], [, other]) => other.loadedAt - one.loadedAt);
  let room = maxPermissions;
  const lists = newestFirst.filter(([, { permissions }]) => {
    if (permissions.length > room) return false;
    room -= permissions.length;
    return true;
  });
  const { projects, log, usage } = known;
  const uses = [...(usage?.uses.values() ?? [])].reduce((sum, { size }) => sum + size, 0);
  return {
    lists: new Map(lists),
    ...(projects && projects.projects.length <= maxProjects && { projects }),
    ...(log && log.events.length <= maxEvents && { log }),
    ...(usage && uses <= maxUses && { usage }),
  };
}

type FileRow = readonly [id: string, project: string, createdAt: number];

/** Where the rows of a line begin, and how many the whole part has, if it takes several lines. */
interface Cut {
  readonly from?: number;
  readonly all?: number;
}

/** One line of the file: one list, or one other part, or a piece of it with the facts of the whole. */
type FileLine = Cut &
  (
    | (Omit<KnownList, 'permissions'> & { readonly list: string; readonly rows: readonly FileRow[] })
    | (Omit<KnownProjects, 'projects'> & { readonly projects: readonly unknown[] })
    | (Omit<LoadedLog, 'events'> & { readonly events: readonly unknown[] })
    | {
        readonly usage: readonly (readonly [
          model: string,
          project: string,
          requests: number,
          lastDay: number,
          days?: readonly number[],
        ])[];
        readonly from: number;
        readonly loadedAt: number;
        readonly unattributed?: true;
      }
  );

/** The lines of the file, one at a time, each without its end of line. */
export function* toLines({ lists, projects, log, usage }: KnownAccess): Generator<string> {
  const line = (value: FileLine): string => JSON.stringify(value);
  for (const [list, { permissions, ...rest }] of lists) {
    for (const [piece, at] of pieces(permissions)) {
      const rows = piece.map(({ id, project_id, created_at }): FileRow => [id, project_id, created_at]);
      yield line({ list, ...rest, ...at, rows });
    }
  }
  if (projects)
    for (const [piece, at] of pieces(projects.projects))
      yield line({ ...projects, ...at, projects: piece.map(projectFacts) });
  if (log)
    for (const [piece, at] of pieces(log.events))
      yield line({ ...log, ...at, events: piece.map(eventFacts) });
  if (usage) {
    const { uses, from, loadedAt, unattributed } = usage;
    const hasRoom = daysIn(uses) <= maxUseDays;
    const rows = [...uses].flatMap(([model, byProject]) =>
      [...byProject].map(([project, { requests, lastDay, days }]) => {
        const row = [model, project, requests, lastDay] as const;
        return days && hasRoom ? ([...row, days] as const) : row;
      }),
    );
    yield line({ usage: rows, from, loadedAt, ...(unattributed && { unattributed }) });
  }
}

function daysIn(uses: UsageSnapshot['uses']): number {
  let sum = 0;
  for (const byProject of uses.values()) for (const { days = [] } of byProject.values()) sum += days.length;
  return sum;
}

function* pieces<R>(rows: readonly R[]): Generator<readonly [rows: readonly R[], cut: Cut]> {
  if (rows.length <= maxRows) return yield [rows, {}];
  for (let from = 0; from < rows.length; from += maxRows)
    yield [rows.slice(from, from + maxRows), { from, all: rows.length }];
}

/** What a line says: one part, or a piece of one. */
export type KnownPiece = KnownAccess & Cut;

/** Puts together what the lines of a file say. A part of which a piece is missing is left out whole. */
export class KnownPieces {
  #known = nothingKnown;
  #begun: KnownPiece | undefined;

  get known(): KnownAccess {
    return this.#known;
  }

  /** Whether the last part still misses a piece. */
  get isBroken(): boolean {
    return this.#begun !== undefined;
  }

  /** Adds the next line. Returns false if a piece is missing before it. */
  add(piece: KnownPiece): boolean {
    const { from, all, ...part } = piece;
    const begun = this.#begun;
    if (all === undefined || from === 0) {
      this.#begun = all === undefined ? undefined : piece;
      if (all === undefined) this.#merge(part);
      return begun === undefined;
    }
    this.#begun = undefined;
    if (!begun || begun.all !== all || nameOf(begun) !== nameOf(piece)) return false;
    const rows = rowsOf(begun);
    if (rows.length !== from) return false;
    for (const row of rowsOf(piece)) rows.push(row);
    if (rows.length < all) {
      this.#begun = begun;
      return true;
    }
    const { from: _from, all: _all, ...whole } = begun;
    this.#merge(whole);
    return rows.length === all;
  }

  /** A line between could not be read. */
  breakOff(): void {
    this.#begun = undefined;
  }

  /** In place of copying all lists for each line. */
  #merge(part: KnownAccess): void {
    const lists = this.#known.lists as Map<string, KnownList>;
    if (lists.size === 0 || part.lists.size === 0) this.#known = mergeKnown(this.#known, part);
    else for (const [checkpoint, list] of part.lists) lists.set(checkpoint, list);
  }
}

function nameOf({ lists, projects }: KnownAccess): string {
  const [list] = lists.keys();
  return list ?? (projects ? 'projects' : 'log');
}

/** The rows of a piece that was read, to which the others are added. */
function rowsOf({ lists, projects, log }: KnownAccess): unknown[] {
  const [list] = lists.values();
  return (list?.permissions ?? projects?.projects ?? log?.events ?? []) as unknown[];
}

/** What a line says, or undefined if it is damaged. A file may hold anything, so each field is checked and copied. */
export function parseLine(text: string): KnownPiece | undefined {
  try {
    const line = record(JSON.parse(text));
    const part = parsePart(line);
    return 'all' in line ? { ...part, from: number(line.from), all: number(line.all) } : part;
  } catch {
    return undefined;
  }
}

function parsePart(line: Record<string, unknown>): KnownAccess {
  if ('list' in line) {
    const list: KnownList = {
      permissions: array(line.rows).map(permissionOf),
      ending: endingOf(line.ending),
      isNewestFirst: line.isNewestFirst === true,
      loadedAt: date(line.loadedAt),
      ...(line.beforeChange === true && { beforeChange: true }),
      ...(line.outdated === true && { outdated: true }),
    };
    return { lists: new Map([[string(line.list), list]]) };
  }
  if ('projects' in line) {
    const { incomplete } = line;
    const projects = array(line.projects).map((each) => projectFacts(record(each)));
    const part: KnownProjects = {
      projects,
      loadedAt: date(line.loadedAt),
      ...(incomplete !== undefined && { incomplete: string(incomplete) as ProjectsIncomplete }),
    };
    return { ...nothingKnown, projects: part };
  }
  if ('events' in line) {
    const events = array(line.events).map((each) => eventFacts(record(each)));
    const ending = endingOf(line.ending);
    return { ...nothingKnown, log: { events, ending, loadedAt: date(line.loadedAt) } };
  }
  const uses = new Map<string, Map<string, ModelUse>>();
  for (const row of array(line.usage)) {
    const [model, project, requests, lastDay, days] = array(row);
    const ofModel = uses.get(string(model)) ?? new Map<string, ModelUse>();
    uses.set(string(model), ofModel);
    ofModel.set(string(project), {
      requests: number(requests),
      lastDay: number(lastDay),
      ...(days !== undefined && { days: array(days).slice(0, usageDays).map(number) }),
    });
  }
  const unattributed = line.unattributed === true;
  const usage: UsageSnapshot = {
    uses,
    from: number(line.from),
    loadedAt: date(line.loadedAt),
    ...(unattributed && { unattributed }),
  };
  return { ...nothingKnown, usage };
}

function permissionOf(row: unknown): Permission {
  const [id, project_id, created_at] = array(row);
  return {
    id: string(id),
    object: 'checkpoint.permission',
    project_id: string(project_id),
    created_at: number(created_at),
  };
}

function endingOf(value: unknown): Ending {
  const { kind, after, reason } = record(value);
  if (kind === 'complete') return { kind };
  if (kind === 'more') return { kind, after: string(after) };
  return { kind: 'incomplete', reason: string(reason) as IncompleteReason };
}

/** The facts of a project that are shown. */
function projectFacts(project: Partial<Record<keyof Project, unknown>>): Project {
  const { id, name, status, created_at, archived_at } = project;
  return {
    id: string(id),
    object: 'organization.project',
    name: typeof name === 'string' ? name : null,
    status: typeof status === 'string' ? status : null,
    created_at: number(created_at),
    ...(typeof archived_at === 'number' && { archived_at }),
  };
}

/** The facts of an event that are shown: not the IP address, the user agent or the location of a session. */
function eventFacts(event: Partial<Record<keyof AuditLog, unknown>>): AuditLog {
  const { id, type, effective_at, actor } = event;
  const created = event['checkpoint.permission.created'];
  const deleted = event['checkpoint.permission.deleted'];
  const { project_id, fine_tuned_model_checkpoint } = record(record(created).data);
  return {
    id: string(id),
    type: string(type),
    effective_at: number(effective_at),
    ...(actor ? { actor: actorFacts(record(actor)) } : {}),
    ...(created
      ? {
          'checkpoint.permission.created': {
            ...optional('id', record(created).id),
            data: {
              ...optional('project_id', project_id),
              ...optional('fine_tuned_model_checkpoint', fine_tuned_model_checkpoint),
            },
          },
        }
      : {}),
    ...(deleted ? { 'checkpoint.permission.deleted': { ...optional('id', record(deleted).id) } } : {}),
  };
}

function actorFacts({ type, session, api_key }: Record<string, unknown>): AuditLogActor {
  const user = (value: unknown) => {
    const { id, email } = record(value);
    return { user: { ...optional('id', id), ...optional('email', email) } };
  };
  const key = record(api_key);
  return {
    ...optional('type', type),
    ...(session ? { session: user(record(session).user) } : {}),
    ...(api_key
      ? {
          api_key: {
            ...optional('id', key.id),
            ...optional('type', key.type),
            ...(key.user ? user(key.user) : {}),
            ...(key.service_account
              ? { service_account: optional('id', record(key.service_account).id) }
              : {}),
          },
        }
      : {}),
  };
}

function optional<N extends string>(name: N, value: unknown): { [K in N]?: string } {
  return (typeof value === 'string' ? { [name]: value } : {}) as { [K in N]?: string };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function array(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('list');
  return value;
}

function string(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new TypeError('text');
  return value;
}

function number(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError('number');
  return value;
}

/** A date that a computer can show. */
function date(value: unknown): number {
  const ms = number(value);
  if (ms < 0 || ms > 8.64e15) throw new TypeError('date');
  return ms;
}

/** A permission in its wire format (docs/api.md#what-a-permission-contains). `created_at` is in Unix seconds. */
export interface PermissionObject {
  readonly id: string;
  readonly object: 'checkpoint.permission';
  readonly created_at: number;
  readonly project_id: string;
}

interface IndexedPermission {
  readonly permission: PermissionObject;
  /** Orders permissions of the same second, so that a cursor is never ambiguous. */
  readonly sequence: number;
}

export interface PermissionQuery {
  readonly after?: string | undefined;
  readonly limit: number;
  readonly order: 'ascending' | 'descending';
  readonly projectID?: string | undefined;
}

/**
 * Permissions of one checkpoint, oldest first, indexed by ID and by project. A page costs one binary search, so long
 * lists stay fast.
 */
export class PermissionIndex {
  readonly #oldestFirst: IndexedPermission[] = [];
  readonly #byID = new Map<string, IndexedPermission>();
  readonly #byProject = new Map<string, IndexedPermission[]>();
  #added = 0;
  #removed = 0;

  /** Number of additions and removals. */
  get version(): number {
    return this.#added + this.#removed;
  }

  get size(): number {
    return this.#oldestFirst.length;
  }

  /** Every permission, oldest first. */
  all(): PermissionObject[] {
    return this.#oldestFirst.map((entry) => entry.permission);
  }

  has(id: string): boolean {
    return this.#byID.has(id);
  }

  get(id: string): PermissionObject | undefined {
    return this.#byID.get(id)?.permission;
  }

  /** Usually at most one. Tests add more, which is an anomaly. */
  ofProject(projectID: string): PermissionObject[] {
    return (this.#byProject.get(projectID) ?? []).map((entry) => entry.permission);
  }

  add(permission: PermissionObject): void {
    const entry = { permission, sequence: this.#added++ };
    this.#byID.set(permission.id, entry);
    insert(this.#oldestFirst, entry);
    const ofProject = this.#byProject.get(permission.project_id);
    if (ofProject) insert(ofProject, entry);
    else this.#byProject.set(permission.project_id, [entry]);
  }

  /** False when there is no such permission. */
  remove(id: string): boolean {
    const entry = this.#byID.get(id);
    if (!entry) return false;
    this.#removed += 1;
    this.#byID.delete(id);
    for (const entries of [this.#oldestFirst, this.#byProject.get(entry.permission.project_id) ?? []]) {
      entries.splice(countBefore(entries, entry), 1);
    }
    return true;
  }

  /** One page; undefined when `after` is no permission of this list. */
  page({
    after,
    limit,
    order,
    projectID,
  }: PermissionQuery): { readonly data: PermissionObject[]; readonly hasMore: boolean } | undefined {
    const entries = projectID === undefined ? this.#oldestFirst : (this.#byProject.get(projectID) ?? []);
    const cursor = after === undefined ? undefined : this.#byID.get(after);
    if (after !== undefined && !cursor) return undefined;
    if (order === 'ascending') {
      const start = cursor ? countUpTo(entries, cursor) : 0;
      const data = entries.slice(start, start + limit).map((entry) => entry.permission);
      return { data, hasMore: start + limit < entries.length };
    }
    const end = cursor ? countBefore(entries, cursor) : entries.length;
    const data = entries.slice(Math.max(0, end - limit), end).map((entry) => entry.permission);
    return { data: data.reverse(), hasMore: end > limit };
  }
}

function compare(one: IndexedPermission, other: IndexedPermission): number {
  return one.permission.created_at - other.permission.created_at || one.sequence - other.sequence;
}

/** Number of entries before this one, which may be absent. */
function countBefore(entries: readonly IndexedPermission[], entry: IndexedPermission): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = entries[middle];
    if (candidate && compare(candidate, entry) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same with the entry itself, if present. */
function countUpTo(entries: readonly IndexedPermission[], entry: IndexedPermission): number {
  const before = countBefore(entries, entry);
  return entries[before] === entry ? before + 1 : before;
}

function insert(entries: IndexedPermission[], entry: IndexedPermission): void {
  const last = entries.at(-1);
  if (!last || compare(last, entry) < 0) entries.push(entry);
  else entries.splice(countBefore(entries, entry), 0, entry);
}

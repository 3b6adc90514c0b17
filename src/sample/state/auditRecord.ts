import { type EventActor, inventedActor } from './actors';
import type { OrganizationState } from './organizationState';

/** One event. Its actor is derived on demand, because the log is much longer than a page. */
export class AuditEvent {
  constructor(
    private readonly state: OrganizationState,
    readonly type: string,
    /** ID of the affected object. */
    readonly resource: string,
    readonly effective_at: number,
    private readonly data: object | undefined,
    private readonly known: EventActor | null | undefined,
  ) {}

  /** Unique, because an object has at most two events. */
  get id(): string {
    const part = this.resource.slice(this.resource.indexOf('_') + 1);
    return `audit_log-${this.type.endsWith('.created') ? part : [...part].reverse().join('')}`;
  }

  get actor(): EventActor | null {
    const { people, adminAPIKeys } = this.state;
    return this.known === undefined ? inventedActor(people, adminAPIKeys, this.id) : this.known;
  }

  /** Events of an admin key have the organization's default project. */
  get project(): { id: string; name: string } | undefined {
    const [first] = this.state.projects.values();
    return first && this.actor?.type === 'api_key' ? { id: first.id, name: first.name } : undefined;
  }

  /** The wire format: details under the name of the type (docs/api.md#audit-log). */
  toJSON() {
    const { id, type, effective_at, actor, project, resource, data } = this;
    const details = { id: resource, ...(data && { data }) };
    return { id, type, effective_at, actor, ...(project && { project }), [type]: details };
  }
}

/**
 * The audit log, derived from the state. Every permission that exists or existed has its `created` event. Derived on
 * demand and cached until the state changes, so it costs nothing until it is read.
 */
export class AuditRecord {
  readonly #state: OrganizationState;
  #version = '';
  #newestFirst: readonly AuditEvent[] = [];

  constructor(state: OrganizationState) {
    this.#state = state;
  }

  get newestFirst(): readonly AuditEvent[] {
    const { version } = this.#state;
    if (version !== this.#version) {
      this.#version = version;
      this.#newestFirst = eventsOf(this.#state)
        .sort((one, other) => one.effective_at - other.effective_at)
        .reverse();
    }
    return this.#newestFirst;
  }
}

/** Events of each kind by time. An object's `created` event comes before its other one. */
function eventsOf(state: OrganizationState): AuditEvent[] {
  const events: AuditEvent[] = [];
  const add = (type: string, resource: string, at: number, data?: object, known?: EventActor | null) =>
    events.push(new AuditEvent(state, type, resource, at, data, known));

  for (const { id, name, created_at } of state.projects.values())
    add('project.created', id, created_at, { name, title: name });
  for (const { id, archived_at } of state.projects.values())
    if (archived_at !== null) add('project.archived', id, archived_at);
  for (const { id, created_at } of state.adminAPIKeys) add('api_key.created', id, created_at);

  const granted = (
    { id, project_id, created_at }: { id: string; project_id: string; created_at: number },
    checkpoint: string,
  ) => {
    const data = { project_id, fine_tuned_model_checkpoint: checkpoint };
    add('checkpoint.permission.created', id, created_at, data, state.granters.get(id));
  };
  for (const { permission, checkpoint } of state.revoked) granted(permission, checkpoint);
  for (const { id, permissions } of state.checkpoints.values())
    for (const permission of permissions.all()) granted(permission, id);
  for (const { permission, at, actor } of state.revoked)
    add('checkpoint.permission.deleted', permission.id, at, undefined, actor);
  return events;
}

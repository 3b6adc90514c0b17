import { type EventActor, inventedActor } from './actors';
import type { OrganizationState } from './organizationState';

/** One event. Who did it is worked out when asked for, as a log is long and a page of it is not. */
export class AuditEvent {
  constructor(
    private readonly state: OrganizationState,
    readonly type: string,
    /** What it was done to. */
    readonly resource: string,
    readonly effective_at: number,
    private readonly data: object | undefined,
    private readonly known: EventActor | null | undefined,
  ) {}

  /** Of one thing there are two events at most. */
  get id(): string {
    const part = this.resource.slice(this.resource.indexOf('_') + 1);
    return `audit_log-${this.type.endsWith('.created') ? part : [...part].reverse().join('')}`;
  }

  get actor(): EventActor | null {
    const { people, adminAPIKeys } = this.state;
    return this.known === undefined ? inventedActor(people, adminAPIKeys, this.id) : this.known;
  }

  /** What an admin key does is put down to the organization's default project, whatever it is done to. */
  get project(): { id: string; name: string } | undefined {
    const [home] = this.state.projects.values();
    return home && this.actor?.type === 'api_key' ? { id: home.id, name: home.name } : undefined;
  }

  /** As the API sends it: the details under the name of the type (docs/api.md#audit-log). */
  toJSON() {
    const { id, type, effective_at, actor, project, resource, data } = this;
    const details = { id: resource, ...(data && { data }) };
    return { id, type, effective_at, actor, ...(project && { project }), [type]: details };
  }
}

/**
 * The audit log, told from what the organization is made of when somebody asks for it: every permission there is or was
 * has its `created` event, whichever way it came. So it costs nothing until it is read.
 */
export class AuditRecord {
  readonly #state: OrganizationState;
  #told = '';
  #newestFirst: readonly AuditEvent[] = [];

  constructor(state: OrganizationState) {
    this.#state = state;
  }

  get newestFirst(): readonly AuditEvent[] {
    const { changes } = this.#state;
    if (changes !== this.#told) {
      this.#told = changes;
      this.#newestFirst = eventsOf(this.#state)
        .sort((one, other) => one.effective_at - other.effective_at)
        .reverse();
    }
    return this.#newestFirst;
  }
}

/** The events of each kind in the order they happened, and no event of a thing before the one that made it. */
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

import { type Actor, somebody } from './actors';
import type { OrganizationState } from './organizationState';

/** An event as the API sends it; the details are under the name of its type (API reference §2). */
export interface AuditEvent {
  readonly id: string;
  readonly type: string;
  readonly effective_at: number;
  readonly actor: Actor | null;
  readonly project?: { readonly id: string; readonly name: string };
  /** What it was done to, for the filter. Not sent. */
  readonly resource: string;
  readonly details: unknown;
}

/**
 * The audit log, told from what the organization is made of when somebody asks for it: every permission there is or was
 * has its `created` event, whichever way it came. So it costs nothing until it is read.
 */
export class AuditTrail {
  readonly #state: OrganizationState;
  #told = '';
  #newestFirst: readonly AuditEvent[] = [];
  #places = new Map<string, number>();

  constructor(state: OrganizationState) {
    this.#state = state;
  }

  get newestFirst(): readonly AuditEvent[] {
    this.#tell();
    return this.#newestFirst;
  }

  /** Undefined for an id that is no event's. */
  placeOf(id: string): number | undefined {
    this.#tell();
    return this.#places.get(id);
  }

  #tell(): void {
    const { changes } = this.#state;
    if (changes === this.#told) return;
    this.#told = changes;
    this.#newestFirst = eventsOf(this.#state)
      .sort((one, other) => one.effective_at - other.effective_at)
      .reverse();
    this.#places = new Map(this.#newestFirst.map(({ id }, place) => [id, place]));
  }
}

/** The events of each kind in the order they happened, and no event of a thing before the one that made it. */
function eventsOf(state: OrganizationState): AuditEvent[] {
  const events: AuditEvent[] = [];
  const [home] = state.projects.values();
  const project = home && { id: home.id, name: home.name };
  const add = (type: string, subject: string, at: number, details: object, known?: Actor | null) => {
    const isEnd = !type.endsWith('.created');
    const part = subject.slice(subject.indexOf('_') + 1);
    // Of one thing there are two events at most.
    const id = `audit_log-${isEnd ? [...part].reverse().join('') : part}`;
    const actor = known === undefined ? somebody(state.people, state.adminAPIKeys, id) : known;
    // What an admin key does is put down to the organization's default project, whatever it is done to.
    const where = actor?.type === 'api_key' && project ? { project } : {};
    const told = { id: subject, ...details };
    events.push({ id, type, effective_at: at, actor, ...where, resource: subject, details: told });
  };

  for (const { id, name, created_at } of state.projects.values())
    add('project.created', id, created_at, { data: { name, title: name } });
  for (const { id, archived_at } of state.projects.values())
    if (archived_at !== null) add('project.archived', id, archived_at, {});
  for (const { id, created_at } of state.adminAPIKeys) add('api_key.created', id, created_at, {});

  const granted = (permission: { id: string; project_id: string; created_at: number }, checkpoint: string) =>
    add(
      'checkpoint.permission.created',
      permission.id,
      permission.created_at,
      { data: { project_id: permission.project_id, fine_tuned_model_checkpoint: checkpoint } },
      state.granters.get(permission.id),
    );
  for (const { permission, checkpoint } of state.revoked) granted(permission, checkpoint);
  for (const { id, permissions } of state.checkpoints.values())
    for (const permission of permissions.all()) granted(permission, id);
  for (const { permission, at, actor } of state.revoked)
    add('checkpoint.permission.deleted', permission.id, at, {}, actor);
  return events;
}

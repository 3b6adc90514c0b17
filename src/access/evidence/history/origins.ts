import type { Origin } from './change';

/** The project and the checkpoint of a permission. */
export interface Grant {
  readonly project: string;
  readonly checkpoint: string;
}

/** From the most to the least reliable source: the event itself, an earlier event, the journal, a loaded list. */
const order: readonly Origin[] = ['event', 'earlierEvent', 'journal', 'list'];

/**
 * The projects and checkpoints of permissions, by ID, from all sources. A permission never changes, so this stays
 * true after it is deleted.
 */
export class Origins {
  readonly #grants = new Map<string, Grant & { readonly origin: Origin }>();

  get(permission: string): (Grant & { readonly origin: Origin }) | undefined {
    return this.#grants.get(permission);
  }

  learn(permission: string, { project, checkpoint }: Grant, origin: Origin): void {
    const known = this.#grants.get(permission);
    if (known && order.indexOf(known.origin) <= order.indexOf(origin)) return;
    this.#grants.set(permission, { project, checkpoint, origin });
  }
}

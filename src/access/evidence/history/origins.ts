import type { Origin } from './change';

/** What a permission gives: which project the use of which checkpoint. */
export interface Grant {
  readonly project: string;
  readonly checkpoint: string;
}

/** From the most to the least telling: the log's own word, what this computer did, what a list showed once. */
const order: readonly Origin[] = ['event', 'earlierEvent', 'journal', 'list'];

/**
 * What is known of permissions by their ids, from wherever anybody told. A permission never changes what it gives, so
 * what was told once stays true after it was revoked.
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

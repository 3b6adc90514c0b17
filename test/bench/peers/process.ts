import { join } from 'node:path';
import { Child } from '../child';
import type { Delivery, Order } from './main';
import type { PeerName } from './peer';

/** The peers by name, each in a process of its own. */
export class Peers {
  readonly #children = new Map<PeerName, Child<Order, Delivery>>();

  order(name: PeerName, order: Order): Promise<Delivery> {
    const child = this.#children.get(name) ?? new Child<Order, Delivery>(join(__dirname, 'main.js'), name);
    this.#children.set(name, child);
    return child.ask(order);
  }

  /** The next order finds them in new processes, which have done nothing yet. */
  end(): void {
    for (const child of this.#children.values()) child.end();
    this.#children.clear();
  }
}

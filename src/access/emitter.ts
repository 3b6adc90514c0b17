/** Stops what it was returned for. Doing so twice is harmless. */
export type Unsubscribe = () => void;

/** Tells its listeners in the order they came. A listener that throws keeps no other from hearing. */
export class Emitter<T> {
  readonly #listeners = new Set<(event: T) => void>();

  on(listener: (event: T) => void): Unsubscribe {
    const own = (event: T): void => listener(event);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  emit(event: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch {
        // A listener's fault is its own: the state that is announced stays right for the others.
      }
    }
  }
}

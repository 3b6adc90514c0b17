/** Removes a listener. A second call has no effect. */
export type Unsubscribe = () => void;

/** Calls its listeners in the order of their subscription. An error of one listener doesn't stop the others. */
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
        // An error of one listener must not keep the event from the others.
      }
    }
  }
}

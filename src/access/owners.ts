import { APIError } from '../openai';
import { Emitter, type Unsubscribe } from './emitter';

/**
 * Which project owns which checkpoint, as far as the server has told: no endpoint names the owner, only the refusal of a
 * change for it does (API reference §1 trap 2). An owner does not change, so what was told once stays true.
 */
export class Owners {
  readonly #owners = new Map<string, string>();
  readonly #changed = new Emitter<string>();

  /** Hears the id of each checkpoint whose owner has become known. */
  onDidChange(listener: (checkpoint: string) => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** The project that owns a checkpoint; undefined while the server has not told. */
  of(checkpoint: string): string | undefined {
    return this.#owners.get(checkpoint);
  }

  /** Takes from the error of a change what it tells about the checkpoint's owner, if it does. */
  learn(checkpoint: string, error: unknown): void {
    const owner = error instanceof APIError ? error.owningProject : undefined;
    if (owner === undefined || this.#owners.get(checkpoint) === owner) return;
    this.#owners.set(checkpoint, owner);
    this.#changed.emit(checkpoint);
  }
}

import type { Permission } from '../api';
import { Emitter, type Unsubscribe } from '../emitter';

/** What the server said when it was asked for one project's permissions for one checkpoint, or why it did not. */
export type ProjectAnswer =
  | { readonly permissions: readonly Permission[] /** Milliseconds since 1970. */; readonly at: number }
  | { readonly failure: unknown; readonly at: number };

/**
 * The answers to questions about one project and one checkpoint, which are asked with the API's `project_id` filter where
 * a whole list would cost more. A change of the checkpoint makes its answers void, also those that are under way.
 */
export class ProjectAnswers {
  readonly #changed = new Emitter<void>();
  readonly #answers = new Map<string, Map<string, ProjectAnswer>>();

  /** Hears that an answer has come, or that answers were dropped. */
  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(() => listener());
  }

  get(checkpoint: string, project: string): ProjectAnswer | undefined {
    return this.#answers.get(checkpoint)?.get(project);
  }

  /** All answers about a checkpoint, by project. */
  about(checkpoint: string): ReadonlyMap<string, ProjectAnswer> {
    return this.#answers.get(checkpoint) ?? none;
  }

  /** A place for an answer that is about to be asked for; what is put there after a change is dropped. */
  reserve(checkpoint: string, project: string): (answer: ProjectAnswer) => void {
    let answers = this.#answers.get(checkpoint);
    if (!answers) {
      answers = new Map();
      this.#answers.set(checkpoint, answers);
    }
    const place = answers;
    return (answer) => {
      place.set(project, answer);
      this.#changed.emit();
    };
  }

  /** Drops what is known about a checkpoint: it was changed, or is no longer wanted. */
  drop(checkpoint: string): void {
    if (this.#answers.delete(checkpoint)) this.#changed.emit();
  }

  clear(): void {
    this.#answers.clear();
  }
}

const none: ReadonlyMap<string, ProjectAnswer> = new Map();

import type { Permission } from '../api';
import { Emitter, type Unsubscribe } from '../emitter';

/**
 * The response to a request for one project's permissions for one checkpoint, or why the request failed. `at`: when
 * it was sent, milliseconds since 1970.
 */
export type ProjectAnswer =
  | { readonly permissions: readonly Permission[]; readonly at: number }
  | { readonly failure: unknown; readonly at: number };

/**
 * Responses about one project and one checkpoint, requested with the `project_id` filter of the API where a whole
 * list would cost more. A change of the checkpoint invalidates its responses, including those in flight.
 */
export class ProjectAnswers {
  readonly #changed = new Emitter<void>();
  readonly #answers = new Map<string, Map<string, ProjectAnswer>>();

  /** Notifies when a response is stored or responses are invalidated. */
  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(() => listener());
  }

  get(checkpoint: string, project: string): ProjectAnswer | undefined {
    return this.#answers.get(checkpoint)?.get(project);
  }

  /** All responses about a checkpoint, by project. */
  about(checkpoint: string): ReadonlyMap<string, ProjectAnswer> {
    return this.#answers.get(checkpoint) ?? none;
  }

  /**
   * Returns a function that stores the response of a request about to be sent. A response that arrives after a change
   * of the checkpoint is discarded, as is one that arrives after that of a later request.
   */
  reserve(checkpoint: string, project: string): (answer: ProjectAnswer) => void {
    let answers = this.#answers.get(checkpoint);
    if (!answers) {
      answers = new Map();
      this.#answers.set(checkpoint, answers);
    }
    const place = answers;
    return (answer) => {
      const known = place.get(project);
      if (known && known.at > answer.at && !isFirstResponse(known, answer)) return;
      place.set(project, answer);
      this.#changed.emit();
    };
  }

  /** Invalidates the responses about a checkpoint. */
  drop(checkpoint: string): void {
    if (this.#answers.delete(checkpoint)) this.#changed.emit();
  }

  clear(): void {
    this.#answers.clear();
  }
}

/** What a response says is worth more than that a later request failed. */
function isFirstResponse(known: ProjectAnswer, answer: ProjectAnswer): boolean {
  return 'failure' in known && 'permissions' in answer;
}

const none: ReadonlyMap<string, ProjectAnswer> = new Map();

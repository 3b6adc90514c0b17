import { Emitter, type Unsubscribe } from '../emitter';
import { isOfKey } from '../failures';
import { mapLimit } from '../loading/mapLimit';
import type { KeptAnswers } from './keptAnswers';
import type { ModelPolicy } from './projectPolicies';

/** So many refusals of the key in a row mean that it may load no policy: nothing more is asked. */
const mostRefusals = 2;

/**
 * Loads the model policies of many projects because a person asked for it, one load at a time, whoever shows it. What was
 * loaded when it is stopped stays.
 */
export class PolicyLoad {
  readonly #changed = new Emitter<void>();
  #stop: AbortController | undefined;
  #progress: { readonly done: number; readonly total: number } | undefined;

  constructor(private readonly policies: KeptAnswers<string, ModelPolicy>) {}

  /** Notifies when a load begins, gets on, or is over. */
  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** Requests answered, and requests in all. Undefined while nothing is loading. */
  get progress(): { readonly done: number; readonly total: number } | undefined {
    return this.#progress;
  }

  /**
   * Loads the policies of projects, by one request each, in the background. What is current is not requested again, but
   * what failed is. Does nothing while a load is running. Never rejects: a failure is kept with its project.
   */
  async load(projects: readonly string[]): Promise<void> {
    if (this.#stop || projects.length === 0) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.#report(0, projects.length);
    let done = 0;
    const ask = async (project: string): Promise<unknown> => {
      if (this.policies.get(project).failure !== undefined) this.policies.outdate(project);
      const { failure } = await this.policies.read(project, stop.signal, 'background');
      done += 1;
      this.#report(done, projects.length);
      return failure;
    };
    const rest = [...projects];
    try {
      let refusals = 0;
      while (refusals < mostRefusals && rest.length > 0) {
        const failure = await ask(rest.shift() ?? '');
        if (!isOfKey(failure)) break;
        refusals += 1;
      }
      if (refusals < mostRefusals)
        await mapLimit(
          rest,
          async (project) => void (await ask(project)),
          // A failure of a request is kept. This is a stop, or the organization is no longer shown.
          () => stop.abort(),
          stop.signal,
        );
    } catch {
      // The same, before several were asked for at once.
    } finally {
      this.#stop = undefined;
      this.#progress = undefined;
      this.#changed.emit();
    }
  }

  /** Ends the load. The request that is under way for it is canceled. */
  stop(): void {
    this.#stop?.abort();
  }

  #report(done: number, total: number): void {
    this.#progress = { done, total };
    this.#changed.emit();
  }
}

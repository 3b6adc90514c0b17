import type { OpenAIAdmin, Waiting } from '../../openai';
import { steadyNow } from '../../text/steadyClock';
import type { Unsubscribe } from '../emitter';
import type { PermissionStore } from '../loading/permissionStore';
import type { ProjectDirectory } from '../loading/projectDirectory';
import { type MayWait, Waits } from '../loading/waits';
import { oldAfter, usageAge } from '../thresholds';
import { type Ask, KeptAnswers } from './keptAnswers';
import { askPairUse, type Pair, type PairUse } from './pairUse';
import { PolicyLoad } from './policyLoad';
import { askProjectKeys, type LoadedKeys } from './projectKeys';
import { askProjectPolicy, type ModelPolicy } from './projectPolicies';
import { askProjectState, type ProjectState } from './projectStates';

export interface GateStoresParts {
  readonly api: Pick<OpenAIAdmin['admin']['organization'], 'projects' | 'usage'>;
  readonly projects: Pick<ProjectDirectory, 'onDidChange' | 'snapshot'>;
  readonly permissions: PermissionStore;
  /** Returns a signal that aborts when the organization is no longer shown. */
  readonly closed: () => AbortSignal;
  /** Milliseconds since 1970, for dates. */
  readonly now: () => number;
  /** The clock of ages, in milliseconds. */
  readonly steady?: (() => number) | undefined;
}

/**
 * What is loaded, beside permissions, of what decides whether a project can use a checkpoint. What is about a project is
 * loaded once for it, whichever checkpoint asks. A refresh of the projects makes it old.
 */
export class GateStores implements MayWait {
  /** By project ID. */
  readonly states: KeptAnswers<string, ProjectState>;
  /** By project ID. */
  readonly policies: KeptAnswers<string, ModelPolicy>;
  /** Loads the policies of many projects. */
  readonly policyLoad: PolicyLoad;
  /** By project ID. */
  readonly keys: KeptAnswers<string, LoadedKeys>;
  readonly uses: KeptAnswers<Pair, PairUse>;
  /** Requests about one project. What they find is kept with all permissions, so that nothing counts here. */
  readonly permissions: KeptAnswers<Pair, void>;
  readonly #waits = new Waits<Waiting>();
  readonly #refreshed = new Map<string, number>();
  readonly #steady: () => number;
  readonly #unsubscribe: Unsubscribe;

  constructor({ api, projects, permissions, closed, now, steady }: GateStoresParts) {
    this.#steady = steady ?? steadyNow;
    const parts = { closed, waits: this.#waits, now: steady };
    const ofProject = { ...parts, nameOf: (project: string) => project, maxAge: oldAfter };
    this.states = new KeptAnswers({ ...ofProject, ask: askProjectState(api.projects) });
    this.policies = new KeptAnswers({ ...ofProject, ask: askProjectPolicy(api.projects) });
    this.policyLoad = new PolicyLoad(this.policies);
    this.keys = new KeptAnswers({ ...ofProject, ask: askProjectKeys(api.projects) });
    const ofPair = { ...parts, nameOf: nameOfPair };
    this.uses = new KeptAnswers({ ...ofPair, maxAge: usageAge, ask: askPairUse(api.usage, now) });
    this.permissions = new KeptAnswers({ ...ofPair, maxAge: 0, ask: askPermission(permissions) });
    let wasOutdated = projects.snapshot.outdated === true;
    this.#unsubscribe = projects.onDidChange(() => {
      const isOutdated = projects.snapshot.outdated === true;
      if (isOutdated && !wasOutdated) this.outdate();
      wasOutdated = isOutdated;
    });
  }

  /** Notifies when anything was loaded, or failed to load. */
  onDidChange(listener: () => void): Unsubscribe {
    const all = [this.states, this.policies, this.keys].map((each) => each.onDidChange(() => listener()));
    const ofUses = this.uses.onDidChange(() => listener());
    return () => {
      for (const unsubscribe of [...all, ofUses]) unsubscribe();
    };
  }

  onDidChangeWaits(listener: () => void): Unsubscribe {
    return this.#waits.onDidChange(listener);
  }

  get waits(): Waiting[] {
    return this.#waits.all;
  }

  cancelWaits(): void {
    this.#waits.cancel();
  }

  /** A refresh: what is loaded of a project, or of all, is old from now on. Sends no request. */
  outdate(project?: string): void {
    for (const each of [this.states, this.policies, this.keys]) each.outdate(project);
    if (project === undefined) this.uses.outdate();
  }

  /**
   * A refresh of what is loaded about one pair, its permission included: the next explanation of it loads all of that
   * again. Sends no request.
   */
  outdatePair(pair: Pair): void {
    this.outdate(pair.project);
    this.uses.outdate(pair);
    this.#refreshed.set(nameOfPair(pair), this.#steady());
  }

  /** When a refresh of a pair was last asked for, in milliseconds by the steady clock. 0 if never. */
  refreshedAt(pair: Pair): number {
    return this.#refreshed.get(nameOfPair(pair)) ?? 0;
  }

  dispose(): void {
    this.policyLoad.stop();
    this.#unsubscribe();
  }
}

function nameOfPair({ project, checkpoint }: Pair): string {
  return `${project} ${checkpoint}`;
}

/** Asks for the permissions of a pair, which are kept as an answer about one project, as is a failure. */
function askPermission(store: PermissionStore): Ask<Pair, void> {
  return async ({ project, checkpoint }, { signal, priority }) => {
    const put = store.answers.reserve(checkpoint, project);
    const at = store.now();
    try {
      put(await store.readOfProject(checkpoint, project, signal ?? undefined, priority));
    } catch (error) {
      if (signal?.aborted) throw error;
      put({ failure: error, at });
    }
  };
}

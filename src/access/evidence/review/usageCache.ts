import type { OpenAIAdmin, Waiting } from '../../../openai';
import { Emitter, type Unsubscribe } from '../../emitter';
import { usageAge } from '../../thresholds';
import { daysPerRequest, usageDays, usageQuery } from '../usageDays';

export type UsageAPI = Pick<OpenAIAdmin['admin']['organization']['usage'], 'completionWindows'>;

const mostRequests = usageDays / daysPerRequest;

/** The usage of one model by one project. */
export interface ModelUse {
  readonly requests: number;
  /** The start of the last day with usage, Unix seconds. */
  readonly lastDay: number;
}

/** The usage of models by projects since a day. Immutable. */
export interface UsageSnapshot {
  /** By model, then by project. Includes the usage of the owner. */
  readonly uses: ReadonlyMap<string, ReadonlyMap<string, ModelUse>>;
  /** The start of the data, Unix seconds. */
  readonly from: number;
  /** Milliseconds since 1970. */
  readonly loadedAt: number;
  /** The API reported usage without a project or a model, or of another kind, so no access can be called unused. */
  readonly unattributed?: true;
}

/**
 * The usage of an organization's models in the last three months: three requests, cached for {@link
 * usageAge}. The oldest days come first, so the data is used only when loaded to its end.
 */
export class UsageCache {
  #known: UsageSnapshot | undefined;
  readonly #changed = new Emitter<void>();
  #reading: Promise<UsageSnapshot> | undefined;

  #loadedAt = 0;

  /** `now` dates the days that are asked for, in milliseconds since 1970; `steady` ages the answer. */
  constructor(
    private readonly api: UsageAPI,
    private readonly now: () => number,
    private readonly steady: () => number = now,
  ) {}

  /** Notifies when data was loaded or restored. */
  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** Takes over what an earlier session or another window loaded, if that is later. Sends no request. */
  adopt(usage: UsageSnapshot): void {
    if (this.#known && this.#known.loadedAt >= usage.loadedAt) return;
    this.#known = usage;
    this.#loadedAt = this.steady() - Math.max(0, this.now() - usage.loadedAt);
    this.#changed.emit();
  }

  /** The loaded data, whatever its age. Sends no request. */
  get known(): UsageSnapshot | undefined {
    return this.#known;
  }

  /** Whether data is being loaded, by whomever that was started. */
  get isReading(): boolean {
    return this.#reading !== undefined;
  }

  /** The maximum number of requests that {@link readAgain} sends. */
  readonly fullCost = mostRequests;

  /** The maximum number of requests that {@link read} would send now. */
  get cost(): number {
    return this.#isFresh ? 0 : mostRequests;
  }

  /** The cached data, or a new load if it is stale. Rejects with the client's error. */
  read(signal: AbortSignal, onWait?: (waiting: Waiting) => void): Promise<UsageSnapshot> {
    if (this.#known && this.#isFresh) return Promise.resolve(this.#known);
    return this.readAgain(signal, onWait);
  }

  /** A new load, or the one that is running, however fresh the data is. Rejects with the client's error. */
  readAgain(signal: AbortSignal, onWait?: (waiting: Waiting) => void): Promise<UsageSnapshot> {
    if (this.#reading !== undefined) return this.#reading;
    this.#reading = this.#all(signal, onWait).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  get #isFresh(): boolean {
    return this.#known !== undefined && this.steady() - this.#loadedAt < usageAge;
  }

  async #all(signal: AbortSignal, onWait?: (waiting: Waiting) => void): Promise<UsageSnapshot> {
    const [loadedAt, began] = [this.now(), this.steady()];
    const query = usageQuery(loadedAt, ['model', 'project_id']);
    const from = query.start_time;
    const uses = new Map<string, Map<string, ModelUse>>();
    let unattributed = false;
    for await (const { data } of this.api.completionWindows(query, { signal, onWait })) {
      for (const { results, start_time, otherResults } of data) {
        // What they say of the use of a model is not known.
        if (otherResults) unattributed = true;
        for (const { model, project_id, num_model_requests } of results) {
          if (num_model_requests <= 0) continue;
          if (!model || !project_id) unattributed = true;
          else add(uses, model, project_id, { requests: num_model_requests, lastDay: start_time });
        }
      }
    }
    this.#loadedAt = began;
    this.#known = { uses, from, loadedAt, ...(unattributed && { unattributed }) };
    this.#changed.emit();
    return this.#known;
  }
}

function add(uses: Map<string, Map<string, ModelUse>>, model: string, project: string, use: ModelUse): void {
  const ofModel = uses.get(model) ?? new Map<string, ModelUse>();
  uses.set(model, ofModel);
  const { requests = 0, lastDay = 0 } = ofModel.get(project) ?? {};
  ofModel.set(project, { requests: requests + use.requests, lastDay: Math.max(lastDay, use.lastDay) });
}

import type { OpenAIAdmin, Waiting } from '../../../openai';
import { Emitter, type Unsubscribe } from '../../emitter';
import { usageAge } from '../../thresholds';
import { dayLength, daysPerRequest, usageDays, usageQuery } from '../usageDays';

export type UsageAPI = Pick<OpenAIAdmin['admin']['organization']['usage'], 'completionWindows'>;

const mostRequests = usageDays / daysPerRequest;

/** The usage of one model by one project. */
export interface ModelUse {
  readonly requests: number;
  /** The start of the last day with usage, Unix seconds. */
  readonly lastDay: number;
  /**
   * The requests of each day, from the first day of the data to the last day with usage. Absent if they were not kept
   * from an earlier session.
   */
  readonly days?: readonly number[];
}

/** How far a load is: requests answered, and requests in all. */
export interface UsageProgress {
  readonly done: number;
  readonly total: number;
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
  #progress: UsageProgress | undefined;

  #loadedAt = 0;

  /** `now` dates the days that are asked for, in milliseconds since 1970; `steady` ages the answer. */
  constructor(
    private readonly api: UsageAPI,
    private readonly now: () => number,
    private readonly steady: () => number = now,
  ) {}

  /** Notifies when data was loaded or restored, and of the progress of a load. */
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

  /** The progress of the load that is running, by whomever it was started. */
  get progress(): UsageProgress | undefined {
    return this.#progress;
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
    this.#advance({ done: 0, total: mostRequests });
    this.#reading = this.#all(signal, onWait).finally(() => {
      this.#reading = undefined;
      this.#advance(undefined);
    });
    return this.#reading;
  }

  #advance(progress: UsageProgress | undefined): void {
    this.#progress = progress;
    this.#changed.emit();
  }

  get #isFresh(): boolean {
    return this.#known !== undefined && this.steady() - this.#loadedAt < usageAge;
  }

  async #all(signal: AbortSignal, onWait?: (waiting: Waiting) => void): Promise<UsageSnapshot> {
    const [loadedAt, began] = [this.now(), this.steady()];
    const query = usageQuery(loadedAt, ['model', 'project_id']);
    const from = query.start_time;
    const uses = new Map<string, Map<string, CountedUse>>();
    let unattributed = false;
    let done = 0;
    for await (const { data } of this.api.completionWindows(query, { signal, onWait })) {
      for (const { results, start_time, otherResults } of data) {
        // What they say of the use of a model is not known.
        if (otherResults) unattributed = true;
        for (const { model, project_id, num_model_requests } of results) {
          if (num_model_requests <= 0) continue;
          if (!model || !project_id) unattributed = true;
          else {
            const day = Math.floor((start_time - from) / dayLength);
            add(uses, model, project_id, { requests: num_model_requests, lastDay: start_time, day });
          }
        }
      }
      done += 1;
      if (done < mostRequests) this.#advance({ done, total: mostRequests });
    }
    this.#loadedAt = began;
    this.#known = { uses, from, loadedAt, ...(unattributed && { unattributed }) };
    return this.#known;
  }
}

/** A use while it is summed up. */
interface CountedUse extends ModelUse {
  readonly days: number[];
}

/** Adds the requests of one day, numbered from the first day of the data. */
function add(
  uses: Map<string, Map<string, CountedUse>>,
  model: string,
  project: string,
  { day, ...use }: ModelUse & { readonly day: number },
): void {
  const ofModel = uses.get(model) ?? new Map<string, CountedUse>();
  uses.set(model, ofModel);
  const { requests = 0, lastDay = 0, days = [] } = ofModel.get(project) ?? {};
  // A day of another period makes the whole load fail at its end.
  if (day >= 0 && day < usageDays) {
    while (days.length <= day) days.push(0);
    days[day] = (days[day] ?? 0) + use.requests;
  }
  ofModel.set(project, {
    requests: requests + use.requests,
    lastDay: Math.max(lastDay, use.lastDay),
    days,
  });
}

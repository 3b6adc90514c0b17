import { Emitter, type Unsubscribe } from '../../emitter';
import { defaultUnusedDays } from '../../thresholds';
import { isUnusedDays } from './unused';

/** How a person wants the access of an organization to be reviewed. */
export interface ReviewChoices {
  /** Access that was not used for this many days is a finding. */
  readonly unusedDays: number;
  /** Whether models that shut down soon count. Absent while the person has not chosen, see `isNearlyAll`. */
  readonly countsShutdownSoon?: boolean;
}

/** Stores the choices between sessions. `write` resolves once the value is stored. */
export interface ReviewSettingsStorage {
  read(): unknown;
  write(choices: ReviewChoices): PromiseLike<void>;
}

/** The choices for the review of an organization's access. What is stored is checked when it is read. */
export class ReviewSettings {
  #choices: ReviewChoices;
  readonly #changed = new Emitter<void>();

  /** Without a storage they are kept as long as this object. */
  constructor(private readonly storage?: ReviewSettingsStorage) {
    this.#choices = parseChoices(storage?.read());
  }

  /** Notifies when a choice was made. */
  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  get choices(): ReviewChoices {
    return this.#choices;
  }

  /**
   * Makes choices. Ignores an invalid number of days. They hold at once, and are stored in the background: they can be
   * made again if that fails.
   */
  choose(choices: Partial<ReviewChoices>): void {
    const all = { ...this.#choices, ...choices };
    if (!isUnusedDays(all.unusedDays)) return;
    this.#choices = all;
    this.#changed.emit();
    void Promise.resolve(this.storage?.write(all)).catch(() => undefined);
  }
}

function parseChoices(kept: unknown): ReviewChoices {
  const { unusedDays, countsShutdownSoon } = (kept ?? {}) as Record<keyof ReviewChoices, unknown>;
  return {
    unusedDays: isUnusedDays(unusedDays) ? unusedDays : defaultUnusedDays,
    ...(typeof countsShutdownSoon === 'boolean' && { countsShutdownSoon }),
  };
}

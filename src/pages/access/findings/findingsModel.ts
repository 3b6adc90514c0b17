import type { Wait } from '../../../access/matrix/cell';
import type {
  FindingEntry,
  FindingsSummary,
  FindingsUpdate,
  GapEntry,
  ReviewUsageMessage,
} from '../../../protocol/findings';
import type { PoliciesMessage } from '../../../protocol/policies';
import { type WaitMessage, waitOf } from '../../../protocol/wait';

/** Usage data, with the end of a wait by the clock of the page. */
export type ReviewUsage = Omit<ReviewUsageMessage, 'wait'> & {
  readonly wait?: Wait;
};

/** How far model policies are loaded, with the end of a wait by the clock of the page. */
export type ReviewPolicies = Omit<PoliciesMessage, 'wait'> & { readonly wait?: Wait };

/** A review as it is shown. */
export interface ShownReview {
  readonly entries: readonly FindingEntry[];
  readonly gaps: readonly GapEntry[];
  readonly summary: FindingsSummary;
}

/** What the extension sent of the review. Rows come in parts, and are shown when all of them are there. */
export class FindingsModel {
  /** The last whole review. Undefined until the first one is there. */
  shown: ShownReview | undefined;
  usage: ReviewUsage | undefined;
  policies: ReviewPolicies | undefined;
  readonly #entries = new Map<string, FindingEntry>();
  readonly #gaps = new Map<string, GapEntry>();

  /** @param now the clock of the page, which is not set back while it is open */
  constructor(private readonly now: () => number) {}

  /** Applies an update. Returns whether there is something else to show. */
  apply(update: FindingsUpdate): boolean {
    const { now, isFirst, rows, gone, gaps, goneGaps, usage, policies } = update;
    const summary = update.isCountOnly ? undefined : update.summary;
    if (isFirst) {
      this.#entries.clear();
      this.#gaps.clear();
    }
    for (const row of rows ?? []) this.#entries.set(row.at.join(), row);
    for (const at of gone ?? []) this.#entries.delete(at.join());
    for (const gap of gaps ?? []) this.#gaps.set(gap.key, gap);
    for (const key of goneGaps ?? []) this.#gaps.delete(key);
    if (usage) this.usage = this.#clocked(usage, now);
    if (policies) this.policies = this.#clocked(policies, now);
    if (summary)
      this.shown = { entries: [...this.#entries.values()], gaps: [...this.#gaps.values()], summary };
    return summary !== undefined || usage !== undefined || policies !== undefined;
  }

  /** `sentAt` by the clock of the message. */
  #clocked<T extends { readonly wait?: WaitMessage; readonly loadedAt?: number }>(
    { wait, loadedAt, ...others }: T,
    sentAt?: number,
  ): Omit<T, 'wait'> & { readonly wait?: Wait } {
    const now = this.now();
    const later = sentAt === undefined ? 0 : now - sentAt;
    return {
      ...(others as Omit<T, 'wait' | 'loadedAt'>),
      ...(loadedAt !== undefined && { loadedAt: loadedAt + later }),
      ...(wait && { wait: waitOf(wait, now) }),
    } as Omit<T, 'wait'> & { readonly wait?: Wait };
  }
}

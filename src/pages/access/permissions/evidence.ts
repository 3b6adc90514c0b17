import type { FindingKind } from '../../../access/evidence/review/finding';
import type { Wait } from '../../../access/matrix/cell';
import { defaultUnusedDays } from '../../../access/thresholds';
import type { LogMessage, PermissionsUpdate, UsageMessage } from '../../../protocol/permissions';
import type { PoliciesMessage } from '../../../protocol/policies';
import { type WaitMessage, waitOf } from '../../../protocol/wait';
import { steadyNow } from '../../../text/steadyClock';
import type { EffectInShort } from '../../../words/effect';

/** The usage of a checkpoint by a project. */
export interface ProjectUse {
  /** The start of the last day with usage, in milliseconds since 1970. */
  readonly lastDay: number;
  /** The requests of each day since the start of the data. Null if they are not known. */
  readonly days: readonly number[] | null;
}

/** What is known of the permissions of one checkpoint beyond its list. */
interface OfCheckpoint {
  isReviewed: boolean;
  /** The number of permissions in the list that it is about. */
  permissions: number;
  readonly granters: Map<string, string>;
  readonly uses: Map<number, ProjectUse>;
  readonly findings: Map<number, readonly FindingKind[]>;
  readonly effects: Map<number, EffectInShort>;
}

type WithWait<T> = Omit<T, 'wait'> & { readonly wait?: Wait };

/** What the session of the tab sent: facts about permissions that are not in their lists. */
export class PageEvidence {
  log: WithWait<LogMessage> = { state: 'unread', isLoading: false, isLoadingAll: false };
  usage: WithWait<UsageMessage> = { requests: 0, unattributed: false, canStop: false };
  /** Undefined before it was counted. */
  policies: WithWait<PoliciesMessage> | undefined;
  /** Access that was not used for this many days is a finding. */
  unusedDays = defaultUnusedDays;
  readonly #checkpoints = new Map<number, OfCheckpoint>();
  #isCatchingUp = false;
  /** Equal texts once: thousands of permissions were granted by a few. */
  readonly #granters = new Map<string, string>();

  /** @param now The clock of the page, which is not set back while it is open. */
  constructor(private readonly now: () => number = steadyNow) {}

  apply({ now, log, usage, policies, unusedDays, evidence = [], isCatchingUp }: PermissionsUpdate): void {
    // By how much the clock of the page is ahead of that of the message.
    const later = this.now() - now;
    if (log) this.log = this.#withWait(log, later);
    if (usage) this.usage = this.#withWait(usage, later);
    if (policies) this.policies = this.#withWait(policies, later);
    this.unusedDays = unusedDays ?? this.unusedDays;
    this.#isCatchingUp = isCatchingUp ?? this.#isCatchingUp;
    for (const message of evidence) {
      const { checkpoint, continues, permissions, isReviewed, granters, uses, findings, effects } = message;
      const known = continues ? this.#checkpoints.get(checkpoint) : undefined;
      const into = known ?? emptyEvidence();
      into.isReviewed = isReviewed;
      into.permissions = permissions;
      for (const [permission, granter] of granters) into.granters.set(permission, this.#once(granter));
      for (const [project, lastDay, days] of uses) into.uses.set(project, { lastDay, days });
      for (const [project, kinds] of findings) into.findings.set(project, kinds);
      for (const [project, kind, gates] of effects) into.effects.set(project, { kind, gates });
      this.#checkpoints.set(checkpoint, into);
    }
  }

  /**
   * Whether evidence about a list with so many permissions is still to come. Until then, what it does not have is not
   * known to be absent.
   */
  isPending(checkpoint: number, permissions: number): boolean {
    return this.#isCatchingUp || this.#checkpoints.get(checkpoint)?.permissions !== permissions;
  }

  /** Who granted a permission. Undefined if the loaded part of the log doesn't say. */
  granterOf(checkpoint: number, permission: string): string | undefined {
    return this.#checkpoints.get(checkpoint)?.granters.get(permission);
  }

  /** The usage of a checkpoint by a project. Undefined if there is none in the loaded data. */
  useOf(checkpoint: number, project: number): ProjectUse | undefined {
    return this.#checkpoints.get(checkpoint)?.uses.get(project);
  }

  /** The findings, most important first. Undefined if the permission was not reviewed. */
  findingsOf(checkpoint: number, project: number): readonly FindingKind[] | undefined {
    const known = this.#checkpoints.get(checkpoint);
    return known?.isReviewed ? (known.findings.get(project) ?? []) : undefined;
  }

  /** Whether access is effective. Undefined while that is still to come. */
  effectOf(checkpoint: number, project: number): EffectInShort | undefined {
    return this.#checkpoints.get(checkpoint)?.effects.get(project);
  }

  /** Whether any model policy is loaded, where there is one to load. */
  get arePoliciesLoaded(): boolean {
    return (
      this.policies !== undefined && (this.policies.projects === 0 || this.policies.loadedAt !== undefined)
    );
  }

  /** Whether all model policies are loaded that decide anything, whatever their age. */
  get areAllPoliciesLoaded(): boolean {
    return this.policies !== undefined && this.policies.notLoaded + this.policies.failed === 0;
  }

  get isUsageLoaded(): boolean {
    return this.usage.loadedAt !== undefined;
  }

  #once(text: string): string {
    const known = this.#granters.get(text);
    if (known !== undefined) return known;
    this.#granters.set(text, text);
    return text;
  }

  #withWait<T extends { readonly wait?: WaitMessage; readonly loadedAt?: number }>(
    { wait, ...rest }: T,
    later: number,
  ): WithWait<T> {
    const { loadedAt } = rest;
    const dated = loadedAt === undefined ? rest : { ...rest, loadedAt: loadedAt + later };
    if (!wait) return dated as WithWait<T>;
    return { ...dated, wait: waitOf(wait, this.now()) } as WithWait<T>;
  }
}

function emptyEvidence(): OfCheckpoint {
  return {
    isReviewed: false,
    permissions: 0,
    granters: new Map(),
    uses: new Map(),
    findings: new Map(),
    effects: new Map(),
  };
}

import {
  type CheckpointEvidence,
  evidenceOf,
  grantsIn,
  type LoggedGrant,
} from '../../../access/evidence/checkpointEvidence';
import { oldestLoggedAt } from '../../../access/evidence/history/auditTrail';
import type { UsageSnapshot } from '../../../access/evidence/review/usageCache';
import type { Effect } from '../../../access/explain/effect';
import { policyCoverage } from '../../../access/explain/policyCoverage';
import { type PolicyCoverage, policiesToLoad } from '../../../access/explain/projectPolicies';
import type { DecidingGate } from '../../../access/explain/verdict';
import { permissionsByProject } from '../../../access/loading/listing';
import { Matrix } from '../../../access/matrix/matrix';
import { type CellPlace, stageEach } from '../../../access/matrix/staging';
import { inSlices, isPause, pauses, type Steps, WorkInOrder } from '../../../access/slices';
import { APIUserAbortError, type AuditLog, type Waiting } from '../../../openai';
import {
  type CopiedRow,
  type EffectEntry,
  type EvidenceMessage,
  type LogMessage,
  type PermissionRef,
  type PermissionsUpdate,
  parsePermissionsRequest,
  type UsageMessage,
  type UseEntry,
} from '../../../protocol/permissions';
import type { CopiedRowId } from '../../../protocol/rowMenu';
import { type WaitMessage, waitMessage } from '../../../protocol/wait';
import { plainText } from '../../../text/plainText';
import { steadyNow, toDate } from '../../../text/steadyClock';
import { actorInWords, emptyLog } from '../../../words/history';
import { reasonOf } from '../matrix/headings';
import { onPolicies, policiesMessage } from '../policies';
import type { TabDependencies, TabSession } from '../tabSession';

/** The longest ID, as in the rows of the page's model. */
const maxLength = 200;

/** The entries in one update, beyond which evidence waits for the next one: more would block the host. */
const mostEntries = 2000;

/**
 * The session of the Permissions tab: sends what no list of permissions has, of what is loaded, and loads the audit log
 * and usage data when a person asks for it. It works only while the tab is visible. It doesn't depend on VS Code.
 */
export class PermissionsSession implements TabSession {
  readonly #now: () => number;
  readonly #unsubscribe: (() => void)[];
  readonly #disposing = new AbortController();
  #matrix: Matrix | undefined;
  readonly #staging = new WorkInOrder();
  /** The checkpoints whose evidence is to be sent. */
  readonly #due = new Set<string>();
  #isLogDue = true;
  #isUsageDue = true;
  #arePoliciesDue = true;
  #isCoverageDue = true;
  /** How far model policies are loaded, as it was counted last. */
  #coverage: PolicyCoverage | undefined;
  /** The log or usage has changed since the evidence of some checkpoints was sent. */
  #isCatchingUp = true;
  /** Whether the page has asked for everything. No update is sent before that. */
  #isReady = false;
  #isVisible = false;
  #isWorking = false;
  #cancelScheduled: (() => void) | undefined;
  #isLoadingAll = false;
  #stopUsage: AbortController | undefined;
  #usageFailure: unknown;
  #usageWait: Waiting | undefined;
  #knownUsage: UsageSnapshot | undefined;
  #knownEvents: readonly AuditLog[];
  #grants: { readonly of: readonly AuditLog[]; readonly byId: ReadonlyMap<string, LoggedGrant> } | undefined;

  constructor(private readonly dependencies: TabDependencies<PermissionsUpdate>) {
    this.#now = dependencies.now ?? Date.now;
    const { organization } = dependencies;
    const { catalog, permissions, projects, owners, trail, usage, reviewSettings } = organization;
    this.#knownEvents = trail.snapshot.events;
    this.#knownUsage = usage.known;
    this.#unsubscribe = [
      catalog.onDidChange(() => this.#queue(catalog.ids)),
      permissions.onDidChange((id) => this.#queue([id])),
      // Whether a project is archived, and how many there are, decide findings.
      projects.onDidChange(() => this.#queue(catalog.ids)),
      owners.onDidChange((id) => this.#queue([id])),
      trail.onDidChange(() => this.#onLogChange()),
      trail.onDidChangeWaits(() => this.#queueLog()),
      usage.onDidChange(() => this.#onUsageChange()),
      // Which access counts as unused.
      reviewSettings.onDidChange(() => {
        this.#queueUsage();
        this.#queue(catalog.ids);
      }),
      onPolicies(organization, {
        onProject: (project) => this.#queue(this.#checkpointsOf(project)),
        onLoad: () => this.#queuePolicies(),
      }),
    ];
  }

  sendAll(): void {
    this.#isReady = true;
    this.#isLogDue = this.#isUsageDue = this.#arePoliciesDue = this.#isCatchingUp = true;
    this.#queue(this.dependencies.organization.catalog.ids);
  }

  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    // Policies get old without a change.
    if (isVisible) this.#isCoverageDue = true;
    if (isVisible) this.#schedule();
    // Nothing is requested for a page that nobody sees.
    else this.#isLoadingAll = false;
  }

  receive(message: unknown): void {
    const request = parsePermissionsRequest(message);
    if (!request) return;
    this.#staging.finish();
    const {
      trail,
      gates: { policyLoad },
    } = this.dependencies.organization;
    switch (request.type) {
      case 'loadLog':
        void trail.refresh();
        break;
      case 'loadOlderLog':
        void trail.readOlder();
        break;
      case 'loadWholeLog':
        void this.#loadWholeLog();
        break;
      case 'stopLog':
        this.#isLoadingAll = false;
        trail.cancel();
        this.#queueLog();
        break;
      case 'loadUsage':
        void this.#loadUsage();
        break;
      case 'stopUsage':
        this.#stopUsage?.abort();
        break;
      case 'loadPolicies':
        if (this.#coverage) void policyLoad.load(policiesToLoad(this.#coverage));
        break;
      case 'stopPolicies':
        policyLoad.stop();
        break;
      case 'stage':
        this.#staging.begin(this.#stage(request.cells));
        break;
      case 'details': {
        const [found] = this.#listed([request.permission]);
        if (found) void this.dependencies.actions.showPermission(found);
        break;
      }
      case 'menu':
        this.#post({ menu: request.menu });
        break;
      case 'copyIds':
        void this.dependencies.actions.copyIds(request.of, this.#idsOf(request.of, request.rows));
        break;
      case 'export':
        void this.dependencies.actions.exportShown(this.#listed(request.permissions), request.filter);
    }
  }

  dispose(): void {
    this.#isLoadingAll = false;
    this.#cancelScheduled?.();
    this.#disposing.abort();
    this.#stopUsage?.abort();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  /** Loads older pages of the log until each listed permission is found or too old for it, or the log ends. */
  async #loadWholeLog(): Promise<void> {
    if (this.#isLoadingAll) return;
    const { trail } = this.dependencies.organization;
    this.#isLoadingAll = true;
    this.#queueLog();
    if (trail.snapshot.ending.kind === 'unread') await trail.refresh();
    while (this.#isLoadingAll && trail.snapshot.ending.kind === 'more' && !trail.snapshot.failure) {
      if (!this.#needsOlder()) break;
      await trail.readOlder();
    }
    this.#isLoadingAll = false;
    this.#queueLog();
  }

  /** Whether a listed permission is older than the loaded part of the log. */
  #needsOlder(): boolean {
    const { catalog, permissions, trail } = this.dependencies.organization;
    const backTo = oldestLoggedAt(trail.snapshot);
    if (backTo === undefined) return true;
    return catalog.ids.some((id) =>
      permissions.snapshot(id).listing?.permissions.some(({ created_at }) => created_at * 1000 <= backTo),
    );
  }

  async #loadUsage(): Promise<void> {
    if (this.#stopUsage) return;
    const { usage, closed } = this.dependencies.organization;
    const stop = new AbortController();
    this.#stopUsage = stop;
    this.#usageFailure = undefined;
    try {
      await usage.read(AbortSignal.any([stop.signal, closed]), (wait) => {
        this.#usageWait = wait;
        this.#queueUsage();
      });
    } catch (error) {
      // A person who stops it knows.
      if (!stop.signal.aborted && !(error instanceof APIUserAbortError)) this.#usageFailure = error;
    } finally {
      this.#stopUsage = undefined;
      this.#usageWait = undefined;
      this.#queueUsage();
    }
  }

  *#stage(cells: readonly (readonly [checkpoint: number, project: number])[]): Steps<void> {
    const { organization, keys } = this.dependencies;
    const seen = new Set<string>();
    const all: CellPlace[] = [];
    for (const [index, [checkpointKey, projectKey]] of cells.entries()) {
      if (isPause(index)) yield;
      const name = `${checkpointKey} ${projectKey}`;
      const checkpoint = keys.checkpoints.idOf(checkpointKey);
      const project = keys.projects.idOf(projectKey);
      if (checkpoint === undefined || project === undefined || seen.has(name)) continue;
      seen.add(name);
      if (organization.catalog.has(checkpoint)) all.push({ checkpoint, project });
    }
    this.#matrix ??= new Matrix(organization, this.#now);
    const refused = yield* stageEach(this.#matrix, organization, all, 'revoke');
    // Not delayed: it responds to a key press.
    this.#post({
      outcome: {
        staged: all.filter(
          ({ checkpoint, project }) => organization.staged.get(checkpoint, project)?.action === 'revoke',
        ).length,
        refused: refused.map(({ checkpoint, project, ...why }) => ({
          ...why,
          checkpoint: keys.checkpoints.keyOf(checkpoint),
          project: keys.projects.keyOf(project),
        })),
      },
    });
  }

  /** The IDs of rows that are in a list, each once. */
  #idsOf(of: CopiedRowId, rows: readonly CopiedRow[]): string[] {
    const { checkpoints, projects } = this.dependencies.keys;
    const ids =
      of === 'project'
        ? projects.idsOf(rows.map(([, project]) => project))
        : of === 'checkpoint'
          ? checkpoints.idsOf(rows.map(([checkpoint]) => checkpoint))
          : this.#listed(rows.map(([checkpoint, , permission]) => [checkpoint, permission])).map(
              ({ permissionId }) => permissionId,
            );
    return [...new Set(ids)];
  }

  /** The permissions of a request that are in a list. What else a page may send is ignored. */
  #listed(refs: readonly PermissionRef[]): { readonly checkpoint: string; readonly permissionId: string }[] {
    const { organization, keys } = this.dependencies;
    const idsOf = new Map<number, ReadonlyMap<string, string>>();
    return refs.flatMap(([key, shown]) => {
      let ids = idsOf.get(key);
      const checkpoint = keys.checkpoints.idOf(key);
      if (checkpoint === undefined || !organization.catalog.has(checkpoint)) return [];
      if (!ids) {
        const permissions = organization.permissions.snapshot(checkpoint).listing?.permissions ?? [];
        ids = new Map(permissions.map(({ id }) => [plainText(id, maxLength), id]));
        idsOf.set(key, ids);
      }
      const permissionId = ids.get(shown);
      return permissionId === undefined ? [] : [{ checkpoint, permissionId }];
    });
  }

  #onLogChange(): void {
    const { events } = this.dependencies.organization.trail.snapshot;
    if (events !== this.#knownEvents) {
      this.#knownEvents = events;
      this.#isCatchingUp = true;
      this.#queue(this.dependencies.organization.catalog.ids);
    }
    this.#queueLog();
  }

  #onUsageChange(): void {
    const { known } = this.dependencies.organization.usage;
    if (known !== this.#knownUsage) {
      this.#knownUsage = known;
      this.#usageFailure = undefined;
      this.#isCatchingUp = true;
      this.#queue(this.dependencies.organization.catalog.ids);
    }
    this.#queueUsage();
  }

  #queue(checkpoints: Iterable<string>): void {
    for (const checkpoint of checkpoints) this.#due.add(checkpoint);
    this.#isCoverageDue = true;
    this.#schedule();
  }

  #queueLog(): void {
    this.#isLogDue = true;
    this.#schedule();
  }

  #queueUsage(): void {
    this.#isUsageDue = true;
    this.#schedule();
  }

  #queuePolicies(): void {
    this.#arePoliciesDue = true;
    this.#schedule();
  }

  /** The checkpoints whose lists have a project. */
  #checkpointsOf(project: string): string[] {
    const { catalog, permissions } = this.dependencies.organization;
    return catalog.ids.filter((id) => {
      const { listing } = permissions.snapshot(id);
      return listing !== undefined && permissionsByProject(listing).has(project);
    });
  }

  #schedule(): void {
    if (!this.#isReady || !this.#isVisible || this.#disposing.signal.aborted) return;
    this.#cancelScheduled ??= this.dependencies.schedule(() => {
      this.#cancelScheduled = undefined;
      this.#sendStates();
      void this.#sendEvidence();
    });
  }

  #sendStates(): void {
    const { organization } = this.dependencies;
    const policies = this.#arePoliciesDue && this.#coverage && policiesMessage(organization, this.#coverage);
    if (!this.#isLogDue && !this.#isUsageDue && !policies) return;
    const { unusedDays } = organization.reviewSettings.choices;
    this.#post({
      ...(this.#isLogDue && { log: this.#log() }),
      ...(this.#isUsageDue && { usage: this.#usage(), unusedDays }),
      ...(policies && { policies }),
      isCatchingUp: this.#isCatchingUp,
    });
    this.#isLogDue = this.#isUsageDue = false;
    if (policies) this.#arePoliciesDue = false;
  }

  /** Counts whose model policies are loaded, and sends that. */
  async #sendCoverage(signal: AbortSignal): Promise<void> {
    if (!this.#isCoverageDue) return;
    this.#isCoverageDue = false;
    const { organization } = this.dependencies;
    const { catalog, permissions } = organization;
    const lookedAt = { checkpoints: catalog.ids, snapshotOf: (id: string) => permissions.snapshot(id) };
    this.#coverage = await inSlices(policyCoverage(organization, lookedAt, this.#now()), signal);
    this.#arePoliciesDue = true;
    this.#sendStates();
  }

  /** Sends the evidence that is due, in slices, so that nobody waits for it. */
  async #sendEvidence(): Promise<void> {
    if (this.#isWorking || (this.#due.size === 0 && !this.#isCatchingUp && !this.#isCoverageDue)) return;
    this.#isWorking = true;
    const { signal } = this.#disposing;
    try {
      const { organization, keys } = this.dependencies;
      await this.#sendCoverage(signal);
      let messages: EvidenceMessage[] = [];
      let entries = 0;
      const flush = (): void => {
        const isDone = this.#isCatchingUp && this.#due.size === 0;
        if (isDone) this.#isCatchingUp = false;
        if (messages.length > 0 || isDone)
          this.#post({ evidence: messages, ...(isDone && { isCatchingUp: false }) });
        messages = [];
        entries = 0;
      };
      const pause = pauses(signal);
      while (this.#isVisible && this.#due.size > 0) {
        const [checkpoint = ''] = this.#due;
        this.#due.delete(checkpoint);
        if (!organization.catalog.has(checkpoint)) continue;
        const grants = await this.#grantsOf(signal);
        const evidence = await inSlices(evidenceOf(organization, checkpoint, grants, this.#now()), signal);
        for (const message of this.#messagesOf(keys.checkpoints.keyOf(checkpoint), evidence)) {
          messages.push(message);
          const { granters, uses, findings, effects } = message;
          entries += 1 + granters.length + uses.length + findings.length + effects.length;
          if (entries >= mostEntries) flush();
          await pause();
        }
      }
      flush();
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#isWorking = false;
    }
    if (this.#isCoverageDue) this.#schedule();
  }

  async #grantsOf(signal: AbortSignal): Promise<ReadonlyMap<string, LoggedGrant>> {
    const { events } = this.dependencies.organization.trail.snapshot;
    if (this.#grants?.of !== events)
      this.#grants = { of: events, byId: await inSlices(grantsIn(events), signal) };
    return this.#grants.byId;
  }

  /** The evidence of a checkpoint, in messages of a bounded size. */
  *#messagesOf(checkpoint: number, evidence: CheckpointEvidence): Generator<EvidenceMessage> {
    const { projects } = this.dependencies.keys;
    const { permissions, granters, uses, findings, effects, isReviewed } = evidence;
    const length = Math.max(1, granters.length, uses.length, findings.length, effects.length);
    for (let from = 0; from < length; from += mostEntries) {
      const to = from + mostEntries;
      yield {
        checkpoint,
        permissions,
        isReviewed,
        ...(from > 0 && { continues: true }),
        granters: granters
          .slice(from, to)
          .map(([id, actor]) => [plainText(id, maxLength), plainText(actorInWords(actor), maxLength)]),
        uses: uses
          .slice(from, to)
          .map(
            ([project, { lastDay, days }]): UseEntry => [
              projects.keyOf(project),
              lastDay * 1000,
              days ?? null,
            ],
          ),
        findings: findings.slice(from, to).map(([project, kinds]) => [projects.keyOf(project), kinds]),
        effects: effects
          .slice(from, to)
          .map(
            ([project, effect]): EffectEntry => [projects.keyOf(project), effect.kind, decidersOf(effect)],
          ),
      };
    }
  }

  #log(): LogMessage {
    const { trail } = this.dependencies.organization;
    const { events, ending, failure, reading, readAt } = trail.snapshot;
    const backTo = oldestLoggedAt(trail.snapshot);
    const isStopped = failure?.error instanceof APIUserAbortError;
    return {
      state: ending.kind,
      isLoading: reading,
      isLoadingAll: this.#isLoadingAll,
      ...(ending.kind === 'complete' && events.length === 0 && { emptyNote: emptyLog }),
      ...(readAt !== undefined && { loadedAt: toDate(readAt) }),
      ...(backTo !== undefined && { backTo }),
      ...(failure && !isStopped && { failure: reasonOf(failure.error) }),
      ...waitPart(trail.waits[0]),
    };
  }

  #usage(): UsageMessage {
    const { known, cost, progress } = this.dependencies.organization.usage;
    return {
      requests: cost,
      canStop: this.#stopUsage !== undefined,
      unattributed: known?.unattributed === true,
      ...(known && { loadedAt: known.loadedAt, from: known.from * 1000 }),
      ...(progress && { progress }),
      ...(this.#usageFailure !== undefined && { failure: reasonOf(this.#usageFailure) }),
      ...waitPart(this.#usageWait),
    };
  }

  #post(parts: Omit<PermissionsUpdate, 'type' | 'now'>): void {
    this.dependencies.post({ type: 'permissions', now: this.#now(), ...parts });
  }
}

/** The gates that a page names: what is inferred, what is closed, or what is unknown. */
function decidersOf({ kind, inferred, closed, unknown }: Effect): readonly DecidingGate[] {
  return { can: inferred, cannot: closed, unknown }[kind];
}

/** A wait that is not over, as a part of a message. */
function waitPart(waiting: Waiting | undefined): { readonly wait?: WaitMessage } {
  const wait = waiting && waitMessage(waiting, steadyNow());
  return wait ? { wait } : {};
}

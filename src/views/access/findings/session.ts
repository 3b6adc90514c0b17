import { type AcceptedFinding, isExpired } from '../../../access/evidence/review/accepted';
import type { Review } from '../../../access/evidence/review/finding';
import { type FindingRow, type FindingRows, findingRows } from '../../../access/evidence/review/findingRows';
import { reviewOf, type UsageState } from '../../../access/evidence/review/review';
import { mostUnusedDays } from '../../../access/evidence/review/unused';
import { policiesToLoad } from '../../../access/explain/projectPolicies';
import type { StagedChange } from '../../../access/plan/staged';
import { inSlices, type Steps } from '../../../access/slices';
import { APIUserAbortError, type Waiting } from '../../../openai';
import {
  type AccessKeys,
  type FindingsRequest,
  type FindingsSummary,
  type FindingsUpdate,
  parseFindingsRequest,
  type ReviewUsageMessage,
} from '../../../protocol/findings';
import type { CopiedRowId } from '../../../protocol/rowMenu';
import { waitMessage } from '../../../protocol/wait';
import { steadyNow } from '../../../text/steadyClock';
import { reasonOf } from '../matrix/headings';
import { onPolicies, policiesMessage } from '../policies';
import type { TabDependencies, TabSession } from '../tabSession';
import { entryOf, gapEntries } from './entries';

/** The most rows in one message: more would keep the host busy. */
const mostInMessage = 1000;

/** A review with its rows, by their keys. */
interface Reviewed {
  readonly review: Review;
  readonly usage: UsageState;
  readonly found: FindingRows;
}

/**
 * The extension's side of the Findings tab: reviews what is loaded, and sends the rows that changed. It loads only what a
 * person asks for.
 */
export class FindingsSession implements TabSession {
  readonly #unsubscribe: (() => void)[];
  readonly #closing = new AbortController();
  #cancelScheduled: (() => void) | undefined;
  /** The page was opened, so that there is something to send to. */
  #isReady = false;
  #isVisible = false;
  #isReviewing = false;
  /** Something changed since the last review began. */
  #isOutdated = true;
  /** The page is new, and forgets what an earlier one had. */
  #isFirst = true;
  #reviewed: Reviewed | undefined;
  /** The rows as they were reviewed, by their keys. Only these can be acted on. */
  #rows: ReadonlyMap<string, FindingRow> = new Map();
  /** What the page has, as text, by key. */
  #sentRows = new Map<string, string>();
  #sentGaps = new Map<string, string>();
  #usageLoad: AbortController | undefined;
  #usageFailure: unknown;
  #usageWait: Waiting | undefined;

  constructor(private readonly dependencies: TabDependencies<FindingsUpdate>) {
    const { organization } = dependencies;
    const { catalog, permissions, projects, owners, usage, accepted, reviewSettings } = organization;
    const onChange = (): void => this.#outdate();
    this.#unsubscribe = [
      catalog.onDidChange(onChange),
      permissions.onDidChange(onChange),
      projects.onDidChange(onChange),
      owners.onDidChange(onChange),
      usage.onDidChange(onChange),
      accepted.onDidChange(onChange),
      reviewSettings.onDidChange(onChange),
      onPolicies(organization, { onProject: onChange, onLoad: () => this.#postPolicies() }),
    ];
  }

  sendAll(): void {
    this.#isReady = true;
    this.#isFirst = true;
    this.dependencies.organization.accepted.reload();
    this.#outdate();
  }

  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return;
    this.#isVisible = isVisible;
    if (!isVisible) return;
    // Another window may have accepted findings.
    this.dependencies.organization.accepted.reload();
    this.#outdate();
  }

  receive(value: unknown): void {
    const request = parseFindingsRequest(value);
    if (request) this.#handle(request);
  }

  dispose(): void {
    this.#closing.abort();
    this.#usageLoad?.abort();
    this.#cancelScheduled?.();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  #handle(request: FindingsRequest): void {
    const { organization, actions } = this.dependencies;
    switch (request.type) {
      case 'stage':
        this.#stage(request.rows);
        break;
      case 'unstage':
        this.#unstage(request.rows);
        break;
      case 'accept':
        void this.#accept(request.rows);
        break;
      case 'removeAcceptance':
        void this.#removeAcceptance(request.rows);
        break;
      case 'details':
        this.#showDetails(request.row);
        break;
      case 'menu':
        this.#post({ menu: request.menu });
        break;
      case 'copyIds':
        void actions.copyIds(request.of, this.#idsOf(request.of, request.rows));
        break;
      case 'unusedDays':
        organization.reviewSettings.choose({ unusedDays: request.days });
        break;
      case 'countShutdownSoon':
        organization.reviewSettings.choose({ countsShutdownSoon: request.isCounted });
        break;
      case 'loadUsage':
        void this.#loadUsage();
        break;
      case 'cancelUsage':
        this.#usageLoad?.abort();
        break;
      case 'loadPolicies':
        if (this.#reviewed)
          void organization.gates.policyLoad.load(policiesToLoad(this.#reviewed.review.policies));
        break;
      case 'loadPolicy': {
        const failed = this.#reviewed?.review.policies.failed ?? [];
        const project = this.dependencies.keys.projects.idOf(request.project);
        if (project !== undefined && failed.some((each) => each.project === project))
          void organization.gates.policyLoad.load([project]);
        break;
      }
      case 'cancelPolicies':
        organization.gates.policyLoad.stop();
        break;
      case 'loadProjects':
        void organization.projects.readAgain();
        break;
      case 'export':
        if (this.#reviewed) void actions.exportReview(this.#reviewed.review, this.#reviewed.usage);
        break;
      case 'again':
        this.#outdate();
    }
  }

  #showDetails(row: AccessKeys): void {
    for (const { checkpoint, permissions } of this.#rowsOf([row])) {
      const [permission] = permissions;
      if (permission)
        void this.dependencies.actions.showPermission({ checkpoint, permissionId: permission.id });
    }
  }

  /** The IDs of rows, each once. */
  #idsOf(of: CopiedRowId, keys: readonly AccessKeys[]): string[] {
    const ids = this.#rowsOf(keys).flatMap(({ checkpoint, project, permissions }) =>
      of === 'permission' ? permissions.map(({ id }) => id) : [of === 'project' ? project : checkpoint],
    );
    return [...new Set(ids)];
  }

  /** The rows of keys, as they were reviewed last. Others are ignored. */
  #rowsOf(keys: readonly AccessKeys[]): FindingRow[] {
    return keys.flatMap((at) => this.#rows.get(at.join()) ?? []);
  }

  #stage(keys: readonly AccessKeys[]): void {
    const { staged } = this.dependencies.organization;
    const revokes = this.#rowsOf(keys).map(
      ({ checkpoint, project }): Omit<StagedChange, 'failure'> => ({ checkpoint, project, action: 'revoke' }),
    );
    if (revokes.length === 0) return;
    const result = staged.stage(revokes)
      ? ({ did: 'staged', revokes: revokes.length, others: staged.size - revokes.length } as const)
      : ({ did: 'tooManyStaged', count: revokes.length } as const);
    this.#post({ result });
  }

  #unstage(keys: readonly AccessKeys[]): void {
    const { staged } = this.dependencies.organization;
    const revokes = this.#rowsOf(keys).filter(
      ({ checkpoint, project }) => staged.get(checkpoint, project)?.action === 'revoke',
    );
    if (revokes.length === 0) return;
    staged.unstage(revokes);
    this.#post({ result: { did: 'unstaged', count: revokes.length } });
  }

  /** Accepts what counts of the rows by now. */
  async #accept(keys: readonly AccessKeys[]): Promise<void> {
    const { accepted, now } = this.dependencies.organization;
    const { rows, findings } = this.#reasonsOf(keys, (finding) => {
      const acceptance = accepted.get(finding);
      return !acceptance || (isExpired(acceptance, now()) && !acceptance.isOfFile);
    });
    if (rows === 0) return this.#leaveToFile(keys);
    const until = await this.dependencies.actions.acceptFindings(findings, rows);
    if (until !== undefined) this.#post({ result: { did: 'accepted', count: rows, until } });
  }

  async #removeAcceptance(keys: readonly AccessKeys[]): Promise<void> {
    const { accepted } = this.dependencies.organization;
    const { rows, findings } = this.#reasonsOf(keys, (finding) => {
      const acceptance = accepted.get(finding);
      return acceptance !== undefined && !acceptance.isOfFile;
    });
    if (rows === 0) return this.#leaveToFile(keys);
    if (await this.dependencies.actions.removeAcceptances(findings))
      this.#post({ result: { did: 'removed', count: rows } });
  }

  /** Says of rows that the access file decides about them. Nothing happens if it decides about none. */
  #leaveToFile(keys: readonly AccessKeys[]): void {
    const { accepted } = this.dependencies.organization;
    const { rows: count } = this.#reasonsOf(keys, (finding) => accepted.get(finding)?.isOfFile === true);
    if (count > 0) this.#post({ result: { did: 'leftToFile', count } });
  }

  /** The wanted reasons of rows, and how many of the rows have any. */
  #reasonsOf(
    keys: readonly AccessKeys[],
    isWanted: (finding: AcceptedFinding) => boolean,
  ): { rows: number; findings: AcceptedFinding[] } {
    const ofRows = this.#rowsOf(keys)
      .map(({ checkpoint, project, reasons }) =>
        reasons.map(({ kind }): AcceptedFinding => ({ finding: kind, checkpoint, project })).filter(isWanted),
      )
      .filter(({ length }) => length > 0);
    return { rows: ofRows.length, findings: ofRows.flat() };
  }

  /** Loads usage data anew: a person asked for it. */
  async #loadUsage(): Promise<void> {
    const { usage, closed } = this.dependencies.organization;
    if (this.#usageLoad || usage.isReading) return;
    const load = new AbortController();
    this.#usageLoad = load;
    this.#usageFailure = undefined;
    try {
      const reading = usage.readAgain(AbortSignal.any([load.signal, closed]), (wait) => {
        this.#usageWait = wait;
        this.#outdate();
      });
      this.#outdate();
      await reading;
    } catch (error) {
      if (!(error instanceof APIUserAbortError)) this.#usageFailure = error;
    } finally {
      this.#usageLoad = undefined;
      this.#usageWait = undefined;
      this.#outdate();
    }
  }

  /** The review no longer holds. It is made again soon, once for changes that come together. */
  #outdate(): void {
    this.#isOutdated = true;
    if (!this.#isReady || this.#isReviewing || this.#closing.signal.aborted) return;
    this.#cancelScheduled ??= this.dependencies.schedule(() => {
      this.#cancelScheduled = undefined;
      void this.#review();
    });
  }

  /** Reviews what is loaded, and sends what the page doesn't have of it. */
  async #review(): Promise<void> {
    const { organization } = this.dependencies;
    const { signal } = this.#closing;
    this.#isReviewing = true;
    this.#isOutdated = false;
    try {
      const usage = this.#usage();
      const { countsShutdownSoon } = organization.reviewSettings.choices;
      const now = organization.now();
      const review = await inSlices(reviewOf(organization, usage, now), signal);
      const acceptanceOf = (finding: AcceptedFinding) => organization.accepted.get(finding);
      const found = await inSlices(findingRows(review, { countsShutdownSoon, acceptanceOf }), signal);
      this.#reviewed = { review, usage, found };
      await inSlices(this.#send(this.#reviewed), signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#isReviewing = false;
    }
    if (this.#isOutdated) this.#outdate();
  }

  #usage(): UsageState {
    const { usage } = this.dependencies.organization;
    if (usage.known) return { snapshot: usage.known };
    if (this.#usageFailure !== undefined) return { failure: this.#usageFailure };
    return { notLoaded: true, requests: usage.fullCost };
  }

  /** Sends what the page doesn't have yet, in messages of limited size. Only the summary while the tab is hidden. */
  *#send({ review, found }: Reviewed): Steps<void> {
    if (this.#isFirst) {
      this.#isFirst = false;
      this.#sentRows.clear();
      this.#sentGaps.clear();
      this.#post({ isFirst: true });
    }
    const { organization, keys } = this.dependencies;
    const rows = new Map<string, FindingRow>();
    for (const row of found.rows) {
      rows.set([keys.checkpoints.keyOf(row.checkpoint), keys.projects.keyOf(row.project)].join(), row);
      yield;
    }
    this.#rows = rows;
    const isVisible = this.#isVisible;
    if (isVisible) {
      yield* this.#sendChanged(this.#sentRows, rows, (row) => entryOf(row, keys), {
        send: (changed) => this.#post({ rows: changed }),
        drop: (gone) => this.#post({ gone: gone.map(toAccessKeys) }),
      });
      yield* this.#sendChanged(this.#sentGaps, gapEntries(organization, review, keys), (make) => make(), {
        send: (changed) => this.#post({ gaps: changed }),
        drop: (goneGaps) => this.#post({ goneGaps }),
      });
    }
    this.#post({
      now: organization.now(),
      usage: this.#usageMessage(),
      policies: policiesMessage(organization, review.policies),
      summary: this.#summary(review, found),
      ...(!isVisible && { isCountOnly: true }),
    });
  }

  *#sendChanged<T, E>(
    sent: Map<string, string>,
    all: ReadonlyMap<string, T>,
    entryFor: (item: T) => E,
    to: { send(changed: E[]): void; drop(gone: string[]): void },
  ): Steps<void> {
    let changed: E[] = [];
    for (const [key, item] of all) {
      yield;
      const entry = entryFor(item);
      const text = JSON.stringify(entry);
      if (sent.get(key) === text) continue;
      sent.set(key, text);
      changed.push(entry);
      if (changed.length < mostInMessage) continue;
      to.send(changed);
      changed = [];
    }
    if (changed.length > 0) to.send(changed);
    let gone: string[] = [];
    for (const key of [...sent.keys()]) {
      yield;
      if (all.has(key)) continue;
      sent.delete(key);
      gone.push(key);
      if (gone.length < mostInMessage) continue;
      to.drop(gone);
      gone = [];
    }
    if (gone.length > 0) to.drop(gone);
  }

  /** Which categories were looked at, as far as anything is loaded that they are about. */
  #checked({ policies: { projects, loadedAt } }: Review): FindingsSummary['isChecked'] {
    const { usage } = this.dependencies.organization;
    const hasProjects = this.#projects() !== 'not';
    return {
      shutDown: true,
      archived: hasProjects,
      unused: usage.known !== undefined && !usage.known.unattributed,
      shutsDownSoon: true,
      sharedWithAll: this.#projects() === 'whole',
      withoutEffect: projects.length === 0 || loadedAt !== undefined,
    };
  }

  #projects(): FindingsSummary['projects'] {
    const { state, isComplete } = this.dependencies.organization.projectsStanding;
    if (state !== 'loaded') return 'not';
    return isComplete ? 'whole' : 'partly';
  }

  #summary(review: Review, { open, mayBeMore, shutsDownSoon }: FindingRows): FindingsSummary {
    return {
      open,
      mayBeMore,
      shutsDownSoon,
      permissions: review.permissions,
      accesses: review.accesses,
      unusedDays: review.unusedDays,
      mostUnusedDays,
      isChecked: this.#checked(review),
      projects: this.#projects(),
    };
  }

  #usageMessage(): ReviewUsageMessage {
    const { usage } = this.dependencies.organization;
    const { known } = usage;
    const wait = this.#usageWait && waitMessage(this.#usageWait, steadyNow());
    return {
      state: known
        ? known.unattributed
          ? 'unattributed'
          : 'loaded'
        : this.#usageFailure !== undefined
          ? 'failed'
          : 'notLoaded',
      requests: usage.fullCost,
      isLoading: usage.isReading,
      canCancel: this.#usageLoad !== undefined,
      ...(known && { loadedAt: known.loadedAt }),
      ...(wait && { wait }),
      ...(this.#usageFailure !== undefined && { failure: reasonOf(this.#usageFailure) }),
    };
  }

  /** How far the load of model policies is. What it brings is reviewed when it comes. */
  #postPolicies(): void {
    if (!this.#isReady || !this.#reviewed) return;
    const { organization } = this.dependencies;
    this.#post({
      now: organization.now(),
      policies: policiesMessage(organization, this.#reviewed.review.policies),
    });
    if (!organization.gates.policyLoad.progress) this.#outdate();
  }

  #post(update: Omit<FindingsUpdate, 'type'>): void {
    this.dependencies.post({ type: 'findings', ...update });
  }
}

function toAccessKeys(key: string): AccessKeys {
  const [checkpoint = 0, project = 0] = key.split(',').map(Number);
  return [checkpoint, project];
}

import {
  type AccessExplanation,
  explainAccess,
  explanationOf,
  loadGateAgain,
  requestsToExplain,
  requestsToExplainAgain,
} from '../../../access/explain/explainAccess';
import type { Pair } from '../../../access/explain/pairUse';
import { NoLongerShownError } from '../../../access/loading/snapshot';
import { APIUserAbortError } from '../../../openai';
import {
  type ExplainedPlace,
  type ExplainRequest,
  type ExplainUpdate,
  parseExplainedPlace,
  parseExplainRequest,
  type ShownExplanation,
} from '../../../protocol/explain';
import { explanationAsText } from '../../../words/explain';
import type { TabDependencies, TabSession } from '../tabSession';
import { namesOf, shownExplanation } from './shown';

/**
 * The session of the Explain tab: why a project can, or can't, use a checkpoint, by what is loaded. It follows what is
 * loaded, and loads only what a person asks for. It doesn't depend on VS Code.
 */
export class ExplainSession implements TabSession {
  readonly #unsubscribe: (() => void)[];
  #place: ExplainedPlace | undefined;
  /** A person asked for the explanation, and it was not loaded yet. */
  #isWanted = false;
  #isReady = false;
  #isVisible = false;
  #isStopped = false;
  #loading: AbortController | undefined;
  #cancelScheduled: (() => void) | undefined;
  /** The last update, as text: what stays the same is not sent again. */
  #sent = '';

  constructor(private readonly dependencies: TabDependencies<ExplainUpdate>) {
    const { catalog, gates, owners, permissions, projects, trail, usage } = dependencies.organization;
    const onChange = (): void => this.#queue();
    this.#unsubscribe = [
      catalog.onDidChange(onChange),
      gates.onDidChange(onChange),
      gates.onDidChangeWaits(onChange),
      owners.onDidChange(onChange),
      permissions.onDidChange((id) => {
        if (id === this.#place?.checkpoint) this.#queue();
      }),
      permissions.answers.onDidChange(onChange),
      permissions.onDidChangeWaits(onChange),
      projects.onDidChange(onChange),
      trail.onDidChange(onChange),
      usage.onDidChange(onChange),
    ];
  }

  sendAll(): void {
    this.#isReady = true;
    this.#sent = '';
    this.#send();
  }

  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    // What is under way goes on when the tab is hidden: a person asked for it, and it is a handful of requests.
    if (isVisible) this.#loadWanted();
  }

  /** Explains the access of a project to a checkpoint, and loads what that needs once the tab is visible. */
  filterBy(value: unknown): void {
    const place = parseExplainedPlace(value);
    if (!place) return;
    this.#loading?.abort();
    this.#loading = undefined;
    this.#place = place;
    this.#isStopped = false;
    this.#isWanted = true;
    this.#queue();
    if (this.#isVisible) this.#loadWanted();
  }

  receive(message: unknown): void {
    const request = parseExplainRequest(message);
    if (request) this.#handle(request);
  }

  dispose(): void {
    this.#isReady = false;
    this.#cancelScheduled?.();
    this.#loading?.abort();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  #handle(request: ExplainRequest): void {
    const { actions, keys, organization } = this.dependencies;
    const place = this.#place;
    switch (request.type) {
      case 'explain':
        void actions.explain({
          project: request.project === undefined ? undefined : keys.projects.idOf(request.project),
          checkpoint:
            request.checkpoint === undefined ? undefined : keys.checkpoints.idOf(request.checkpoint),
        });
        return;
      case 'choose':
        void actions.explain({});
        return;
      case 'restore':
        // What a person asked for in the meantime counts.
        if (!place) this.#place = request;
        this.#queue();
        return;
      case 'findCheckpoints':
      case 'setAdminKey':
      case 'settings':
        void actions.runCommand(request.type);
        return;
      case 'again':
        this.#queue();
        return;
      case 'stop':
        this.#isStopped = this.#loading !== undefined;
        this.#loading?.abort();
        return;
    }
    if (!place) return;
    const { project, checkpoint } = place;
    switch (request.type) {
      case 'load':
        this.#isWanted = true;
        this.#loadWanted();
        break;
      case 'loadAgain':
        organization.gates.outdatePair(place);
        this.#isWanted = true;
        this.#loadWanted();
        break;
      case 'loadGate':
        void this.#load((signal) => loadGateAgain(organization, place, request.gate, signal));
        break;
      case 'grant':
        void actions.grant({ project, checkpoint });
        break;
      case 'revoke': {
        const { evidence } = this.#explanation(place).gates.permission;
        if (evidence.kind === 'granted')
          void actions.revoke(
            evidence.permissions.map(({ id }) => ({ checkpoint, permissionId: id, project })),
          );
        break;
      }
      case 'copy':
        void actions.copyText(explanationAsText(this.#explanation(place), namesOf(organization, place)));
    }
  }

  #explanation({ project, checkpoint }: Pair): AccessExplanation {
    return explanationOf(this.dependencies.organization, project, checkpoint);
  }

  /** Loads what a person asked for and the page now shows. */
  #loadWanted(): void {
    const place = this.#place;
    if (!place || !this.#isWanted || this.#loading) return;
    this.#isWanted = false;
    const { project, checkpoint } = place;
    void this.#load((signal) => explainAccess(this.dependencies.organization, project, checkpoint, signal));
  }

  async #load(read: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    if (this.#loading) return;
    const loading = new AbortController();
    this.#loading = loading;
    this.#isStopped = false;
    this.#queue();
    try {
      await read(loading.signal);
    } catch (error) {
      const isExpected = error instanceof APIUserAbortError || error instanceof NoLongerShownError;
      if (!isExpected) throw error;
    } finally {
      if (this.#loading === loading) this.#loading = undefined;
      this.#queue();
      // Something else may have been asked for in the meantime.
      if (this.#isVisible) this.#loadWanted();
    }
  }

  #queue(): void {
    if (!this.#isReady) return;
    this.#cancelScheduled ??= this.dependencies.schedule(() => this.#send());
  }

  #send(): void {
    this.#cancelScheduled?.();
    this.#cancelScheduled = undefined;
    const shown = this.#shown();
    const update: ExplainUpdate = { type: 'explain', ...(shown && { shown }) };
    const text = JSON.stringify(update);
    if (text === this.#sent) return;
    this.#sent = text;
    this.dependencies.post(update);
  }

  #shown(): ShownExplanation | undefined {
    const place = this.#place;
    if (!place) return undefined;
    const { organization } = this.dependencies;
    const { project, checkpoint } = place;
    return shownExplanation(organization, place, this.#explanation(place), {
      requests: requestsToExplain(organization, project, checkpoint),
      requestsAgain: requestsToExplainAgain(organization, project, checkpoint),
      isLoading: this.#loading !== undefined,
      isStopped: this.#isStopped,
    });
  }
}

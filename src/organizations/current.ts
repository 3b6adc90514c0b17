import { type Disposable, EventEmitter, type Memento } from 'vscode';
import type { Organization } from '../access/organization';
import type { AdminKeys } from '../credentials/adminKeys';
import { setContext } from '../editor/contextKeys';
import type { Log } from '../editor/log';
import { onDidChangeSettings, readSettings } from '../editor/settings';
import { defaultProfile } from './profile';

/** Which organization is shown, or why none is. */
export type Current =
  | { readonly kind: 'none' }
  /** A key is saved, but for another origin than the base URL names now; it is not sent there. */
  | { readonly kind: 'elsewhere'; readonly savedFor: string; readonly now: string }
  /** The secret storage or the base URL setting is at fault. */
  | { readonly kind: 'problem'; readonly error: Error }
  | { readonly kind: 'organization'; readonly organization: Organization };

const sampleChosen = 'sampleChosen';

/** Where things are remembered that are no secret. */
export interface Memories {
  readonly everywhere: Memento;
  readonly window: Memento;
}

/**
 * Decides which organization is shown and tells when that changes: by the saved key, the base URL, or the choice of the
 * sample. Nothing is read before someone asks, and nothing here sends a request.
 */
export class CurrentOrganization implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #opened = new EventEmitter<Organization>();
  /** Tells of each organization that comes to be shown, before anything is read of it. */
  readonly onDidOpen = this.#opened.event;
  readonly #subscriptions: Disposable[];
  #current: Promise<Current> | undefined;
  #isSample: boolean;
  #settings = readSettings();
  /** Goes up with each change, so that what was determined before it does not set the context after it. */
  #generation = 0;

  constructor(
    private readonly keys: AdminKeys,
    private readonly memory: Memories,
    private readonly log: Log,
  ) {
    // Read once: another window's choice is not this window's.
    this.#isSample = memory.window.get<boolean>(sampleChosen) === true;
    this.#subscriptions = [
      keys.onDidChange(defaultProfile, () => this.#unlessSample()),
      onDidChangeSettings(() => this.#onSettings()),
    ];
  }

  get(): Promise<Current> {
    this.#current ??= this.#determine();
    return this.#current;
  }

  /** Shows the sample organization, or what the saved key belongs to. Remembered for this window over restarts. */
  async chooseSample(chosen: boolean): Promise<void> {
    this.#isSample = chosen;
    await this.memory.window.update(sampleChosen, chosen || undefined);
    await this.again();
  }

  get isSample(): boolean {
    return this.#isSample;
  }

  /** Whether a question that was answered a while ago still concerns the organization that is shown. */
  async isShown(organization: Organization): Promise<boolean> {
    const current = await this.get();
    return current.kind === 'organization' && current.organization === organization;
  }

  /** Determines anew, as after the keyring was unlocked. Lets go of what was shown. */
  async again(): Promise<void> {
    const before = this.#current;
    this.#current = undefined;
    this.#generation += 1;
    this.#changed.fire();
    // Not waited for: a keyring that does not answer must not hold up what is shown next.
    void this.#letGo(before);
    // The palette's commands depend on what is shown, also while nobody looks at the view.
    if (before) await this.get();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
    this.#opened.dispose();
    void this.#letGo(this.#current);
  }

  #unlessSample(): void {
    if (!this.#isSample) void this.again();
  }

  /** The time limit and the network reach the client by themselves; only another way to speak to it makes a new one. */
  #onSettings(): void {
    const before = this.#settings;
    this.#settings = readSettings();
    const { baseUrl, legacyDeletePath } = this.#settings;
    if (baseUrl !== before.baseUrl || legacyDeletePath !== before.legacyDeletePath) this.#unlessSample();
  }

  async #letGo(before: Promise<Current> | undefined): Promise<void> {
    const current = await before;
    if (current?.kind === 'organization') current.organization.dispose();
  }

  async #determine(): Promise<Current> {
    const generation = this.#generation;
    let current: Current;
    try {
      current = this.isSample
        ? { kind: 'organization', organization: await this.#openSample() }
        : await this.#saved();
    } catch (error) {
      this.log.error(error instanceof Error ? error.message : String(error));
      current = { kind: 'problem', error: error instanceof Error ? error : new Error(String(error)) };
    }
    if (generation === this.#generation) {
      if (current.kind === 'organization') this.#opened.fire(current.organization);
      await setContext('checkpointPermissions.connection', connectionOf(current));
    }
    return current;
  }

  async #saved(): Promise<Current> {
    const saved = await this.keys.get(defaultProfile);
    if (!saved) return { kind: 'none' };
    const { openSaved } = await import('./saved');
    return openSaved(
      defaultProfile,
      saved,
      keptIn(this.memory.everywhere, `catalog.${defaultProfile}`),
      this.log,
    );
  }

  async #openSample(): Promise<Organization> {
    const { openSample } = await import('./sample');
    return openSample((report) => this.log.request(report, 'sample'));
  }
}

function connectionOf(current: Current) {
  if (current.kind !== 'organization') return current.kind;
  return current.organization.isSample ? 'sample' : 'key';
}

function keptIn(memory: Memento, name: string) {
  return {
    read: () => memory.get<unknown>(name),
    write: (value: unknown) => memory.update(name, value),
  };
}

import { type Disposable, EventEmitter } from 'vscode';
import type { Organization } from '../access/organization';
import type { AdminKeys } from '../credentials/adminKeys';
import type { ProjectKeys } from '../credentials/projectKeys';
import { setContext } from '../editor/contextKeys';
import type { Log } from '../editor/log';
import { onDidChangeSettings, readSettings } from '../editor/settings';
import { presentable } from '../text/redact';
import { ActiveProfile } from './activeProfile';
import type { OpenedOrganization } from './openOrganization';
import { defaultProfile, type Profile } from './profile';
import type { Profiles } from './profiles';
import { isSampleId, type SampleId, sampleLabel, samples } from './samples';
import { type StateStores, stateItem } from './stateItem';

/** Which organization is shown, or why none is. */
export type ActiveOrganization =
  /** The profile has no key. */
  | { readonly kind: 'none'; readonly profile: Profile }
  /** The secret storage or the base URL is at fault. */
  | { readonly kind: 'problem'; readonly profile: Profile; readonly error: Error }
  | OpenedOrganization;

/**
 * Decides which organization is shown, by the person's choice, the saved keys and the base URLs, and fires when that
 * changes. Lazy, and sends no request. An organization that is not shown is paused and keeps its loaded lists until its
 * key or base URL changes.
 */
export class CurrentOrganization implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #opened = new EventEmitter<Organization>();
  /** Fires once for each opened organization, before any of its lists is loaded. */
  readonly onDidOpen = this.#opened.event;
  readonly #relabeled = new EventEmitter<void>();
  /** Fires when the label of the same organization may have changed. */
  readonly onDidRelabel = this.#relabeled.event;
  readonly #subscriptions: Disposable[];
  readonly #activeProfile: ActiveProfile;
  #current: Promise<ActiveOrganization> | undefined;
  #kind: ActiveOrganization['kind'] | undefined;
  /** Opened organizations, by the ID of their profile or sample. */
  readonly #open = new Map<string, Promise<ActiveOrganization>>();
  readonly #announced = new WeakSet<Organization>();
  #settings = readSettings();
  /** Incremented with each change. A result of an older generation does not set the context keys. */
  #generation = 0;

  constructor(
    private readonly keys: AdminKeys,
    private readonly projectKeys: ProjectKeys,
    private readonly profiles: Profiles,
    private readonly memory: StateStores,
    private readonly log: Log,
  ) {
    this.#activeProfile = new ActiveProfile(memory);
    this.#subscriptions = [
      keys.onDidChange((profile) => this.#reopenProfile(profile)),
      { dispose: profiles.onDidChange(() => this.#onProfiles()) },
      onDidChangeSettings(() => this.#onSettings()),
    ];
  }

  get(): Promise<ActiveOrganization> {
    this.#current ??= this.#resolve();
    return this.#current;
  }

  /** The profile that is shown when no sample is. */
  get profile(): Profile {
    return this.profiles.find(this.#activeProfile.profile) ?? this.profiles.default;
  }

  /** The ID of the chosen profile or sample, also while the profile has no key. */
  get shownId(): string {
    return this.#activeProfile.sample ?? this.profile.id;
  }

  get isSample(): boolean {
    return this.#activeProfile.sample !== undefined;
  }

  /** Name of the shown organization, for the view's title; empty for a single profile that isn't open. */
  get label(): string {
    if (this.#activeProfile.sample) return sampleLabel(this.#activeProfile.sample);
    const isKnown = this.#kind === 'organization' || this.isOneOfSeveral;
    return isKnown ? this.profiles.label(this.profile) : '';
  }

  /** Whether there is another profile besides the default one. */
  get isOneOfSeveral(): boolean {
    return this.profiles.all.length > 1;
  }

  /**
   * Shows the organization of a profile, or a sample. Stored for this window; a profile also for windows without a
   * choice.
   */
  async show(id: string): Promise<void> {
    if (id === this.shownId) return this.#activeProfile.choose(id);
    await this.#showChosen(() => this.#activeProfile.choose(id));
  }

  /** Shows the first sample, or returns to the profile and discards all changes in samples. */
  async chooseSample(chosen: boolean): Promise<void> {
    if (chosen) return this.show(samples[0].id);
    if (!this.isSample) this.#close(this.shownId);
    const left = this.#showChosen(() => this.#activeProfile.leaveSample());
    for (const { id } of samples) this.#close(id);
    await left;
  }

  /** Whether the organization is the one that is shown now. Check it after each question. */
  async isShown(organization: Organization): Promise<boolean> {
    const current = await this.get();
    return current.kind === 'organization' && current.organization === organization;
  }

  /** Reloads the profiles, which another window may have renamed or removed. */
  reloadProfiles(): void {
    this.profiles.reload();
  }

  /** Reopens the shown organization, for example after the keyring was unlocked. */
  async reopen(): Promise<void> {
    this.#close(this.shownId);
    await this.#showChosen();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
    this.#opened.dispose();
    this.#relabeled.dispose();
    for (const id of [...this.#open.keys()]) this.#close(id);
  }

  /** Shows the chosen organization, after a new choice or a change of its key or settings. */
  async #showChosen(choose: () => Promise<void> = async () => undefined): Promise<void> {
    const before = this.#current;
    const chosen = choose();
    this.#current = undefined;
    this.#generation += 1;
    // Not awaited: a keyring that hangs must not block the next organization.
    void this.#pauseUnlessShown(before);
    this.#changed.fire();
    // The palette's context keys depend on the shown organization, also while the view is hidden.
    await Promise.all([before && this.get(), chosen]);
  }

  /** Pauses the organization that was shown before, unless it is shown again. */
  async #pauseUnlessShown(before: Promise<ActiveOrganization> | undefined): Promise<void> {
    const current = await before;
    if (current?.kind !== 'organization') return;
    if (current.organization.id !== this.shownId) current.organization.pause();
  }

  /** Disposes of an opened organization. The next `get` opens it again. */
  #close(id: string): void {
    const opening = this.#open.get(id);
    this.#open.delete(id);
    void opening?.then((current) => current.kind === 'organization' && current.organization.dispose());
  }

  /** The key or a setting that a profile's organization was opened with has changed. */
  #reopenProfile(profile: string): void {
    this.#close(profile);
    if (profile === this.shownId) void this.#showChosen();
  }

  #onProfiles(): void {
    const known = new Set(this.profiles.all.map(({ id }) => id));
    for (const [id, opening] of [...this.#open]) {
      if (isSampleId(id)) continue;
      if (known.has(id)) void opening.then((current) => this.#updateName(current));
      else this.#close(id);
    }
    if (!known.has(this.#activeProfile.profile)) {
      // The profile may have been removed in another window.
      this.#activeProfile.reset();
      if (!this.isSample) void this.#showChosen();
    }
    this.#relabeled.fire();
  }

  #updateName(current: ActiveOrganization): void {
    if (current.kind !== 'organization') return;
    const { organization } = current;
    const profile = this.profiles.find(organization.id);
    if (!profile) return;
    organization.name = profile.name;
    organization.label = this.isOneOfSeveral ? this.profiles.label(profile) : '';
  }

  /** Clients read the timeout and the network settings for each request. Only other settings need a new client. */
  #onSettings(): void {
    const before = this.#settings;
    this.#settings = readSettings();
    const { baseUrl, legacyDeletePath } = this.#settings;
    if (legacyDeletePath !== before.legacyDeletePath) {
      for (const { id } of this.profiles.all) this.#reopenProfile(id);
    } else if (baseUrl !== before.baseUrl) this.#reopenProfile(defaultProfile);
    if (baseUrl === before.baseUrl) return;
    // Labels of other organizations may contain the host.
    for (const opening of this.#open.values()) void opening.then((current) => this.#updateName(current));
    this.#relabeled.fire();
  }

  async #resolve(): Promise<ActiveOrganization> {
    this.profiles.reload();
    const generation = this.#generation;
    const id = this.shownId;
    const opening = this.#open.get(id) ?? this.#openShown();
    this.#open.set(id, opening);
    const current = await opening;
    // Problems are not cached, so that the next `get` retries.
    if (current.kind !== 'organization' && this.#open.get(id) === opening) this.#open.delete(id);
    this.#updateName(current);
    if (generation !== this.#generation) return current;
    this.#kind = current.kind;
    if (current.kind === 'organization') this.#resume(current.organization);
    if (!this.isSample && current.kind !== 'none')
      void this.#activeProfile.rememberProfile().catch(() => undefined);
    const isDefault = this.profile.id === defaultProfile;
    await Promise.all([
      setContext('checkpointPermissions.connection', connectionOf(current)),
      setContext('checkpointPermissions.profile', isDefault ? 'default' : 'added'),
    ]);
    return current;
  }

  #resume(organization: Organization): void {
    organization.resume();
    if (this.#announced.has(organization)) return;
    this.#announced.add(organization);
    this.#opened.fire(organization);
  }

  /** Never rejects. */
  async #openShown(): Promise<ActiveOrganization> {
    const { profile } = this;
    const { sample } = this.#activeProfile;
    try {
      if (sample) return { kind: 'organization', organization: await this.#openSample(sample) };
      return await this.#openSaved(profile);
    } catch (error) {
      this.log.error(presentable(error instanceof Error ? error.message : String(error), []));
      return { kind: 'problem', profile, error: error instanceof Error ? error : new Error(String(error)) };
    }
  }

  async #openSaved(profile: Profile): Promise<ActiveOrganization> {
    const saved = await this.keys.get(profile.id);
    if (!saved) return { kind: 'none', profile };
    const { openSaved } = await import('./openOrganization');
    return openSaved(profile, saved, {
      catalog: stateItem(this.memory.everywhere, `catalog.${profile.id}`),
      owners: stateItem(this.memory.everywhere, `owners.${profile.id}`),
      projectKeys: this.projectKeys,
      log: this.log,
    });
  }

  async #openSample(id: SampleId): Promise<Organization> {
    const { openSample } = await import('./sample');
    return openSample(id, (report) => this.log.request(report, 'sample'));
  }
}

function connectionOf(current: ActiveOrganization) {
  if (current.kind !== 'organization') return current.kind;
  return current.organization.isSample ? 'sample' : 'key';
}

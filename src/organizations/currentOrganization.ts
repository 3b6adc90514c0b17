import { type Disposable, EventEmitter } from 'vscode';
import type { Organization } from '../access/organization';
import type { AdminKeys, SavedKey } from '../credentials/adminKeys';
import type { LoadKeyIndex } from '../credentials/keyIndex';
import type { ProjectKeys } from '../credentials/projectKeys';
import { setContext } from '../editor/contextKeys';
import type { Log } from '../editor/log';
import { onDidChangeSettings, readSettings } from '../editor/settings';
import { presentable } from '../text/redact';
import { ActiveProfile } from './activeProfile';
import type { Memories } from './memories';
import type { OpenedOrganization } from './openOrganization';
import { defaultProfile, type Profile } from './profile';
import type { Profiles } from './profiles';
import { isSampleId, type SampleId, sampleLabel, samples } from './samples';
import { type StateStores, stateItem } from './stateItem';

/** Which organization is shown, or why none is. */
export type ActiveOrganization =
  /** The profile has no key. */
  | { readonly kind: 'none'; readonly profile: Profile }
  /** The profile had a saved key, which the secret storage no longer has, though nobody removed it. */
  | { readonly kind: 'keyGone'; readonly profile: Profile }
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
  /** The label when listeners were last told. */
  #toldLabel: string | undefined;
  /** Opened organizations, by the ID of their profile or sample. */
  readonly #open = new Map<string, Promise<ActiveOrganization>>();
  readonly #announced = new WeakSet<Organization>();
  #settings = readSettings();
  /** Incremented with each change. A result of an older generation does not set the context keys. */
  #generation = 0;

  constructor(
    private readonly keys: AdminKeys,
    private readonly projectKeys: ProjectKeys,
    private readonly keyIndex: LoadKeyIndex,
    private readonly profiles: Profiles,
    private readonly memory: StateStores,
    private readonly log: Log,
    private readonly memories: Memories,
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

  /** The name of any organization that is set up, or of a sample, by its ID. Undefined if there is none. */
  labelOf(id: string): string | undefined {
    if (isSampleId(id)) return sampleLabel(id);
    const profile = this.profiles.find(id);
    return profile && this.profiles.label(profile);
  }

  /** The label where organizations must be told apart: several are set up, or a sample is shown. Else empty. */
  get labelAmongSeveral(): string {
    return this.isSample || this.isOneOfSeveral ? this.label : '';
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
    for (const { id } of samples) {
      void this.#open.get(id)?.then((opened) => {
        if (opened.kind === 'organization') opened.organization.staged.clear();
      });
      this.#close(id);
      void this.#stagedOf(id).write(undefined);
    }
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
    this.#kind = undefined;
    this.#generation += 1;
    // Not awaited: a keyring that hangs must not block the next organization.
    void this.#pauseUnlessShown(before);
    // Listeners take the label that there is until the organization is open.
    this.#toldLabel = this.label;
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
    void opening?.then((current) => {
      if (current.kind !== 'organization') return;
      // What it knows is taken down before that is dropped.
      void this.memories.close(current.organization, () => this.#hasKey(id));
      current.organization.dispose();
    });
  }

  /** A keyring that fails says nothing about the key. */
  #hasKey(id: string): Promise<boolean> {
    return this.keys.get(id).then(
      (saved) => saved !== undefined,
      () => true,
    );
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
    if (this.#kind !== undefined) void this.#updateSavedElsewhere();
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
    const { baseUrl, legacyDeletePath, keepAccess } = this.#settings;
    if (keepAccess !== before.keepAccess) void this.memories.update();
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
    this.#tellLabel();
    if (current.kind === 'organization') this.#resume(current.organization);
    if (!this.isSample && current.kind !== 'none')
      void this.#activeProfile.rememberProfile().catch(() => undefined);
    const isDefault = this.profile.id === defaultProfile;
    await Promise.all([
      setContext('checkpointPermissions.connection', connectionOf(current)),
      setContext('checkpointPermissions.organization', current.kind === 'organization' ? 'some' : 'none'),
      setContext('checkpointPermissions.profile', isDefault ? 'default' : 'added'),
    ]);
    void this.#updateSavedElsewhere();
    return current;
  }

  /** Tells a label that became known only now. Views that are hidden ask for nothing, but show it. */
  #tellLabel(): void {
    const { label } = this;
    if (label === this.#toldLabel) return;
    this.#toldLabel = label;
    this.#relabeled.fire();
  }

  #resume(organization: Organization): void {
    organization.resume();
    if (this.#announced.has(organization)) return;
    this.#announced.add(organization);
    this.#opened.fire(organization);
  }

  /** What this window keeps of the staged changes of an organization. */
  #stagedOf(id: string) {
    return stateItem(this.memory.window, `staged.${id}`);
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
    if (!saved) return { kind: (await this.keys.isLost(profile.id)) ? 'keyGone' : 'none', profile };
    void this.#adopt(profile, saved);
    const { openSaved, restoreStaged } = await import('./openOrganization');
    const opened = openSaved(profile, saved, {
      stored: (name) => stateItem(this.memory.everywhere, `${name}.${profile.id}`),
      projectKeys: this.projectKeys,
      log: this.log,
    });
    if (opened.kind === 'organization') {
      await this.memories.open(opened.organization);
      restoreStaged(opened.organization, this.#stagedOf(profile.id));
    }
    return opened;
  }

  /** Remembers in this profile of VS Code what another one saved. A failure is reported by what needs it. */
  async #adopt({ id }: Profile, saved: SavedKey): Promise<void> {
    await Promise.allSettled([this.keys.remember(id, saved), this.projectKeys.refresh(id)]);
  }

  /** Whether Add Saved Organizations… has something to offer. */
  async #updateSavedElsewhere(): Promise<void> {
    const saved = await this.keyIndex()
      .then((index) => index.list())
      .catch(() => []);
    const isElsewhere = saved.some(({ profile, about }) => about && !this.profiles.find(profile));
    await setContext('checkpointPermissions.savedElsewhere', isElsewhere ? 'some' : 'none');
  }

  async #openSample(id: SampleId): Promise<Organization> {
    const { keepStaged, openSample } = await import('./sample');
    const organization = await openSample(id, (report) => this.log.request(report, 'sample'));
    keepStaged(organization, this.#stagedOf(id));
    return organization;
  }
}

function connectionOf(current: ActiveOrganization) {
  if (current.kind !== 'organization') return current.kind;
  return current.organization.isSample ? 'sample' : 'key';
}

import { type Disposable, EventEmitter } from 'vscode';
import type { Organization } from '../access/organization';
import type { AdminKeys } from '../credentials/adminKeys';
import type { ProjectKeys } from '../credentials/projectKeys';
import { setContext } from '../editor/contextKeys';
import type { Log } from '../editor/log';
import { onDidChangeSettings, readSettings } from '../editor/settings';
import { Choice } from './activeProfile';
import { defaultProfile, type Profile } from './profile';
import type { Profiles } from './profiles';
import { isSampleId, type SampleId, sampleLabel, samples } from './samples';
import { type StateStores, stateItem } from './stateItem';

/** Which organization is shown, or why none is. */
export type ActiveOrganization =
  /** The profile has no key. */
  | { readonly kind: 'none'; readonly profile: Profile }
  /** A key is saved, but for another origin than the profile's base URL names; it is not sent there. */
  | {
      readonly kind: 'elsewhere';
      readonly profile: Profile;
      readonly savedFor: string;
      readonly now: string;
    }
  /** The secret storage or the base URL is at fault. */
  | { readonly kind: 'problem'; readonly profile: Profile; readonly error: Error }
  | { readonly kind: 'organization'; readonly organization: Organization };

/**
 * Decides which organization is shown and tells when that changes: by the person's choice, a saved key, or a base URL.
 * Nothing is read before someone asks, and nothing here sends a request. An organization that was shown before rests
 * and keeps what is known of it, until its key or address changes.
 */
export class CurrentOrganization implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #opened = new EventEmitter<Organization>();
  /** Tells of each organization when it is shown for the first time, before anything is read of it. */
  readonly onDidOpen = this.#opened.event;
  readonly #relabelled = new EventEmitter<void>();
  /** Tells that the label may read differently, of the same organization. */
  readonly onDidRelabel = this.#relabelled.event;
  readonly #subscriptions: Disposable[];
  readonly #choice: Choice;
  #current: Promise<ActiveOrganization> | undefined;
  #kind: ActiveOrganization['kind'] | undefined;
  /** What was opened, by the id of its profile or sample. */
  readonly #open = new Map<string, Promise<ActiveOrganization>>();
  readonly #announced = new WeakSet<Organization>();
  #settings = readSettings();
  /** Goes up with each change, so that what was determined before it does not set the context after it. */
  #generation = 0;

  constructor(
    private readonly keys: AdminKeys,
    private readonly projectKeys: ProjectKeys,
    private readonly profiles: Profiles,
    private readonly memory: StateStores,
    private readonly log: Log,
  ) {
    this.#choice = new Choice(memory);
    this.#subscriptions = [
      keys.onDidChange((profile) => this.#renew(profile)),
      { dispose: profiles.onDidChange(() => this.#onProfiles()) },
      onDidChangeSettings(() => this.#onSettings()),
    ];
  }

  get(): Promise<ActiveOrganization> {
    this.#current ??= this.#determine();
    return this.#current;
  }

  /** The profile that is shown, or would be if no sample were. */
  get profile(): Profile {
    return this.profiles.find(this.#choice.profile) ?? this.profiles.default;
  }

  /** The id of the profile or sample that is shown, or would be if it had a key. */
  get shownId(): string {
    return this.#choice.sample ?? this.profile.id;
  }

  get isSample(): boolean {
    return this.#choice.sample !== undefined;
  }

  /** What the view calls it that is shown; empty while there is nothing to tell apart. */
  get label(): string {
    if (this.#choice.sample) return sampleLabel(this.#choice.sample);
    const isKnown = this.#kind === 'organization' || this.isOneOfSeveral;
    return isKnown ? this.profiles.label(this.profile) : '';
  }

  /** Whether others than the default organization were set up. */
  get isOneOfSeveral(): boolean {
    return this.profiles.all.length > 1;
  }

  /**
   * Shows the organization of a profile, or a sample. Remembered for this window over restarts; a profile also for
   * windows that have not chosen yet.
   */
  async show(id: string): Promise<void> {
    if (id === this.shownId) return this.#choice.choose(id);
    await this.#turn(() => this.#choice.choose(id));
  }

  /** Shows the first sample organization, or goes back to the profile and forgets what was done in the samples. */
  async chooseSample(chosen: boolean): Promise<void> {
    if (chosen) return this.show(samples[0].id);
    if (!this.isSample) this.#drop(this.shownId);
    const turned = this.#turn(() => this.#choice.leaveSample());
    for (const { id } of samples) this.#drop(id);
    await turned;
  }

  /** Whether a question that was answered a while ago still concerns the organization that is shown. */
  async isShown(organization: Organization): Promise<boolean> {
    const current = await this.get();
    return current.kind === 'organization' && current.organization === organization;
  }

  /** Takes over what another window has changed: an organization renamed or removed. */
  takeOver(): void {
    this.profiles.reload();
  }

  /** Determines anew, as after the keyring was unlocked. Lets go of what was shown. */
  async again(): Promise<void> {
    this.#drop(this.shownId);
    await this.#turn();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
    this.#opened.dispose();
    this.#relabelled.dispose();
    for (const id of [...this.#open.keys()]) this.#drop(id);
  }

  /** Makes what is chosen be shown, after a new choice or for what else is different now. */
  async #turn(choose: () => Promise<void> = async () => undefined): Promise<void> {
    const before = this.#current;
    const chosen = choose();
    this.#current = undefined;
    this.#generation += 1;
    // Not waited for: a keyring that does not answer must not hold up what is shown next.
    void this.#rest(before);
    this.#changed.fire();
    // The palette's commands depend on what is shown, also while nobody looks at the view.
    await Promise.all([before && this.get(), chosen]);
  }

  /** Stops what is under way for the organization that was shown, unless it is again. */
  async #rest(before: Promise<ActiveOrganization> | undefined): Promise<void> {
    const current = await before;
    if (current?.kind !== 'organization') return;
    if (current.organization.id !== this.shownId) current.organization.pause();
  }

  /** Lets go of what was opened: the next look opens it anew. */
  #drop(id: string): void {
    const opening = this.#open.get(id);
    this.#open.delete(id);
    void opening?.then((current) => current.kind === 'organization' && current.organization.dispose());
  }

  /** What a profile's organization was opened with is different now. */
  #renew(profile: string): void {
    this.#drop(profile);
    if (profile === this.shownId) void this.#turn();
  }

  #onProfiles(): void {
    const known = new Set(this.profiles.all.map(({ id }) => id));
    for (const [id, opening] of [...this.#open]) {
      if (isSampleId(id)) continue;
      if (known.has(id)) void opening.then((current) => this.#name(current));
      else this.#drop(id);
    }
    if (!known.has(this.#choice.profile)) {
      // Removed, perhaps in another window.
      this.#choice.fallBack();
      if (!this.isSample) void this.#turn();
    }
    this.#relabelled.fire();
  }

  #name(current: ActiveOrganization): void {
    if (current.kind !== 'organization') return;
    const { organization } = current;
    const profile = this.profiles.find(organization.id);
    if (!profile) return;
    organization.name = profile.name;
    organization.label = this.isOneOfSeveral ? this.profiles.label(profile) : '';
  }

  /** The time limit and the network reach the client by themselves; only another way to speak to it makes a new one. */
  #onSettings(): void {
    const before = this.#settings;
    this.#settings = readSettings();
    const { baseUrl, legacyDeletePath } = this.#settings;
    if (legacyDeletePath !== before.legacyDeletePath) {
      for (const { id } of this.profiles.all) this.#renew(id);
    } else if (baseUrl !== before.baseUrl) this.#renew(defaultProfile);
    if (baseUrl === before.baseUrl) return;
    // The host of one may be what tells it from another.
    for (const opening of this.#open.values()) void opening.then((current) => this.#name(current));
    this.#relabelled.fire();
  }

  async #determine(): Promise<ActiveOrganization> {
    this.profiles.reload();
    const generation = this.#generation;
    const id = this.shownId;
    const opening = this.#open.get(id) ?? this.#openShown();
    this.#open.set(id, opening);
    const current = await opening;
    // Only an organization is kept: what hindered it may be gone at the next look.
    if (current.kind !== 'organization' && this.#open.get(id) === opening) this.#open.delete(id);
    this.#name(current);
    if (generation !== this.#generation) return current;
    this.#kind = current.kind;
    if (current.kind === 'organization') this.#begin(current.organization);
    if (!this.isSample && current.kind !== 'none') void this.#choice.settle().catch(() => undefined);
    const isDefault = this.profile.id === defaultProfile;
    await Promise.all([
      setContext('checkpointPermissions.connection', connectionOf(current)),
      setContext('checkpointPermissions.profile', isDefault ? 'default' : 'added'),
    ]);
    return current;
  }

  #begin(organization: Organization): void {
    organization.resume();
    if (this.#announced.has(organization)) return;
    this.#announced.add(organization);
    this.#opened.fire(organization);
  }

  /** Never rejects. */
  async #openShown(): Promise<ActiveOrganization> {
    const { profile } = this;
    const { sample } = this.#choice;
    try {
      if (sample) return { kind: 'organization', organization: await this.#openSample(sample) };
      return await this.#openSaved(profile);
    } catch (error) {
      this.log.error(error instanceof Error ? error.message : String(error));
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

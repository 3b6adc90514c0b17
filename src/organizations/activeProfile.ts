import { defaultProfile } from './profile';
import { isSampleId, type SampleId, samples } from './samples';
import type { StateStores } from './stateItem';

/** Key of the window's state: `true` for the first sample (as older versions stored it), or the ID of a sample. */
const sampleChosen = 'sampleChosen';
/** Key of the window's state, and of the shared state that new windows start with. */
const profileShown = 'profileShown';

/**
 * The profile that this window shows, or the sample in place of it. Read once, so that another window's choice doesn't
 * change it. A window without a choice starts with the profile chosen last in any window.
 */
export class ActiveProfile {
  #profile: string;
  #sample: SampleId | undefined;

  constructor(private readonly memory: StateStores) {
    const { window, everywhere } = memory;
    const chosen = window.get<unknown>(sampleChosen);
    this.#sample = chosen === true ? samples[0].id : isSampleId(chosen) ? chosen : undefined;
    const shown = window.get<unknown>(profileShown) ?? everywhere.get<unknown>(profileShown);
    this.#profile = typeof shown === 'string' ? shown : defaultProfile;
  }

  /** The ID of the profile that is shown when no sample is. */
  get profile(): string {
    return this.#profile;
  }

  get sample(): SampleId | undefined {
    return this.#sample;
  }

  /** Chooses a profile or a sample, effective immediately. Resolves when it is stored. */
  async choose(id: string): Promise<void> {
    const { window, everywhere } = this.memory;
    this.#sample = isSampleId(id) ? id : undefined;
    if (!this.#sample) this.#profile = id;
    await window.update(sampleChosen, this.#sample && (id === samples[0].id || id));
    if (this.#sample) return;
    await window.update(profileShown, id);
    await everywhere.update(profileShown, id);
  }

  /** Leaves the sample for the profile, effective immediately. Resolves when it is stored. */
  async leaveSample(): Promise<void> {
    this.#sample = undefined;
    await this.memory.window.update(sampleChosen, undefined);
  }

  /** Chooses the default profile, after the chosen one was removed. */
  reset(): void {
    this.#profile = defaultProfile;
  }

  /** Stores the profile for this window, so that another window's choice doesn't change it after a restart. */
  async rememberProfile(): Promise<void> {
    const { window } = this.memory;
    if (window.get(profileShown) === undefined) await window.update(profileShown, this.#profile);
  }
}

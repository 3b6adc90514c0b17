import { defaultProfile } from './profile';
import { isSampleId, type SampleId, samples } from './samples';
import type { StateStores } from './stateItem';

/** In the window's memory: `true` for the first sample (as it was when there was one), else the id of another. */
const sampleChosen = 'sampleChosen';
/** In the window's memory, and in that of all windows for those that come. */
const profileShown = 'profileShown';

/**
 * What the person chose to see in this window: a profile, and perhaps a sample in place of it. Read once, because
 * another window's choice is not this window's; a window that has not chosen begins with the profile chosen last.
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

  /** The id of the profile that is shown when no sample is. */
  get profile(): string {
    return this.#profile;
  }

  get sample(): SampleId | undefined {
    return this.#sample;
  }

  /** Chooses a profile or a sample, at once; resolves when it is remembered. */
  async choose(id: string): Promise<void> {
    const { window, everywhere } = this.memory;
    this.#sample = isSampleId(id) ? id : undefined;
    if (!this.#sample) this.#profile = id;
    await window.update(sampleChosen, this.#sample && (id === samples[0].id || id));
    if (this.#sample) return;
    await window.update(profileShown, id);
    await everywhere.update(profileShown, id);
  }

  /** Back from a sample to the profile, at once; resolves when it is remembered. */
  async leaveSample(): Promise<void> {
    this.#sample = undefined;
    await this.memory.window.update(sampleChosen, undefined);
  }

  /** For a chosen profile that was removed. */
  fallBack(): void {
    this.#profile = defaultProfile;
  }

  /** This window has shown an organization and stays with it, whatever others choose meanwhile. */
  async settle(): Promise<void> {
    const { window } = this.memory;
    if (window.get(profileShown) === undefined) await window.update(profileShown, this.#profile);
  }
}

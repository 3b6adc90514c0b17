import { Emitter, type Unsubscribe } from '../access/emitter';
import { lookOf } from '../text/fold';
import { plainText } from '../text/plainText';
import { unnamedOrganization } from '../words/organizationNames';
import { defaultProfile, type Profile } from './profile';
import { isSampleId } from './samples';

/** Storage of the profiles. `write` resolves once they are stored. */
export interface ProfileStorage {
  read(): unknown;
  write(value: ProfileRecord): PromiseLike<void>;
}

/** The stored profiles, with the version of the format. Contains no keys. */
export interface ProfileRecord {
  readonly version: 1;
  readonly profiles: readonly ProfileEntry[];
}

/** A stored profile. The default profile has an entry only if it has a name, and never a base URL. */
interface ProfileEntry {
  readonly id: string;
  readonly name?: string;
  readonly baseUrl?: string;
}

/** Maximum characters of a name. */
export const longestName = 60;

/**
 * The organizations that the person has set up: the default one, then added ones in their order. Changes by other
 * windows are read before each change, and by {@link reload}.
 */
export class Profiles {
  #entries: readonly ProfileEntry[];
  readonly #changed = new Emitter<void>();
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly storage: ProfileStorage,
    private readonly defaultBaseUrl: () => string,
  ) {
    this.#entries = parseEntries(storage.read());
  }

  /** All profiles. The default one is always first, also without saved state. */
  get all(): readonly Profile[] {
    return [this.default, ...this.#entries.filter(({ id }) => id !== defaultProfile).map(profileOf)];
  }

  find(id: string): Profile | undefined {
    return this.all.find((profile) => profile.id === id);
  }

  get default(): Profile {
    const own = this.#entries.find(({ id }) => id === defaultProfile);
    return profileOf({ ...own, id: defaultProfile, baseUrl: this.defaultBaseUrl() });
  }

  /** Whether the person has named the profile. */
  isNamed(id: string): boolean {
    return this.#entries.some((entry) => entry.id === id && entry.name !== undefined);
  }

  /** A unique label: the name, with the host if names are equal, with a number if hosts are equal, too. */
  label(profile: Profile): string {
    const same = (one: Profile, other: Profile): boolean => lookOf(one.name) === lookOf(other.name);
    const namesakes = this.all.filter((other) => same(profile, other));
    if (namesakes.length < 2) return profile.name;
    const withHost =
      profile.host === '' || profile.host === profile.name
        ? profile.name
        : `${profile.name} · ${profile.host}`;
    const here = namesakes.filter(({ host }) => host === profile.host);
    const number = here.findIndex(({ id }) => id === profile.id) + 1;
    return number > 1 ? `${withHost} (${number})` : withHost;
  }

  onDidChange(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  /** Reloads what another window may have changed. */
  reload(): void {
    this.#adopt(parseEntries(this.storage.read()));
  }

  add({ id, name, baseUrl }: Pick<Profile, 'id' | 'name' | 'baseUrl'>): Promise<void> {
    return this.#change((entries) => [...entries, { id, name: cleanName(name), baseUrl }]);
  }

  /** Renames a profile. An empty name makes it use its host. */
  rename(id: string, name: string): Promise<void> {
    const cleaned = cleanName(name);
    return this.#change((entries) => {
      const old = entries.find((entry) => entry.id === id);
      // Another window may have removed it: only the default profile has a name without an entry.
      if (!old && id !== defaultProfile) return entries;
      const { name: _, ...rest } = old ?? { id };
      const renamed = cleaned === '' ? rest : { ...rest, name: cleaned };
      return old ? entries.map((entry) => (entry === old ? renamed : entry)) : [...entries, renamed];
    });
  }

  remove(id: string): Promise<void> {
    return this.#change((entries) => entries.filter((entry) => entry.id !== id));
  }

  /** Runs changes one after the other, each on the latest stored record, so that none is lost. */
  #change(change: (entries: readonly ProfileEntry[]) => readonly ProfileEntry[]): Promise<void> {
    const result = this.#lastChange.then(async () => {
      const before = parseEntries(this.storage.read());
      const after = change(before);
      if (!isSame(before, after)) await this.storage.write({ version: 1, profiles: after });
      this.#adopt(after);
    });
    this.#lastChange = result.catch(() => undefined);
    return result;
  }

  #adopt(entries: readonly ProfileEntry[]): void {
    if (isSame(entries, this.#entries)) return;
    this.#entries = entries;
    this.#changed.emit();
  }
}

/** Reduces a name to one line of at most {@link longestName} characters. */
export function cleanName(name: string): string {
  return plainText(name, longestName);
}

/** Host and port of a URL, without user name or password; empty when the text isn't a URL. */
export function hostOf(baseUrl: string): string {
  try {
    return new URL(baseUrl).host;
  } catch {
    return '';
  }
}

function profileOf({ id, name, baseUrl = '' }: ProfileEntry): Profile {
  const host = hostOf(baseUrl);
  return { id, name: name || host || unnamedOrganization, baseUrl, host };
}

function isSame(one: readonly ProfileEntry[], other: readonly ProfileEntry[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * The stored record may come from another version or be damaged. Every entry with an ID is shown, so that it can be
 * removed.
 */
function parseEntries(stored: unknown): ProfileEntry[] {
  const profiles: unknown = (stored as Partial<ProfileRecord> | null | undefined)?.profiles;
  if (!Array.isArray(profiles)) return [];
  const entries = new Map<string, ProfileEntry>();
  for (const each of profiles as (Record<keyof ProfileEntry, unknown> | null)[]) {
    const { id, name, baseUrl } = each ?? {};
    if (typeof id !== 'string' || !/^[A-Za-z0-9-]{1,64}$/.test(id) || isSampleId(id) || entries.has(id))
      continue;
    const cleaned = typeof name === 'string' ? cleanName(name) : '';
    const isDefault = id === defaultProfile;
    entries.set(id, {
      id,
      ...(cleaned !== '' && { name: cleaned }),
      ...(!isDefault && { baseUrl: typeof baseUrl === 'string' ? baseUrl : '' }),
    });
  }
  return [...entries.values()];
}

/**
 * The ID of the default profile, whose base URL is the setting's. The ID is part of stored names, also of versions that
 * had no other profile, so it must not change.
 */
export const defaultProfile = 'default';

/** An organization as the person set it up. Its ID is part of the names of its stored state and keys. */
export interface Profile {
  /** Has no dot, because dots separate the parts of stored names. */
  readonly id: string;
  /** The name given by the person, else the host of the base URL. One line of limited length. */
  readonly name: string;
  /** Unchecked. */
  readonly baseUrl: string;
  /** Host and port of the base URL; empty when that isn't a URL. */
  readonly host: string;
}

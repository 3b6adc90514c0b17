/**
 * The profile that *Set Admin API Key…* fills when there is no other; its base URL is the setting's. Its id is part of what
 * people have stored since before there were others.
 */
export const defaultProfile = 'default';

/** An organization as a person set it up. Its id is part of every name under which something of it is stored. */
export interface Profile {
  /** Without a dot, so that it can be told from what stands around it in a stored name. */
  readonly id: string;
  /** What the person called it, else the host of its base URL. One line of bounded length. */
  readonly name: string;
  /** Unchecked. */
  readonly baseUrl: string;
  /** Of the base URL, with its port; empty when that is no URL. */
  readonly host: string;
}

/** The kind of a key: of an organization, or of a project. */
export type KeyKind = 'admin API key' | 'project API key';

/** The operation of the secret storage (usually the system's keyring) that failed. */
export type KeyringProblem =
  | 'read'
  | 'save'
  | 'remove'
  /** The storage accepted a key, but reading it back returned another one or none. */
  | 'notKept'
  /** The saved value isn't a key with an origin. */
  | 'damaged';

/** A failure of the secret storage. `reason` is the storage's message, without the key. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError';

  constructor(
    readonly problem: KeyringProblem,
    readonly key: KeyKind,
    readonly reason?: string,
  ) {
    super(reason === undefined ? `Keyring: ${problem}` : `Keyring: ${problem} (${reason})`);
  }
}

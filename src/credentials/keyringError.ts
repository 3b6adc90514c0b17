/** Which key something is about: one of an organization, or one of a project. */
export type KeyKind = 'admin API key' | 'project API key';

/** What the secret storage of the editor (usually the keyring of the system) failed at. */
export type KeyringProblem =
  | 'read'
  | 'save'
  | 'remove'
  /** It accepted a key, and had another one or none afterwards. */
  | 'notKept'
  /** What is saved is not a key with its origin. */
  | 'damaged';

/** The secret storage failed. `reason` is its own message, without the key. */
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

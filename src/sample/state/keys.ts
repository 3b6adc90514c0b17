/** A key the organization accepts. An admin key cannot call the project endpoints, and the other way round. */
export interface Key {
  readonly kind: 'admin' | 'project';
  /** The id it has in lists and in the audit log. */
  readonly id?: string;
  /** The project that a project key belongs to. */
  readonly project?: string;
  /** Scopes of its kind that the key was made without, for example `api.fine_tuning.checkpoints.write`. */
  missingScopes: readonly string[];
}

/** What a scope of an admin API key is needed for. */
export type ScopeUse =
  | 'readPermissions'
  | 'changePermissions'
  | 'history'
  | 'usage'
  | 'projects'
  | 'modelPolicies'
  | 'projectKeys'
  | 'adminKeys';

/** The scopes that are known, by their names in the API's messages (docs/api.md#a-missing-scope-arrives-as-401). */
const uses: ReadonlyMap<string, readonly ScopeUse[]> = new Map([
  ['api.fine_tuning.checkpoints.read', ['readPermissions']],
  ['api.fine_tuning.checkpoints.write', ['changePermissions']],
  ['api.audit_logs.read', ['history']],
  ['api.usage.read', ['usage']],
  ['api.management.read', ['projects', 'modelPolicies', 'projectKeys', 'adminKeys']],
]);

/** What a scope would unlock. Empty if that is not known: a server may name any scope. */
export function usesOfScope(scope: string): readonly ScopeUse[] {
  return uses.get(scope) ?? [];
}

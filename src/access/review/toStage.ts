import type { StagedChange } from '../staged';
import type { Finding } from './finding';

/** Findings as changes to be staged: one revoke for each checkpoint and project, however many findings are about it. */
export function revokesFor(
  findings: readonly Pick<Finding, 'checkpoint' | 'access'>[],
): Omit<StagedChange, 'failure'>[] {
  const revokes = new Map<string, Omit<StagedChange, 'failure'>>();
  for (const { checkpoint, access } of findings) {
    for (const { project } of access)
      revokes.set(JSON.stringify([checkpoint, project]), { checkpoint, project, action: 'revoke' });
  }
  return [...revokes.values()];
}

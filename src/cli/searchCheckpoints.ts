import { auditLogSource } from '../access/discovery/auditLog';
import { discover } from '../access/discovery/discover';
import { usageSource } from '../access/discovery/usage';
import type { Organization } from '../access/organization';
import { searching, sourceNotSearched } from '../words/cli';
import type { ReportedMessage, Severity } from './report';
import type { ToolSession } from './session';

/** The checkpoints of an organization, as far as its audit log and its usage data name them. */
export interface FoundCheckpoints {
  readonly checkpoints: readonly string[];
  readonly isComplete: boolean;
  /** A message for each source that wasn't searched completely. */
  readonly messages: readonly ReportedMessage[];
}

/** Searches for checkpoints. `severity`: of a search that isn't complete. Rejects when the signal aborts. */
export async function searchCheckpoints(
  session: ToolSession,
  { organizationAPI }: Organization,
  severity: Severity,
): Promise<FoundCheckpoints> {
  const { signal, progress } = session;
  progress.show(searching, searching);
  const sources = [auditLogSource(organizationAPI.auditLogs), usageSource(organizationAPI.usage)];
  // Waits are shown by the client.
  const search = { signal, now: session.now(), onWait: () => undefined };
  const { entries, reports } = await discover(sources, search, () => undefined);
  signal.throwIfAborted();
  progress.clear();
  const messages = reports
    .filter(({ end }) => end.kind !== 'complete')
    .map((report): ReportedMessage => ({ severity, kind: 'notSearched', text: sourceNotSearched(report) }));
  return { checkpoints: entries.map(({ id }) => id), isComplete: messages.length === 0, messages };
}

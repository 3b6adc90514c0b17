import { parseCheckpointId, whyNotProject } from '../ids/checkpointId';
import type { Organization } from '../organization';
import { compareIdentity, type OrganizationIdentity, parseIdentity } from '../organizationIdentity';
import { mostStaged } from '../thresholds';
import type { StagedChange } from './staged';

/** One stored value of this window. */
export interface StagedStorage {
  read(): unknown;
  write(value: unknown): PromiseLike<void>;
}

/** Staged changes as they are kept across a reload of the window: plain data. */
interface KeptStaged {
  /** The organization that they were staged for; absent for a sample. */
  readonly identity?: OrganizationIdentity;
  /** The projects to grant and to revoke, by checkpoint. */
  readonly changes: Readonly<
    Record<string, { readonly grant: readonly string[]; readonly revoke: readonly string[] }>
  >;
}

/**
 * Stages the changes that the window kept of the same organization, and keeps what is staged from now on. Returns the
 * number of kept changes that were discarded, because they may be of another organization.
 */
export function keepStaged(
  { staged, identity }: Pick<Organization, 'staged' | 'identity'>,
  storage: StagedStorage,
): number {
  const kept = parseKept(storage.read());
  const isSame = identity ? compareIdentity(identity, kept.identity) === 'same' : kept.identity === undefined;
  if (isSame && kept.changes.length > 0) staged.stage(kept.changes);
  if (!isSame && kept.changes.length > 0) void storage.write(undefined);
  let isDue = false;
  // Written at the end of the turn: once for all of its changes, and yet before the extension host could end.
  staged.onDidChange(() => {
    if (isDue) return;
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      void storage.write(keptOf(staged.changes, identity));
    });
  });
  return isSame ? 0 : kept.changes.length;
}

function keptOf(
  changes: readonly StagedChange[],
  identity: OrganizationIdentity | undefined,
): KeptStaged | undefined {
  if (changes.length === 0) return undefined;
  const byCheckpoint = new Map<string, { grant: string[]; revoke: string[] }>();
  for (const { checkpoint, project, action } of changes) {
    const ofCheckpoint = byCheckpoint.get(checkpoint) ?? { grant: [], revoke: [] };
    ofCheckpoint[action].push(project);
    byCheckpoint.set(checkpoint, ofCheckpoint);
  }
  return { ...(identity && { identity }), changes: Object.fromEntries(byCheckpoint) };
}

/** Parses what was kept, which may be from another version or damaged. Skips what is no change. */
function parseKept(value: unknown): {
  readonly identity: OrganizationIdentity | undefined;
  readonly changes: readonly Omit<StagedChange, 'failure'>[];
} {
  const { identity, changes } = asObject(value);
  const parsed = Object.entries(asObject(changes)).flatMap(([checkpoint, ofCheckpoint]) => {
    if (!parseCheckpointId(checkpoint)) return [];
    const { grant, revoke } = asObject(ofCheckpoint);
    return [
      ...projectsIn(grant).map((project) => ({ checkpoint, project, action: 'grant' as const })),
      ...projectsIn(revoke).map((project) => ({ checkpoint, project, action: 'revoke' as const })),
    ];
  });
  return { identity: parseIdentity(identity), changes: parsed.slice(0, mostStaged) };
}

function projectsIn(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((project) => typeof project === 'string' && whyNotProject(project) === undefined)
    : [];
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

import type { NotReviewed, Review } from '../../../access/evidence/review/finding';
import type { FindingRow, RowReason } from '../../../access/evidence/review/findingRows';
import type { Organization } from '../../../access/organization';
import type { FindingEntry, GapEntry, ReasonEntry } from '../../../protocol/findings';
import { plainText } from '../../../text/plainText';
import { plainCheckpointLabel, plainProjectName } from '../../../words/names';
import { notReviewedInWords, type ReviewedNames } from '../../../words/review';
import type { TabDependencies } from '../tabSession';

type Numbers = TabDependencies['keys'];

/** Longest sentence and ID, in characters. */
const longestText = 1000;
const longestId = 200;

/** A row as the page gets it. */
export function entryOf(
  { checkpoint, project, place, reasons, permissions }: FindingRow,
  keys: Numbers,
): FindingEntry {
  const granted = permissions.map(({ created_at }) => created_at).filter((each) => each > 0);
  return {
    at: [keys.checkpoints.keyOf(checkpoint), keys.projects.keyOf(project)],
    place,
    reasons: reasons.map((reason) => reasonEntry(reason, keys)),
    grantedAt: granted.reduce((oldest, each) => Math.min(oldest, each), granted[0] ?? 0),
    permissions: permissions.length,
    permissionId: plainText(permissions[0]?.id ?? '', longestId),
  };
}

function reasonEntry(reason: RowReason, { projects }: Numbers): ReasonEntry {
  const { acceptance } = reason;
  return {
    ...factsOf(reason, projects),
    ...(acceptance && {
      acceptance: {
        until: acceptance.until,
        reason: plainText(acceptance.reason, longestText),
        isExpired: acceptance.isExpired,
        ...(acceptance.isOfFile && { isOfFile: true as const }),
      },
    }),
  };
}

function factsOf(reason: RowReason, projects: Numbers['projects']): ReasonEntry {
  switch (reason.kind) {
    case 'shutDown':
    case 'shutsDownSoon':
      return { kind: reason.kind, shutdown: reason.shutdown };
    case 'archived': {
      const { kind, archivedAt } = reason;
      return { kind, ...(archivedAt !== undefined && { archivedAt }) };
    }
    case 'unused': {
      const { kind, days, lastUsed } = reason;
      return { kind, days, ...(lastUsed !== undefined && { lastUsed }) };
    }
    case 'sharedWithAll': {
      const { kind, activeProjects, mayBeOwner } = reason;
      return {
        kind,
        activeProjects,
        ...(mayBeOwner !== undefined && { mayBeOwner: projects.keyOf(mayBeOwner) }),
      };
    }
    case 'withoutEffect':
      return { kind: reason.kind, why: reason.why };
  }
}

/** What was not checked, by key. Each entry is made when it is called for: there may be thousands. */
export function gapEntries(
  organization: Organization,
  { notReviewed, at }: Review,
  keys: Numbers,
): ReadonlyMap<string, () => GapEntry> {
  const names: ReviewedNames = {
    checkpoint: (id) => plainCheckpointLabel(id, organization),
    project: (id) => plainProjectName(organization, id),
  };
  return new Map(
    notReviewed.map((gap) => {
      const key = keyOf(gap, keys);
      const make = (): GapEntry => ({
        key,
        about: gap.about,
        text: plainText(notReviewedInWords(gap, names, at), longestText),
        requests: gap.requests,
        ...(gap.about === 'checkpoint' && { checkpoint: keys.checkpoints.keyOf(gap.checkpoint) }),
        ...(gap.about === 'policies' &&
          gap.why === 'failed' && { project: keys.projects.keyOf(gap.project) }),
      });
      return [key, make];
    }),
  );
}

function keyOf(gap: NotReviewed, { checkpoints, projects }: Numbers): string {
  if (gap.about === 'checkpoint') return `checkpoint ${checkpoints.keyOf(gap.checkpoint)}`;
  if (gap.about !== 'policies') return gap.about;
  return gap.why === 'failed' ? `policy ${projects.keyOf(gap.project)}` : `policies ${gap.why}`;
}

import { parseCheckpointId } from '../ids/checkpointId';

/** The source in which a checkpoint was found. Stored, so a code keeps its spelling. */
export type FoundIn = 'typed' | 'openFile' | 'auditLog' | 'usage' | 'workspace' | 'jobs' | 'models';

/** Texts that earlier versions stored instead of these codes. */
const legacyPlaces: Readonly<Record<string, FoundIn>> = {
  'audit log': 'auditLog',
  'fine-tuning jobs': 'jobs',
};
const legacyOpenFile = 'from an open file';

/** A source in which a checkpoint was found, with its facts. Texts are as a server or a person wrote them. */
export interface CatalogFinding extends CatalogFindingFacts {
  readonly in: FoundIn;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The facts of a finding. All are optional. */
export interface CatalogFindingFacts {
  /**
   * Permissions created according to the audit log, or requests according to the usage data. Absent where the source
   * was not loaded to its end.
   */
  readonly count?: number;
  /** The time of the last permission or request, milliseconds since 1970. For usage the start of the day. */
  readonly last?: number;
  /** The number of days of usage data searched. */
  readonly days?: number;
  /** The first files that contain the ID. */
  readonly files?: readonly string[];
  /** The number of further files that contain the ID. */
  readonly moreFiles?: number;
  /** The ID of the fine-tuning job that created the checkpoint. */
  readonly job?: string;
  /** The label of the project whose key was used for the search. */
  readonly project?: string;
  /** The facts as prose, stored by an earlier version. */
  readonly detail?: string;
}

/** The stored facts of a checkpoint in the list. None is about access; all but the ID are optional. */
export interface CatalogEntry {
  readonly id: string;
  readonly findings: readonly CatalogFinding[];
  /** Unix seconds. */
  readonly createdAt?: number;
  /** The `shutdown_date` that the API reported, `YYYY-MM-DD`. */
  readonly shutdownDate?: string;
  /** The project whose fine-tuning job created the checkpoint. Absent where no job was loaded. */
  readonly owner?: string;
  /** The metrics of its fine-tuning job, by name. */
  readonly metrics?: Readonly<Record<string, number>>;
}

/** Merges two entries of one checkpoint: the newer facts win, and each source has one finding. */
export function mergeEntries(older: CatalogEntry, newer: CatalogEntry): CatalogEntry {
  const findings = [...older.findings];
  for (const finding of newer.findings) {
    const same = findings.findIndex((known) => known.in === finding.in);
    if (same < 0) findings.push(finding);
    else findings[same] = finding;
  }
  const { shutdownDate: _, ...rest } = older;
  // The API listed the model again without a shutdown date, so the earlier date is stale.
  const isListedAgain = newer.findings.some(({ in: place }) => place === 'models');
  return { ...(isListedAgain ? rest : older), ...newer, findings };
}

/** Parses a stored entry, which may be from another version or damaged. Uses every field that is valid. */
export function parseEntry(stored: unknown): CatalogEntry | undefined {
  if (typeof stored === 'string') return parseCheckpointId(stored) ? { id: stored, findings: [] } : undefined;
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { id, findings, createdAt, shutdownDate, owner, metrics } = stored as Partial<CatalogEntry>;
  if (typeof id !== 'string' || !parseCheckpointId(id)) return undefined;
  return {
    id,
    findings: Array.isArray(findings) ? findings.flatMap((each) => parseFinding(each) ?? []) : [],
    ...(typeof createdAt === 'number' && { createdAt }),
    ...(typeof shutdownDate === 'string' && { shutdownDate }),
    ...(typeof owner === 'string' && { owner }),
    ...(isNumbers(metrics) && { metrics }),
  };
}

function parseFinding(stored: unknown): CatalogFinding | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { in: place, at, ...facts } = stored as Partial<CatalogFinding>;
  if (typeof place !== 'string' || typeof at !== 'number') return undefined;
  if (place === 'typed' && facts.detail === legacyOpenFile) return { in: 'openFile', at };
  return { in: legacyPlaces[place] ?? place, at, ...parseFacts(facts) };
}

function parseFacts({
  count,
  last,
  days,
  files,
  moreFiles,
  job,
  project,
  detail,
}: CatalogFindingFacts): CatalogFindingFacts {
  return {
    ...(typeof count === 'number' && { count }),
    ...(typeof last === 'number' && { last }),
    ...(typeof days === 'number' && { days }),
    ...(isTexts(files) && { files }),
    ...(typeof moreFiles === 'number' && { moreFiles }),
    ...(typeof job === 'string' && { job }),
    ...(typeof project === 'string' && { project }),
    ...(typeof detail === 'string' && { detail }),
  };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isNumbers(value: unknown): value is Record<string, number> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((each) => typeof each === 'number')
  );
}

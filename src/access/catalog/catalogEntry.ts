import { parseCheckpointId } from '../ids/checkpointId';

/** Where a checkpoint of the list is known from. Stored, so a code keeps its spelling. */
export type FoundIn = 'typed' | 'openFile' | 'auditLog' | 'usage' | 'workspace' | 'jobs' | 'models';

/** What earlier versions stored in place of these codes. */
const legacyPlaces: Readonly<Record<string, FoundIn>> = {
  'audit log': 'auditLog',
  'fine-tuning jobs': 'jobs',
};
const legacyOpenFile = 'from an open file';

/** One place where a checkpoint was found, with what that place had of it. Texts are as a server or a person wrote them. */
export interface CatalogFinding extends CatalogFindingFacts {
  readonly in: FoundIn;
  /** When it was found, milliseconds since 1970. */
  readonly at: number;
}

/** All of it may be absent. */
export interface CatalogFindingFacts {
  /** Permissions created by the audit log, or requests by the usage. Absent where not all of it was loaded. */
  readonly count?: number;
  /** When the last of them was, milliseconds since 1970; for usage the day. */
  readonly last?: number;
  /** How many days of usage were searched. */
  readonly days?: number;
  /** The first files that have its ID. */
  readonly files?: readonly string[];
  /** How many further files have it. */
  readonly moreFiles?: number;
  /** The ID of the fine-tuning job that created it. */
  readonly job?: string;
  /** What people call the project whose key found it. */
  readonly project?: string;
  /** The same as prose, as an earlier version stored it. */
  readonly detail?: string;
}

/** What is stored of one checkpoint of the list beside its ID: none of it is about access, all of it may be absent. */
export interface CatalogEntry {
  readonly id: string;
  readonly findings: readonly CatalogFinding[];
  /** When the checkpoint was created, Unix seconds. */
  readonly createdAt?: number;
  /** The server's own `shutdown_date`, `YYYY-MM-DD`. */
  readonly shutdownDate?: string;
  /** The project whose fine-tuning job created it, where a job was loaded. */
  readonly owner?: string;
  /** Metrics by name, where its job has them. */
  readonly metrics?: Readonly<Record<string, number>>;
}

/** Merges two entries of the same checkpoint: the newer one's facts count, and each place has one finding. */
export function mergeEntries(older: CatalogEntry, newer: CatalogEntry): CatalogEntry {
  const findings = [...older.findings];
  for (const finding of newer.findings) {
    const same = findings.findIndex((known) => known.in === finding.in);
    if (same < 0) findings.push(finding);
    else findings[same] = finding;
  }
  const { shutdownDate: _, ...rest } = older;
  // The server listed the model again without a shutdown date, so the earlier date no longer counts.
  const isListedAgain = newer.findings.some(({ in: place }) => place === 'models');
  return { ...(isListedAgain ? rest : older), ...newer, findings };
}

/** Reads a stored entry. It may come from another version or be damaged: whatever in it can be used is used. */
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

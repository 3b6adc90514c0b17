import { parseCheckpointId } from '../ids/checkpointId';

/** Where a checkpoint of the list is known from. */
export type FoundIn = 'typed' | 'audit log' | 'usage' | 'workspace' | 'fine-tuning jobs' | 'models';

/** One place where a checkpoint was found, with what that place said in words, such as a file's name or an event's day. */
export interface Finding {
  readonly in: FoundIn;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly detail?: string;
}

/** What is kept of one checkpoint of the list beside its id: none of it is about access, all of it may be absent. */
export interface CatalogEntry {
  readonly id: string;
  readonly findings: readonly Finding[];
  /** When the model or the step was made, unix seconds. */
  readonly createdAt?: number;
  /** The server's own `shutdown_date`, `YYYY-MM-DD`. */
  readonly shutdownDate?: string;
  /** The project whose fine-tuning job made it, where a job told. */
  readonly owner?: string;
  /** A step's metrics by name, where its job told them. */
  readonly metrics?: Readonly<Record<string, number>>;
}

/** One entry of two that are about the same checkpoint: the newer one's facts count, each place has one finding. */
export function mergedEntries(older: CatalogEntry, newer: CatalogEntry): CatalogEntry {
  const findings = [...older.findings];
  for (const finding of newer.findings) {
    const same = findings.findIndex((known) => known.in === finding.in);
    if (same < 0) findings.push(finding);
    else findings[same] = finding;
  }
  const { shutdownDate: _, ...rest } = older;
  // Where the server listed the model anew and told no end, the one that it told before is no longer its word.
  const isListedAnew = newer.findings.some(({ in: place }) => place === 'models');
  return { ...(isListedAnew ? rest : older), ...newer, findings };
}

/** What is kept may come from another version or be damaged; whatever in it can be used is used. */
export function entryIn(kept: unknown): CatalogEntry | undefined {
  if (typeof kept === 'string') return parseCheckpointId(kept) ? { id: kept, findings: [] } : undefined;
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { id, findings, createdAt, shutdownDate, owner, metrics } = kept as Partial<CatalogEntry>;
  if (typeof id !== 'string' || !parseCheckpointId(id)) return undefined;
  return {
    id,
    findings: Array.isArray(findings) ? findings.filter(isFinding) : [],
    ...(typeof createdAt === 'number' && { createdAt }),
    ...(typeof shutdownDate === 'string' && { shutdownDate }),
    ...(typeof owner === 'string' && { owner }),
    ...(isNumbers(metrics) && { metrics }),
  };
}

function isFinding(value: unknown): value is Finding {
  if (typeof value !== 'object' || value === null) return false;
  const { in: place, at, detail } = value as Partial<Finding>;
  return (
    typeof place === 'string' &&
    typeof at === 'number' &&
    (detail === undefined || typeof detail === 'string')
  );
}

function isNumbers(value: unknown): value is Record<string, number> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((each) => typeof each === 'number')
  );
}

import type { CatalogEntry, CatalogFinding, FoundIn } from '../../../../src/access/catalog/catalogEntry';
import { type Discovery, discover } from '../../../../src/access/discovery/discover';
import type { Source } from '../../../../src/access/discovery/source';

export const now = Date.parse('2026-11-21T12:00:00Z');

/** Runs a search. Returns its result, with the end of each source by ID. */
export async function search(
  sources: readonly Source[],
  signal = new AbortController().signal,
): Promise<Discovery & { ends: Record<string, Discovery['reports'][number]['end']>; ids: string[] }> {
  const discovery = await discover(sources, { signal, now, onWait: () => undefined }, () => undefined);
  const ends = Object.fromEntries(discovery.reports.map(({ source, end }) => [source.id, end]));
  return { ...discovery, ends, ids: discovery.entries.map(({ id }) => id).sort() };
}

export function findingIn(entry: CatalogEntry | undefined, place: FoundIn): CatalogFinding | undefined {
  return entry?.findings.find((finding) => finding.in === place);
}

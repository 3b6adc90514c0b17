import { type FindingKind, findingKinds } from '../../../access/evidence/review/finding';
import type { Verdict } from '../../../access/explain/verdict';
import { parseCheckpointId, shortName } from '../../../access/ids/checkpointId';
import { startOfDay } from '../../../text/dates';
import { fold } from '../../../text/fold';
import { type SearchTerm, searchTerms } from '../../../text/searchTerms';
import { effectiveInWords } from '../../../words/effect';
import { anyFinding, facetInWords, findingInShort, grantedInWords } from '../../../words/permissionsTab';
import type { PermissionFact, PermissionRow } from './rows';

/** A filter of the table. Several of one kind show what matches any of them, except for days. */
export type Facet =
  /** By the ID of the project or checkpoint, or of the final model. */
  | { readonly by: 'project' | 'model' | 'checkpoint'; readonly id: string }
  | { readonly by: 'effective'; readonly kind: Verdict['kind'] }
  | { readonly by: 'finding'; readonly kind: FindingKind | keyof typeof anyFinding }
  /** The days, `YYYY-MM-DD` in UTC, both included. One of them at least. */
  | { readonly by: 'granted'; readonly from?: string; readonly to?: string };

const dayLength = 24 * 60 * 60 * 1000;

/** The model of a checkpoint, for a filter. */
export function modelOfCheckpoint(id: string): { readonly id: string; readonly name: string } {
  const { step: _step, ...final } = parseCheckpointId(id) ?? { id };
  if (!('suffix' in final)) return { id, name: id };
  const model = id.replace(/:ckpt-step-\d+$/, '');
  return { id: model, name: shortName({ ...final, id: model }) };
}

/** Whether a permission matches all kinds of filters. `fact` gives what a row shows. */
export function matcherOf(
  facets: readonly Facet[],
  search: string,
  fact: PermissionFact,
): (row: PermissionRow) => boolean {
  const tests: ((row: PermissionRow) => boolean)[] = [];
  const idsOf = (by: 'project' | 'model' | 'checkpoint') =>
    new Set(facets.flatMap((facet) => (facet.by === by ? [facet.id] : [])));
  const [projects, models, checkpoints] = [idsOf('project'), idsOf('model'), idsOf('checkpoint')];
  if (projects.size > 0) tests.push(byKey((key) => projects.has(fact.projectId(key)), 'project'));
  if (models.size > 0)
    tests.push(byKey((key) => models.has(modelOfCheckpoint(fact.checkpointId(key)).id), 'checkpoint'));
  if (checkpoints.size > 0) tests.push(byKey((key) => checkpoints.has(fact.checkpointId(key)), 'checkpoint'));
  const kinds = facets.flatMap((facet) => (facet.by === 'finding' ? [facet.kind] : []));
  if (kinds.length > 0) tests.push((row) => kinds.some((kind) => hasFinding(fact.findings(row), kind)));
  const effects = new Set(facets.flatMap((facet) => (facet.by === 'effective' ? [facet.kind] : [])));
  // What is still to come is not known either.
  if (effects.size > 0) tests.push((row) => effects.has(fact.effect(row)?.kind ?? 'unknown'));
  for (const facet of facets) if (facet.by === 'granted') tests.push(isGrantedIn(facet));
  for (const term of searchTerms(search)) tests.push(hasTerm(term, fact));
  return (row) => tests.every((test) => test(row));
}

/** A test of a project or checkpoint, made once for each of them. */
function byKey(
  test: (key: number) => boolean,
  of: 'project' | 'checkpoint',
): (row: PermissionRow) => boolean {
  const known = new Map<number, boolean>();
  return (row) => {
    const key = row[of];
    let answer = known.get(key);
    if (answer === undefined) {
      answer = test(key);
      known.set(key, answer);
    }
    return answer;
  };
}

function hasTerm({ text: word, only }: SearchTerm, fact: PermissionFact): (row: PermissionRow) => boolean {
  const inProject = byKey((key) => fact.projectText(key).includes(word), 'project');
  const inCheckpoint = byKey((key) => fact.checkpointText(key).includes(word), 'checkpoint');
  if (only === 'project') return inProject;
  if (only === 'model') return inCheckpoint;
  const granters = new Map<string, boolean>();
  const inGranter = (row: PermissionRow): boolean => {
    const granter = fact.granter(row);
    if (granter === undefined) return false;
    const known = granters.get(granter) ?? fold(granter).includes(word);
    granters.set(granter, known);
    return known;
  };
  return (row) => inProject(row) || inCheckpoint(row) || inGranter(row) || fold(row.id).includes(word);
}

function hasFinding(
  kinds: readonly FindingKind[] | undefined,
  wanted: FindingKind | keyof typeof anyFinding,
): boolean {
  if (!kinds) return false;
  if (wanted === 'any') return kinds.length > 0;
  return wanted === 'none' ? kinds.length === 0 : kinds.includes(wanted);
}

function isGrantedIn({ from, to }: { readonly from?: string; readonly to?: string }) {
  const start = from === undefined ? Number.NEGATIVE_INFINITY : startOfDay(from);
  const end = to === undefined ? Number.POSITIVE_INFINITY : startOfDay(to) + dayLength;
  // A grant of an unknown time is in no period.
  return ({ createdAt }: PermissionRow): boolean =>
    createdAt > 0 && createdAt * 1000 >= start && createdAt * 1000 < end;
}

/** A filter in words. `nameOf`: the name of a project or checkpoint by its ID. */
export function facetText(
  facet: Facet,
  nameOf: (by: 'project' | 'checkpoint', id: string) => string | undefined,
  unusedDays: number,
): string {
  switch (facet.by) {
    case 'project':
    case 'checkpoint':
      return facetInWords(facet.by, nameOf(facet.by, facet.id) ?? facet.id);
    case 'model':
      return facetInWords('model', modelOfCheckpoint(facet.id).name);
    case 'finding':
      return facetInWords(
        'finding',
        facet.kind === 'any' || facet.kind === 'none'
          ? anyFinding[facet.kind]
          : findingInShort(facet.kind, unusedDays),
      );
    case 'effective':
      return facetInWords('effective', effectiveInWords[facet.kind]);
    case 'granted':
      return grantedInWords(facet.from, facet.to);
  }
}

/** Adds a filter. The same one is added once, and days replace days. */
export function withFacet(facets: readonly Facet[], added: Facet): Facet[] {
  const text = JSON.stringify(added);
  const others = facets.filter(
    (facet) => JSON.stringify(facet) !== text && !(added.by === 'granted' && facet.by === 'granted'),
  );
  return [...others, added];
}

/** The most filters that a saved state brings back. */
const mostFacets = 100;

/** Parses saved filters. Leaves out what is invalid. */
export function parseFacets(saved: unknown): Facet[] {
  if (!Array.isArray(saved)) return [];
  return saved.slice(0, mostFacets).flatMap((each: unknown): Facet[] => {
    const { by, id, kind, from, to } = (each ?? {}) as Record<string, unknown>;
    if ((by === 'project' || by === 'model' || by === 'checkpoint') && typeof id === 'string')
      return [{ by, id }];
    if (by === 'effective' && isEffect(kind)) return [{ by, kind }];
    const isKind = findingKinds.some((known) => known === kind) || kind === 'any' || kind === 'none';
    if (by === 'finding' && isKind) return [{ by, kind: kind as FindingKind }];
    return by === 'granted' ? grantedFacet(from, to) : [];
  });
}

/** Whether a text is an answer to whether access is effective. */
export function isEffect(kind: unknown): kind is Verdict['kind'] {
  return typeof kind === 'string' && Object.hasOwn(effectiveInWords, kind);
}

/** The filter by days, of what a person typed or a state has; none without a valid day. */
export function grantedFacet(from: unknown, to: unknown): Facet[] {
  const [start, end] = [dayOfText(from), dayOfText(to)];
  if (start === undefined && end === undefined) return [];
  return [{ by: 'granted', ...(start && { from: start }), ...(end && { to: end }) }];
}

function dayOfText(text: unknown): string | undefined {
  return typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(startOfDay(text))
    ? text
    : undefined;
}

/** Which part of a list is asked for, as it stands in the query. */
export interface PageQuery {
  readonly limit: number;
  readonly after: string | null;
}

const begin = 1_700_000_000;
const DIGITS = 24;

/** Ids of the length that real ones have; the number in them is the place in the list, counted from the oldest. */
export function permissionID(index: number): string {
  return `cp_${String(index).padStart(DIGITS, '0')}`;
}

function permissionJSON(index: number): string {
  const project = `proj_${String(index).padStart(DIGITS, '0')}`;
  return `{"id":"${permissionID(index)}","object":"checkpoint.permission","created_at":${begin + index},"project_id":"${project}"}`;
}

const written = new Map<string, Buffer>();

/** One page of a list of `count` permissions, newest first. Each page is written once; afterwards it costs a look into a map. */
export function page(count: number, { limit, after }: PageQuery): Buffer {
  const start = after === null ? count - 1 : Number(after.slice(3)) - 1;
  const name = [count, limit, start].join();
  let bytes = written.get(name);
  if (!bytes) {
    const left = start + 1;
    const indices = Array.from({ length: Math.min(limit, left) }, (_, index) => start - index);
    const end = (index: number | undefined) => (index === undefined ? 'null' : `"${permissionID(index)}"`);
    bytes = Buffer.from(
      `{"object":"list","data":[${indices.map(permissionJSON).join()}],"first_id":${end(indices[0])},` +
        `"last_id":${end(indices.at(-1))},"has_more":${left > limit}}`,
    );
    written.set(name, bytes);
  }
  return bytes;
}

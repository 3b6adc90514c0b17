import type { SampleAnswer, SampleRequest } from '../../../src/sample';
import type { Fault } from './fault';

/** A row as gateways change it. */
export interface Row {
  readonly id: string;
  readonly created_at: number;
  readonly project_id: string;
}

/** A gateway that ignores `order` and lists the oldest first. */
export const ignoresOrder: Fault = {
  name: 'a gateway that ignores order',
  processed: true,
  ask: (request) => withQuery(request, (query) => query.set('order', 'ascending')),
};

/** A gateway that ignores `project_id` and lists the permissions of all projects. */
export const ignoresProject: Fault = {
  name: 'a gateway that ignores project_id',
  processed: true,
  ask: withoutProject,
};

/** A gateway that cuts the whole list into pages and leaves out the rows of other projects then. */
export const filtersPages: Fault = {
  name: 'a gateway that filters its pages',
  processed: true,
  ask: withoutProject,
  answer: (answer, { request }) => {
    const project = request.query.get('project_id');
    const filter = (rows: readonly Row[]) =>
      project === null ? rows : rows.filter(({ project_id }) => project_id === project);
    return withRows(answer, filter);
  },
};

/** A gateway that gives all rows of a page one ID. */
export const sameIds: Fault = changesRows('rows with the same ID', (rows) =>
  rows.map((row) => ({ ...row, id: 'cp_same' })),
);

/** A gateway that sends a row of each page twice. */
export const repeatsRow: Fault = changesRows('a row twice on a page', (rows) =>
  rows.flatMap((row, index) => (index === 0 ? [row, row] : [row])),
);

/** A gateway that gives the first row of each longer page the ID of the second. */
export const twins: Fault = changesRows('two rows with one ID', (rows) => {
  const [first, second] = rows;
  return first && second && rows.length > 2 ? [{ ...first, id: second.id }, ...rows.slice(1)] : rows;
});

/** The behavior of several gateways in one. */
export function together(...gateways: readonly Fault[]): Fault {
  return {
    name: gateways.map(({ name }) => name).join(', '),
    processed: true,
    ask: (request) => gateways.reduce((asked, { ask }) => ask?.(asked) ?? asked, request),
    answer: (answer, context) =>
      gateways.reduce((changed, gateway) => gateway.answer?.(changed, context) ?? changed, answer),
  };
}

/** A gateway that changes the rows of successful list responses. */
export function changesRows(name: string, change: (rows: readonly Row[]) => readonly Row[]): Fault {
  return { name, processed: true, answer: (answer) => withRows(answer, change) };
}

/** A gateway that gives one permission another time, in Unix seconds. */
export function otherTime(id: string, created_at: number): Fault {
  return changesRows('a row with another time', (rows) =>
    rows.map((row) => (row.id === id ? { ...row, created_at } : row)),
  );
}

function withoutProject(request: SampleRequest): SampleRequest {
  return withQuery(request, (query) => query.delete('project_id'));
}

function withRows(answer: SampleAnswer, change: (rows: readonly Row[]) => readonly Row[]): SampleAnswer {
  const value = answer.status === 200 ? JSON.parse(answer.body) : undefined;
  if (!Array.isArray(value?.data)) return answer;
  return { ...answer, body: JSON.stringify({ ...value, data: change(value.data) }) };
}

function withQuery(request: SampleRequest, change: (query: URLSearchParams) => void): SampleRequest {
  const query = new URLSearchParams(request.query);
  change(query);
  return { ...request, query };
}

import type { SampleOrganization, SampleRequest } from '../../src/sample';
import { endpointName } from '../../src/sample/answers/router';
import { isLegacyDelete } from './legacyGateway';
import type { OpenRecord } from './requestRecord';

/** Creates the record of a new request. */
export function openRecord(
  number: number,
  request: SampleRequest,
  organization: SampleOrganization,
): OpenRecord {
  const { authorization, ...headers } = request.headers as Record<string, string>;
  const record: Omit<OpenRecord, 'authorization'> = {
    number,
    endpoint: isLegacyDelete(request) ? 'permissions.delete' : endpointName(request.method, request.path),
    method: request.method,
    path: request.path,
    query: toObject(request.query),
    headers:
      authorization === undefined
        ? headers
        : { ...headers, authorization: keyNameOf(authorization, organization) },
    body: parseBody(request.body),
    fault: undefined,
    status: undefined,
    processed: false,
    outcome: 'pending',
    milliseconds: undefined,
  };
  return Object.defineProperty(record, 'authorization', { value: authorization }) as OpenRecord;
}

function keyNameOf(authorization: string, organization: SampleOrganization): string {
  const kind = organization.state.keys.get(authorization.replace(/^Bearer /i, ''))?.kind;
  return kind ? `the ${kind} key` : 'another key';
}

function toObject(query: URLSearchParams): Record<string, string | string[]> {
  const entries = [...new Set(query.keys())].map((name): [string, string | string[]] => {
    const [first = '', ...others] = query.getAll(name);
    return [name, others.length > 0 ? [first, ...others] : first];
  });
  return Object.fromEntries(entries);
}

function parseBody(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

import { adminAPIKeyEndpoints } from '../endpoints/adminAPIKeys';
import { auditLogEndpoints } from '../endpoints/auditLogs';
import { checkpointPermissionEndpoints } from '../endpoints/checkpointPermissions';
import type { Endpoint, Records } from '../endpoints/endpoint';
import { fineTuningJobEndpoints } from '../endpoints/fineTuningJobs';
import { modelEndpoints } from '../endpoints/models';
import { projectEndpoints } from '../endpoints/projects';
import { usageEndpoints } from '../endpoints/usage';
import type { OrganizationState } from '../state/organizationState';
import { authenticate, requireScope } from './authentication';
import { ErrorResponse, errorResponse } from './errorResponse';
import type { SampleAnswer, SampleRequest } from './exchange';

/** Every endpoint. A new family of endpoints is a file in `endpoints/`, listed here. */
const endpoints: readonly Endpoint[] = [
  ...checkpointPermissionEndpoints,
  ...projectEndpoints,
  ...adminAPIKeyEndpoints,
  ...auditLogEndpoints,
  ...usageEndpoints,
  ...fineTuningJobEndpoints,
  ...modelEndpoints,
];

/** The operation of a method and path, for records and rate limits; undefined for an unknown URL. */
export function endpointName(method: string, path: string): string | undefined {
  return endpoints.find((endpoint) => endpoint.method === method && matchPath(endpoint.path, path))?.name;
}

/** Responds to one request as the API does. Never throws for a request that a client can send. */
export function answer(state: OrganizationState, records: Records, request: SampleRequest): SampleAnswer {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    date: new Date(state.now()).toUTCString(),
    'x-request-id': state.nextRequestID(),
  };
  /** Names the organization only to the holder of one of its keys. */
  const addOrganization = (): void => {
    headers['openai-organization'] = state.slug;
  };
  try {
    return { status: 200, headers, body: JSON.stringify(route(state, records, request, addOrganization)) };
  } catch (error) {
    if (!(error instanceof ErrorResponse)) throw error;
    return { status: error.status, headers, body: JSON.stringify({ error: error.error }) };
  }
}

function route(
  state: OrganizationState,
  records: Records,
  request: SampleRequest,
  addOrganization: () => void,
): unknown {
  const here = endpoints.filter((endpoint) => matchPath(endpoint.path, request.path) !== undefined);
  if (here.length === 0) throw errorResponse(404, `Invalid URL (${request.method} ${request.path})`);
  const endpoint = here.find((candidate) => candidate.method === request.method);
  if (!endpoint) throw errorResponse(405, `Invalid method for URL (${request.method} ${request.path})`);
  const key = authenticate(state.keys, request.headers.authorization);
  addOrganization();
  requireScope(key, endpoint.key, endpoint.scope);
  const parameters = matchPath(endpoint.path, request.path) ?? {};
  return endpoint.answer(state, { ...records, parameters, request, key });
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = `/v1${pattern}`.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith('{')) {
      const decoded = decode(value);
      if (!decoded) return undefined;
      parameters[part.slice(1, -1)] = decoded;
    } else if (part !== value) return undefined;
  }
  return parameters;
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

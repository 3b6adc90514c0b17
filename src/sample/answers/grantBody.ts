import { errorResponse } from './errorResponse';
import type { SampleRequest } from './exchange';

/**
 * Parses the body of a grant: `{"project_ids": ["proj_…"]}` without other fields
 * (docs/api.md#the-three-permission-requests). A repeated project counts once (inferred).
 *
 * @throws ErrorResponse 400 for anything else.
 */
export function projectIDs(request: SampleRequest): string[] {
  const body = readJSON(request);
  for (const name of Object.keys(body)) {
    if (name !== 'project_ids')
      throw errorResponse(400, `Unknown parameter: '${name}'.`, name, 'unknown_parameter');
  }
  if (!('project_ids' in body)) {
    const message = "Missing required parameter: 'project_ids'.";
    throw errorResponse(400, message, 'project_ids', 'missing_required_parameter');
  }
  const ids: unknown = body.project_ids;
  if (!Array.isArray(ids)) throw wrongType('project_ids', 'an array of strings', ids);
  if (ids.length === 0) {
    const message = "Invalid 'project_ids': empty array. Expected an array with minimum length 1.";
    throw errorResponse(400, message, 'project_ids', 'empty_array');
  }
  return [...new Set(ids.map((id, index) => projectID(id, `project_ids[${index}]`)))];
}

function projectID(id: unknown, param: string): string {
  if (typeof id !== 'string') throw wrongType(param, 'a string', id);
  if (!id.startsWith('proj_')) {
    const message = `Invalid '${param}': '${id}'. Expected an ID that begins with 'proj_'.`;
    throw errorResponse(400, message, param, 'invalid_value');
  }
  return id;
}

function readJSON(request: SampleRequest): Record<string, unknown> {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\b/i.test(type)) {
    const message = `Unsupported content type: '${type}'. This API method only accepts 'application/json' requests.`;
    throw errorResponse(400, message, null, 'unsupported_content_type');
  }
  let body: unknown;
  try {
    body = JSON.parse(request.body);
  } catch {
    throw errorResponse(400, 'We could not parse the JSON body of your request.');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw wrongType('body', 'an object', body);
  }
  return { ...body };
}

function wrongType(param: string, expected: string, value: unknown) {
  const got = value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`;
  const message = `Invalid type for '${param}': expected ${expected}, but got ${got} instead.`;
  return errorResponse(400, message, param, 'invalid_type');
}

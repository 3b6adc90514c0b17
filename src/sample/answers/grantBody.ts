import { errorResponse } from './errorResponse';
import type { SampleRequest } from './exchange';
import { readBody, textsIn } from './jsonBody';

/**
 * Parses the body of a grant: `{"project_ids": ["proj_…"]}` without other fields
 * (docs/api.md#the-three-permission-requests). A repeated project counts once (inferred).
 *
 * @throws ErrorResponse 400 for anything else.
 */
export function projectIDs(request: SampleRequest): string[] {
  const ids = textsIn(readBody(request, ['project_ids']).project_ids, 'project_ids');
  if (ids.length === 0) {
    const message = "Invalid 'project_ids': empty array. Expected an array with minimum length 1.";
    throw errorResponse(400, message, 'project_ids', 'empty_array');
  }
  for (const [index, id] of ids.entries()) {
    if (id.startsWith('proj_')) continue;
    const param = `project_ids[${index}]`;
    const message = `Invalid '${param}': '${id}'. Expected an ID that begins with 'proj_'.`;
    throw errorResponse(400, message, param, 'invalid_value');
  }
  return [...new Set(ids)];
}

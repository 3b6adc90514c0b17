import { errorResponse } from './errorResponse';
import type { SampleRequest } from './exchange';

/**
 * Parses a body in JSON that has exactly these fields, of any type.
 *
 * @throws ErrorResponse 400 for anything else.
 */
export function readBody<const Name extends string>(
  request: SampleRequest,
  names: readonly Name[],
): Readonly<Record<Name, unknown>> {
  const body = readJSON(request);
  const known: readonly string[] = names;
  for (const name of Object.keys(body)) {
    if (!known.includes(name))
      throw errorResponse(400, `Unknown parameter: '${name}'.`, name, 'unknown_parameter');
  }
  for (const name of names) {
    if (!Object.hasOwn(body, name)) {
      const message = `Missing required parameter: '${name}'.`;
      throw errorResponse(400, message, name, 'missing_required_parameter');
    }
  }
  return body as Record<Name, unknown>;
}

/** A list of texts, which may be empty. `param`: its name. */
export function textsIn(value: unknown, param: string): string[] {
  if (!Array.isArray(value)) throw wrongType(param, 'an array of strings', value);
  return value.map((each, index) => {
    if (typeof each !== 'string') throw wrongType(`${param}[${index}]`, 'a string', each);
    return each;
  });
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

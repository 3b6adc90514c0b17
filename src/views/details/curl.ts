import { pathSegment } from '../../openai';
import { withoutKeys } from '../../text/redact';

/** A request to send by hand. Path segments are not yet encoded; `query` and `body` are those of the API. */
export interface CurlRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly segments: readonly string[];
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: object;
}

/** The page of a checkpoint's permissions that `query` asks for. */
export function listRequest(checkpoint: string, query?: CurlRequest['query']): CurlRequest {
  return { method: 'GET', segments: permissionsOf(checkpoint), ...(query && { query }) };
}

/** Grants one project access, with a project ID to fill in. */
export function grantRequest(checkpoint: string): CurlRequest {
  return { method: 'POST', segments: permissionsOf(checkpoint), body: { project_ids: ['proj_...'] } };
}

export function revokeRequest(checkpoint: string, permission: string): CurlRequest {
  return { method: 'DELETE', segments: [...permissionsOf(checkpoint), permission] };
}

export function projectRequest(project: string): CurlRequest {
  return { method: 'GET', segments: ['organization', 'projects', project] };
}

function permissionsOf(checkpoint: string): string[] {
  return ['fine_tuning', 'checkpoints', checkpoint, 'permissions'];
}

/**
 * The request as a `curl` command for a POSIX shell, safe for any ID: one part a line, ASCII only, all texts in single
 * quotes. The key is a shell variable. Undefined for an ID that can't be part of a path.
 */
export function curl(baseURL: string, { method, segments, query, body }: CurlRequest): string | undefined {
  let url: string;
  try {
    const path = segments.map((segment) => `/${pathSegment(segment)}`).join('');
    const pairs = Object.entries(query ?? {}).map(
      ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
    );
    url = `${baseURL}${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
  } catch {
    return undefined;
  }
  return [
    `curl -sS ${method === 'GET' ? '' : `-X ${method} `}${shellQuoted(url)}`,
    '-H "Authorization: Bearer $OPENAI_ADMIN_KEY"',
    ...(body ? ["-H 'Content-Type: application/json'", `-d ${shellQuoted(asciiJSON(body))}`] : []),
  ].join(' \\\n  ');
}

/** Quotes a text for the shell. In single quotes only the closing quote has a meaning. */
function shellQuoted(text: string): string {
  return `'${withoutKeys(text).replaceAll("'", "'\\''")}'`;
}

function asciiJSON(body: object): string {
  return JSON.stringify(body).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

import type { Permission } from '../../../../src/openai';
import type { Reply } from './server';

type Headers = Record<string, string>;

export function json(body: unknown, status = 200, headers: Headers = {}): Reply {
  return (response) => {
    response.writeHead(status, {
      'content-type': 'application/json',
      'x-request-id': 'req_test',
      ...headers,
    });
    response.end(JSON.stringify(body));
  };
}

export function raw(body: string, status = 200, headers: Headers = {}): Reply {
  return (response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
}

export function apiError(status: number, message: string, headers: Headers = {}, more: object = {}): Reply {
  return json(
    { error: { message, type: 'invalid_request_error', param: null, code: null, ...more } },
    status,
    headers,
  );
}

export function permission(id: string, project = `proj_${id}`): Permission {
  return { id, object: 'checkpoint.permission', created_at: 1_700_000_000, project_id: project };
}

export function listBody(ids: readonly string[], more: object = {}) {
  return {
    object: 'list',
    data: ids.map((id) => permission(id)),
    has_more: false,
    first_id: ids[0] ?? null,
    last_id: ids.at(-1) ?? null,
    ...more,
  };
}

export function list(ids: readonly string[], more: object = {}, headers: Headers = {}): Reply {
  return json(listBody(ids, more), 200, headers);
}

export const deleted = (id = 'cp_1'): Reply => json({ id, object: 'checkpoint.permission', deleted: true });

/** Never responds. */
export const silence: Reply = () => {};

/** Takes the request and drops the connection. */
export const hangUp: Reply = (response) => {
  response.socket?.destroy();
};

/** Takes the request and resets the connection. */
export const reset: Reply = (response) => {
  response.socket?.resetAndDestroy();
};

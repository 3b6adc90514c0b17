// The server of the timings, in its own process, so that it shares no event loop with a client. Responds from memory and
// records only a count. The emulator's checks would make each page a third slower, for both clients, and so hide part of
// the difference.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { idOf, listSize, type Seen } from './work';

let requests = 0;
const deleted = new Set<string>();
const pages = new Map<string, string>();

/** One page of the list, newest first. Cached after the first request. */
function page(limit: number, after: string | null): string {
  const start = after === null ? listSize - 1 : Number(after.slice(3)) - 1;
  const known = pages.get(`${limit} ${start}`);
  if (known) return known;
  const data = Array.from({ length: Math.min(limit, start + 1) }, (_, index) => ({
    id: idOf('cp', start - index),
    object: 'checkpoint.permission',
    created_at: 1_700_000_000 + start - index,
    project_id: idOf('proj', start - index),
  }));
  const [first_id, last_id] = [data[0]?.id ?? null, data.at(-1)?.id ?? null];
  const written = JSON.stringify({ object: 'list', data, first_id, last_id, has_more: start >= limit });
  pages.set(`${limit} ${start}`, written);
  return written;
}

function deletion(id: string): string {
  deleted.add(id);
  return JSON.stringify({ id, object: 'checkpoint.permission', deleted: true });
}

const server = createServer((request, response) => {
  requests += 1;
  const [path = '', search = ''] = (request.url ?? '').split('?');
  const query = new URLSearchParams(search);
  const body =
    request.method === 'DELETE'
      ? deletion(path.slice(path.lastIndexOf('/') + 1))
      : page(Number(query.get('limit')), query.get('after'));
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-request-id': `req_${requests}`,
  });
  response.end(body);
});
// Keeps connections open that are idle during the turn of the other client.
server.keepAliveTimeout = 0;

process.on('message', () => {
  process.send?.({ requests, deleted: deleted.size } satisfies Seen);
  requests = 0;
  deleted.clear();
});
process.on('disconnect', () => process.exit());

server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
});

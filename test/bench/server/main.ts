import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { page } from './pages';

/** What the server has seen since it was last asked. */
export interface Seen {
  readonly requests: number;
  /** Ids that were deleted, each as often as it was. */
  readonly deleted: readonly string[];
}

let requests = 0;
let deleted: string[] = [];

function answer(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-request-id': `req_${requests}`,
  });
  response.end(body);
}

/**
 * The server of the timings, in a process of its own so that it shares no event loop with a client. It answers from
 * memory and keeps no record but a count: the emulator's strictness makes a page a third slower, for all alike, and so
 * hides part of what is to be seen. The address says how long an answer takes: `/20/v1/…` is answered after 20 ms.
 * The checkpoint says how many permissions it has: `ft:<base>:<organization>:<count>:<id>`.
 */
const server = createServer((request, response) => {
  requests += 1;
  const [path = '', search = ''] = (request.url ?? '').split('?');
  const [, latency = '', , , , checkpoint = '', , id] = path.split('/');
  let body: Buffer;
  if (request.method === 'DELETE' && id !== undefined) {
    deleted.push(id);
    body = Buffer.from(`{"id":"${id}","object":"checkpoint.permission","deleted":true}`);
  } else {
    const query = new URLSearchParams(search);
    body = page(Number(checkpoint.split(':')[3]), {
      limit: Number(query.get('limit') ?? 10),
      after: query.get('after'),
    });
  }
  if (latency === '0') answer(response, body);
  else setTimeout(answer, Number(latency), response, body);
});
// No connection is closed for having been idle while another peer had its turn.
server.keepAliveTimeout = 0;

process.on('message', () => {
  process.send?.({ requests, deleted } satisfies Seen);
  requests = 0;
  deleted = [];
});
process.on('disconnect', () => process.exit());

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));

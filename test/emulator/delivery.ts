import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { SampleAnswer } from '../../src/sample';
import type { Clock } from './clock';
import type { Delivery, Ending } from './faults/fault';

/** Writes a response to the socket, complete or with a fault. Resolves after the last write. */
export async function deliver(
  response: ServerResponse,
  answer: SampleAnswer,
  delivery: Delivery | undefined,
  clock: Clock,
  gone: AbortSignal,
): Promise<void> {
  const body = Buffer.from(answer.body);
  switch (delivery?.kind) {
    case undefined:
      response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
      response.end(body);
      return;
    case 'nothing':
      return end(response, delivery.ending);
    case 'half':
      response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
      await written(response, body.subarray(0, Math.ceil(body.length / 2)));
      return end(response, delivery.ending);
    case 'drip':
      return drip(response, answer, body, delivery, clock, gone);
    case 'padded':
      return pad(response, answer, body, delivery, gone);
  }
}

function end(response: ServerResponse, ending: Ending): void {
  const { socket } = response;
  if (ending === 'reset') socket?.resetAndDestroy();
  if (ending === 'close') socket?.destroySoon();
}

/** Resolves when the bytes are flushed to the socket, so that a reset does not overtake them. */
async function written(response: ServerResponse, bytes: Buffer): Promise<void> {
  await new Promise<void>((resolve) => response.write(bytes, () => resolve()));
}

async function drip(
  response: ServerResponse,
  answer: SampleAnswer,
  body: Buffer,
  { bytes, every }: { bytes: number; every: number },
  clock: Clock,
  gone: AbortSignal,
): Promise<void> {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  response.flushHeaders();
  for (let sent = 0; sent < body.length; sent += bytes) {
    await clock.delay(every, gone);
    response.write(body.subarray(sent, sent + bytes));
  }
  response.end();
}

async function pad(
  response: ServerResponse,
  answer: SampleAnswer,
  body: Buffer,
  { bytes, announced }: { bytes: number; announced: boolean },
  gone: AbortSignal,
): Promise<void> {
  response.writeHead(answer.status, { ...answer.headers, ...(announced && { 'content-length': bytes }) });
  const spaces = Buffer.alloc(64 * 1024, ' ');
  let left = bytes - body.length;
  let flows = response.write(body);
  while (left > 0 && !gone.aborted) {
    if (!flows) await once(response, 'drain', { signal: gone });
    flows = response.write(spaces.subarray(0, Math.min(left, spaces.length)));
    left -= Math.min(left, spaces.length);
  }
  response.end();
}

import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { APIConnectionError, type Transport } from '../../../src/openai';
import { clientOf, rejection } from './support/client';
import { type Operation, perform } from './support/fault';
import { grantBody } from './support/gateway';
import { list, silence } from './support/replies';
import { endAll, type Reply, serve } from './support/server';

/** A failure as the system reports it. */
function failure(code: string, syscall: string): Error {
  return Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
}

/** Codes that both a connection attempt and an established connection can fail with. */
const codes = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'ETIMEDOUT'];
const operations: readonly Operation[] = ['list', 'create', 'delete'];

describe('Whether a request was sent', () => {
  let onSocket: (socket: Socket) => void = () => {};
  const heard = (message: unknown) => onSocket((message as { socket: Socket }).socket);
  beforeEach(() => subscribe('net.client.socket', heard));
  afterEach(async () => {
    unsubscribe('net.client.socket', heard);
    onSocket = () => {};
    await endAll();
  });

  for (const code of codes)
    for (const operation of operations)
      it(`Truth 3: ${operation} fails with ${code} from an established connection`, async () => {
        const sockets: Socket[] = [];
        onSocket = (socket) => sockets.push(socket);
        const lose: Reply = () => sockets.at(-1)?.destroy(failure(code, 'read'));
        const server = await serve(lose);
        const { client, reports } = clientOf(server.baseURL);
        const error = await rejection(perform(client, operation), APIConnectionError);
        assert.equal(error.code, code);
        assert.equal(error.uncertain, operation !== 'list');
        const attempts = operation === 'create' ? 1 : 3;
        assert.deepEqual([server.seen.length, reports.length], [attempts, attempts]);
      });

  for (const code of codes)
    it(`Truth 3: a grant fails with ${code} from a connection that served a read before`, async () => {
      const sockets: Socket[] = [];
      onSocket = (socket) => sockets.push(socket);
      const server = await serve(list([]), () => sockets.at(-1)?.destroy(failure(code, 'write')));
      const { client } = clientOf(server.baseURL);
      await perform(client, 'list');
      const error = await rejection(perform(client, 'create'), APIConnectionError);
      assert.deepEqual([error.code, error.uncertain], [code, true]);
      assert.deepEqual([sockets.length, server.seen.length], [1, 2]);
    });

  for (const code of codes)
    for (const operation of operations)
      it(`Truth 3: ${operation} fails with ${code} while connecting`, async () => {
        onSocket = (socket) => socket.destroy(failure(code, 'connect'));
        const server = await serve(silence);
        const { client, reports } = clientOf(server.baseURL);
        const error = await rejection(perform(client, operation), APIConnectionError);
        assert.deepEqual([error.code, error.uncertain], [code, false]);
        assert.deepEqual([server.seen.length, reports.length], [0, 3]);
      });

  it('Truth 3: a grant is sent once more after a failed connection, and never after one that took it', async () => {
    const sockets: Socket[] = [];
    onSocket = (socket) => {
      if (sockets.push(socket) === 1) socket.destroy(failure('EHOSTUNREACH', 'connect'));
    };
    const server = await serve(() => sockets.at(-1)?.destroy(failure('EHOSTUNREACH', 'read')));
    const { client, reports } = clientOf(server.baseURL);
    const error = await rejection(perform(client, 'create'), APIConnectionError);
    assert.equal(error.uncertain, true);
    assert.deepEqual([server.seen.length, reports.length], [1, 2]);
  });

  it('Truth 3: a transport that does not tell may have sent it, whatever the code', async () => {
    for (const code of [...codes, 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'PROXY_CLOSED']) {
      const sent: string[] = [];
      const transport: Transport = {
        send: ({ method }) => {
          sent.push(method);
          return Promise.reject(failure(code, 'connect'));
        },
      };
      const { client } = clientOf('https://gateway.example/v1', { transport });
      const { permissions } = client.fineTuning.checkpoints;
      const error = await rejection(permissions.create('ft:a', grantBody), APIConnectionError);
      assert.deepEqual([error.code, error.uncertain, sent], [code, true, ['POST']]);
    }
  });

  it('Truth 3: a transport that tells that nothing was sent is believed', async () => {
    let sent = 0;
    const transport: Transport = {
      send: () => {
        sent++;
        return Promise.reject(Object.assign(failure('ECONNRESET', 'read'), { sent: false }));
      },
    };
    const { client } = clientOf('https://gateway.example/v1', { transport });
    const { permissions } = client.fineTuning.checkpoints;
    const error = await rejection(permissions.create('ft:a', grantBody), APIConnectionError);
    assert.deepEqual([error.uncertain, sent], [false, 3]);
  });
});

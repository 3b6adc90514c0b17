import assert from 'node:assert/strict';
import zlib from 'node:zlib';
import { RateLimitError, UnexpectedResponseError } from '../../../src/openai';
import { createUndiciTransport } from '../../../src/openai/undici/transport';
import { clientOf, rejection, testCheckpoint } from './support/client';
import { reaching } from './support/gateway';
import { listBody } from './support/replies';
import { endAll, type Reply, serve } from './support/server';

const text = JSON.stringify(listBody(['cp_1', 'cp_2']));
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

function encoded(bytes: Buffer, encoding?: string, status = 200): Reply {
  return (response) => {
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(encoding !== undefined && { 'content-encoding': encoding }),
    });
    response.end(bytes);
  };
}

const plain = Buffer.from(text);
const encodings: Record<string, [encoding: string | undefined, bytes: Buffer]> = {
  gzip: ['gzip', zlib.gzipSync(plain)],
  'x-gzip': ['X-GZip', zlib.gzipSync(plain)],
  deflate: ['deflate', zlib.deflateSync(plain)],
  'deflate without its header': ['deflate', zlib.deflateRawSync(plain)],
  brotli: ['br', zlib.brotliCompressSync(plain)],
  'two encodings': ['gzip, br', zlib.brotliCompressSync(zlib.gzipSync(plain))],
  'no encoding, by name': ['identity', plain],
  'a byte order mark': [undefined, Buffer.concat([byteOrderMark, plain])],
  'a compressed byte order mark': ['gzip', zlib.gzipSync(Buffer.concat([byteOrderMark, plain]))],
};

describe('An answer that comes encoded', () => {
  afterEach(endAll);

  for (const [what, [encoding, bytes]] of Object.entries(encodings)) {
    it(`Truth 26: is read: ${what}`, async () => {
      const server = await serve(encoded(bytes, encoding));
      const { permissions } = clientOf(server.baseURL).client.fineTuning.checkpoints;
      const { data } = await permissions.list(testCheckpoint);
      assert.deepEqual(
        data.map(({ id }) => id),
        ['cp_1', 'cp_2'],
      );
      assert.equal(server.seen[0]?.headers['accept-encoding'], undefined);
    });

    it(`Truth 26: is read through the editor's own fetch: ${what}`, async () => {
      const server = await serve(encoded(bytes, encoding));
      const local = ((_: string, init: RequestInit) => fetch(`${server.baseURL}/x`, init)) as typeof fetch;
      const { permissions } = reaching({ httpProxy: 'socks5://127.0.0.1:1' }, { fetch: local });
      assert.equal((await permissions.list(testCheckpoint)).data.length, 2);
    });
  }

  it('Truth 26: is read by its status if it is an error', async () => {
    const body = JSON.stringify({ error: { message: 'Slow down.' } });
    const server = await serve(encoded(zlib.gzipSync(body), 'gzip', 429));
    const { client } = clientOf(server.baseURL, { maxRetries: 0 });
    const error = await rejection(
      client.fineTuning.checkpoints.permissions.list(testCheckpoint),
      RateLimitError,
    );
    assert.equal(error.serverMessage, 'Slow down.');
  });

  const tooLarge = zlib.gzipSync(Buffer.alloc(50_000_000, ' '));
  for (const [what, [encoding, bytes]] of Object.entries({
    gzip: ['gzip', tooLarge],
    brotli: [
      'br',
      zlib.brotliCompressSync(Buffer.alloc(50_000_000, ' '), {
        params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 },
      }),
    ],
    'gzip twice': ['gzip, gzip', zlib.gzipSync(tooLarge)],
  } as const)) {
    it(`Truth 26: is limited once it is decompressed: ${what}`, async () => {
      assert.ok(bytes.length < 1_000_000);
      const server = await serve(encoded(bytes, encoding));
      const transport = createUndiciTransport({ maxBodySize: 1_000_000 });
      const { permissions } = clientOf(server.baseURL, { transport }).client.fineTuning.checkpoints;
      const error = await rejection(permissions.list(testCheckpoint), UnexpectedResponseError);
      assert.equal(error.reason, 'too-large');
    });

    it(`Truth 26: is limited through the editor's own fetch: ${what}`, async () => {
      const server = await serve(encoded(plain), encoded(bytes, encoding));
      const local = ((_: string, init: RequestInit) => fetch(`${server.baseURL}/x`, init)) as typeof fetch;
      const { permissions } = reaching(
        { httpProxy: 'socks5://127.0.0.1:1' },
        { fetch: local, maxBodySize: 1_000_000 },
      );
      await permissions.list(testCheckpoint);
      const error = await rejection(permissions.list(testCheckpoint), UnexpectedResponseError);
      assert.equal(error.reason, 'too-large');
    });
  }

  it('Truth 26: is no list if it cannot be decompressed or is cut off, and its status still counts', async () => {
    const gzip = zlib.gzipSync(plain);
    for (const [encoding, bytes] of [
      ['gzip', plain],
      ['br', gzip],
      ['gzip', gzip.subarray(0, -30)],
      ['rot13', gzip],
    ] as const) {
      const server = await serve(encoded(bytes, encoding), encoded(bytes, encoding, 429));
      const { client } = clientOf(server.baseURL, { maxRetries: 0 });
      const { permissions } = client.fineTuning.checkpoints;
      const read = await permissions.list(testCheckpoint).then(
        ({ data }) => data.length,
        (error: UnexpectedResponseError) => error.reason,
      );
      // JSON that only claims to be compressed is still that JSON.
      assert.equal(read, bytes === plain ? 2 : 'json');
      await rejection(permissions.list(testCheckpoint), RateLimitError);
    }
  });
});

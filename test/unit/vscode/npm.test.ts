import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PieceError, pack } from '../../host/vscode/npm';

/** A registry with one package on a loopback port. `answers`: its responses. */
describe('a piece from the registry', function () {
  this.timeout(60_000);
  let folder: string;
  let registry: Server;
  let tarball: Buffer;
  let refusals = 0;
  const environment = { ...process.env };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'npm-test-'));
    await mkdir(join(folder, 'package'));
    await writeFile(join(folder, 'package/package.json'), '{"name":"a-piece","version":"1.0.0"}');
    execFileSync('tar', ['-czf', join(folder, 'a.tgz'), '-C', folder, 'package']);
    tarball = await readFile(join(folder, 'a.tgz'));
    registry = createServer((request, response) => {
      if (refusals-- > 0) return response.writeHead(403).end('{"error":"not today"}');
      if (request.url?.endsWith('.tgz')) return response.end(tarball);
      if (!request.url?.startsWith('/a-piece')) return response.writeHead(404).end('{}');
      const dist = { tarball: `http://${request.headers.host}/a-piece.tgz`, integrity: integrity() };
      const version = { name: 'a-piece', version: '1.0.0', dist };
      const versions = { '1.0.0': version };
      return response.end(JSON.stringify({ name: 'a-piece', 'dist-tags': { latest: '1.0.0' }, versions }));
    });
    await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
    process.env.npm_config_registry = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
    process.env.npm_config_fetch_retries = '0';
  });
  beforeEach(async () => {
    refusals = 0;
    process.env.npm_config_cache = await mkdtemp(join(folder, 'cache-'));
  });
  after(async () => {
    for (const name of ['registry', 'fetch_retries', 'cache'].map((key) => `npm_config_${key}`))
      if (environment[name] === undefined) delete process.env[name];
      else process.env[name] = environment[name];
    await new Promise((resolve) => registry.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  const integrity = () => `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const emptyFolder = () => mkdtemp(join(folder, 'download-'));
  const piece = (spec: string, pinned = integrity()) => ({ spec, integrity: pinned, megabytes: 1 });

  it('is the pinned one', async () => {
    const file = await pack(piece('a-piece@1.0.0'), await emptyFolder());
    assert.deepEqual(await readFile(file), tarball);
  });

  it('is refused when its bytes are others than the pinned ones, and both digests are named', async () => {
    const pinned = `sha512-${createHash('sha512').update('another').digest('base64')}`;
    await assert.rejects(pack(piece('a-piece@1.0.0', pinned), await emptyFolder()), (error: Error) => {
      assert.ok(error instanceof PieceError);
      for (const part of ['a-piece@1.0.0', pinned, integrity()])
        assert.ok(error.message.includes(part), part);
      return true;
    });
  });

  it('is fetched again when the registry fails', async () => {
    refusals = 1;
    const file = await pack(piece('a-piece@1.0.0'), await emptyFolder(), 1);
    assert.deepEqual(await readFile(file), tarball);
  });

  it('is given up with its name, npm’s own words and what to do', async () => {
    await assert.rejects(pack(piece('no-piece@1.0.0'), await emptyFolder(), 1), (error: Error) => {
      assert.ok(error instanceof PieceError);
      assert.match(error.message, /^no-piece@1\.0\.0 could not be had\./);
      assert.match(error.message, /E404/);
      assert.match(error.message, /\(3 attempts\)/);
      assert.match(error.message, /What to do: /);
      return true;
    });
  });
});

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { brokenLinks } from '../../package/readme';
import { largestTool, toolName } from '../../package/tool';
import { installedTool } from './installed';

const minutes = 60_000;

describe('the package of the command-line tool', () => {
  let folder: string;

  before(async function () {
    this.timeout(3 * minutes);
    folder = join((await installedTool()).folder, 'node_modules', toolName);
  });

  it('is one package, without dependencies and without scripts, for Node.js 20.18.1 and later', async () => {
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    assert.deepEqual(Object.keys(manifest), [
      'name',
      'version',
      'description',
      'license',
      'bin',
      'files',
      'engines',
    ]);
    assert.equal(manifest.version, version);
    assert.deepEqual(manifest.engines, { node: '>=20.18.1' });
    const installed = await readdir(join(folder, '..'));
    assert.deepEqual(
      installed.filter((name) => !name.startsWith('.')),
      [toolName],
    );
  });

  it('weighs little', async () => {
    const { bytes } = await installedTool();
    assert.ok(bytes > 50_000 && bytes <= largestTool, String(bytes));
  });

  it('requires nothing but Node.js and its own files, and never the editor', async () => {
    const files = (await readdir(join(folder, 'dist'))).filter((name) => name.endsWith('.js'));
    const required = new Set<string>();
    for (const name of files)
      for (const [, path = ''] of (await readFile(join(folder, 'dist', name), 'utf8')).matchAll(
        /\brequire\("([^"]+)"\)/g,
      ))
        required.add(path);
    const own = new Set(files.map((name) => `./${name}`));
    const strange = [...required].filter((path) => !own.has(path) && !isBuiltin(path));
    assert.ok(required.has('node:tls') || required.has('tls'));
    assert.deepEqual(strange, []);
  });

  it('loads neither the client nor the transport for the help', async () => {
    const start = await readFile(join(folder, 'dist', `${toolName}.js`), 'utf8');
    const later = start.match(/then\(\(\)=>\w*\(?require\("\.\/run-/g) ?? [];
    assert.ok(later.length > 0);
    assert.ok(start.length < 10_000);
  });

  it('has a README whose links lead somewhere, the license, and those of the code of others', async () => {
    const page = await readFile(join(folder, 'README.md'), 'utf8');
    assert.deepEqual(brokenLinks(page), []);
    const notices = await readFile(join(folder, 'ThirdPartyNotices.txt'), 'utf8');
    for (const name of ['undici', 'jsonc-parser']) assert.ok(notices.includes(name), name);
    assert.match(await readFile(join(folder, 'LICENSE'), 'utf8'), /MIT/);
  });
});

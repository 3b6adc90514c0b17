import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Metafile } from 'esbuild';

type Notices = (metafiles: readonly Metafile[], root: string) => Promise<string>;

describe('the notices of third parties', () => {
  let folder: string;
  let thirdPartyNotices: Notices;
  before(async () => {
    ({ thirdPartyNotices } = await import(pathToFileURL('thirdPartyNotices.mjs').href));
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cp-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Bundles `main.js` of a project that has these files. */
  async function bundled(files: Readonly<Record<string, string>>): Promise<Metafile> {
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    const options = { bundle: true, metafile: true, write: false, treeShaking: true } as const;
    const { metafile } = await build({ ...options, absWorkingDir: folder, entryPoints: ['main.js'] });
    return metafile;
  }

  function packageFiles(path: string, name: string, license?: readonly [string, string]) {
    const inFolder = `node_modules/${path}/`;
    return {
      [`${inFolder}package.json`]: JSON.stringify({ name, version: '1.2.3', sideEffects: false }),
      [`${inFolder}index.js`]: `export const name = ${JSON.stringify(name)};`,
      ...(license && { [inFolder + license[0]]: license[1] }),
    };
  }

  it('have each package that is in a bundle, and none that is not', async () => {
    const metafile = await bundled({
      ...packageFiles('one', 'one', ['LICENSE', 'License of one\r\nin two lines\r\n']),
      ...packageFiles('@scope/two', '@scope/two', ['license.md', 'License of two']),
      ...packageFiles('one/node_modules/three', 'three', ['COPYING', 'License of three']),
      ...packageFiles('unused', 'unused'),
      'node_modules/one/index.js': 'export { name } from "three"; export const one = 1;',
      'main.js': `import { name, one } from 'one'; import { name as two } from '@scope/two'; import { name as unused } from 'unused';
        console.log(name, one, two);`,
    });
    const text = await thirdPartyNotices([metafile], folder);
    assert.deepEqual(
      [...text.matchAll(/^-+\n(.*)\n-+\n\n([^-]*)/gm)].map(([, title, license]) => [title, license?.trim()]),
      [
        ['@scope/two 1.2.3', 'License of two'],
        ['one 1.2.3', 'License of one\nin two lines'],
        ['three 1.2.3', 'License of three'],
      ],
    );
  });

  it('are refused if a package has no license', async () => {
    const metafile = await bundled({
      ...packageFiles('bare', 'bare', ['LICENSE', ' \n']),
      'main.js': 'import { name } from "bare"; console.log(name);',
    });
    await assert.rejects(thirdPartyNotices([metafile], folder), /^Error: bare 1\.2\.3 is in a bundle/);
  });

  it('have what undici carries of others', async () => {
    const metafile = await bundled({
      ...packageFiles('undici', 'undici', ['LICENSE', 'License of undici']),
      'node_modules/undici/index.js': 'export * from "./lib/llhttp/llhttp-wasm.js";',
      'node_modules/undici/lib/llhttp/llhttp-wasm.js': 'export const wasm = "AGFzbQ";',
      'main.js': 'import { wasm } from "undici"; console.log(wasm);',
    });
    const text = await thirdPartyNotices([metafile], folder);
    const license = (await readFile('licenses/llhttp.txt', 'utf8')).trim();
    assert.ok(text.includes(`\nllhttp\n`) && text.includes(license));
  });
});

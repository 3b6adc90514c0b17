import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'marked';
import { addressesOf } from '../../package/addresses';
import { pack } from '../../package/pack';
import { brokenLinks } from '../../package/readme';
import { zipEntries } from '../../package/zipEntries';

const address = 'https://github.com/example/checkpoint-permissions';

/** What ships of the project, with files in place of bundles, and its one address. */
async function projectWith(folder: string, repository: string): Promise<void> {
  for (const file of ['README.md', 'CHANGELOG.md', 'LICENSE', '.vscodeignore', 'media'])
    await cp(file, join(folder, file), { recursive: true });
  const manifest = JSON.parse(await readFile('package.json', 'utf8'));
  const files = {
    'package.json': JSON.stringify({ ...manifest, repository }),
    'dist/extension.js': 'exports.activate = () => {};',
    'dist/ThirdPartyNotices.txt': 'Notices',
  };
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
}

/** Packages without what vsce prints; a warning is a fault. */
async function packQuietly(project: string, preRelease?: boolean): Promise<string> {
  const { log, warn } = console;
  console.log = () => undefined;
  console.warn = (...args: unknown[]) => assert.fail(args.join(' '));
  try {
    return await pack(project, preRelease);
  } finally {
    Object.assign(console, { log, warn });
  }
}

function picturesIn(markdown: string): string[] {
  const html = parse(markdown, { async: false });
  return [...html.matchAll(/<img [^>]*src="([^"]*)"/g)].map(([, picture = '']) => picture);
}

describe('the package of an extension', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cp-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function packed(repository: string, preRelease?: boolean): Promise<(name: string) => string> {
    await projectWith(folder, repository);
    const entries = zipEntries(await readFile(await packQuietly(folder, preRelease)));
    return (name) => {
      const entry = entries.find((each) => each.name.toLowerCase() === name.toLowerCase());
      assert.ok(entry, name);
      return entry.text();
    };
  }

  it('has no address and no picture while the project has no address', async () => {
    const textOf = await packed('');
    const { repository, bugs, homepage, ...manifest } = JSON.parse(textOf('extension/package.json'));
    assert.deepEqual([repository, bugs, homepage], [undefined, undefined, undefined]);
    assert.equal(manifest.name, 'checkpoint-permissions');
    const readme = textOf('extension/readme.md');
    assert.deepEqual(picturesIn(readme), []);
    assert.deepEqual(brokenLinks(readme), []);
    assert.deepEqual(brokenLinks(textOf('extension/changelog.md')), []);
  });

  it('has addresses, and each picture of the README by one of this version, once it has', async () => {
    const textOf = await packed(address);
    const { version, repository, bugs, homepage } = JSON.parse(textOf('extension/package.json'));
    assert.deepEqual(
      { repository, bugs, homepage },
      {
        repository: { type: 'git', url: `${address}.git` },
        bugs: { url: `${address}/issues` },
        homepage: `${address}#readme`,
      },
    );
    const readme = textOf('extension/readme.md');
    const ours = picturesIn(await readFile('README.md', 'utf8'));
    assert.ok(ours.length > 10);
    assert.deepEqual(
      picturesIn(readme),
      ours.map((picture) => `${address}/raw/v${version}/${picture}`),
    );
    assert.ok(readme.includes(`](${address}/blob/v${version}/docs/security.md#known-limits)`));
    assert.deepEqual(brokenLinks(readme), []);
  });

  it('has the licenses of others', async () => {
    const textOf = await packed('');
    assert.equal(textOf('extension/ThirdPartyNotices.txt'), 'Notices');
    assert.ok(textOf('extension/LICENSE.txt').startsWith('MIT License'));
  });

  it('says whether it is a pre-release', async () => {
    const marked = /Microsoft\.VisualStudio\.Code\.PreRelease/;
    assert.doesNotMatch((await packed(''))('extension.vsixmanifest'), marked);
    assert.match((await packed('', true))('extension.vsixmanifest'), marked);
  });
});

describe('the address of the project', () => {
  it('is a repository at GitHub, or nothing', () => {
    assert.equal(addressesOf(''), undefined);
    assert.ok(addressesOf(address));
    for (const other of [`${address}.git`, `${address}/`, 'example/name', address.replace('https', 'http')])
      assert.throws(() => addressesOf(other), /The repository must be/);
  });
});

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const licenseFile = /^(?:licen[cs]e|copying|notice)(?:[-.].*)?$/i;
const packageOf = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

/**
 * Works of others that a package carries in its own files and says nothing about.
 *
 * undici has the parser of Node.js as WebAssembly. The text is the license in llhttp's README.
 */
const carried = [
  { name: 'llhttp', files: /\/undici\/lib\/llhttp\/llhttp.*-wasm\.js$/, license: 'licenses/llhttp.txt' },
];

/**
 * The folders of the packages whose code is in bundles, and the other files of others in them, by what esbuild reports.
 * What was removed from a bundle because nothing uses it doesn't count.
 *
 * @param {import('esbuild').Metafile[]} metafiles
 */
function bundledOf(metafiles) {
  const files = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => file.replaceAll('\\', '/'));
  const folders = new Set(
    files.map((file) => packageOf.exec(file)?.[0]).filter((folder) => folder !== undefined),
  );
  return {
    folders: [...folders],
    inside: carried.filter((work) => files.some((file) => work.files.test(file))),
  };
}

async function licenseOf(folder) {
  const names = (await readdir(folder)).filter((name) => licenseFile.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts
    .map((text) => text.replaceAll('\r\n', '\n').trim())
    .filter((text) => text !== '')
    .join('\n\n');
}

/**
 * The text of `ThirdPartyNotices.txt`: each package in the bundles with its version and the text of its license.
 *
 * @param {import('esbuild').Metafile[]} metafiles of all bundles
 * @param {string} root the folder that their paths start from
 * @throws Error when a package has no text of a license
 */
export async function thirdPartyNotices(metafiles, root) {
  const { folders, inside } = bundledOf(metafiles);
  const packages = await Promise.all(
    folders.map(async (folder) => {
      const { name, version } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
      const license = await licenseOf(join(root, folder));
      if (license === '') throw new Error(`${name} ${version} is in a bundle, and has no text of a license.`);
      return { title: `${name} ${version}`, license };
    }),
  );
  const parts = await Promise.all(
    inside.map(async ({ name, license }) => ({
      title: name,
      license: (await readFile(new URL(license, import.meta.url), 'utf8')).trim(),
    })),
  );
  const sections = [...packages, ...parts].sort((one, other) => (one.title < other.title ? -1 : 1));
  const line = '-'.repeat(80);
  const intro = 'Checkpoint Permissions contains code of the following packages, under these licenses.';
  return `${[intro, ...sections.map(({ title, license }) => `${line}\n${title}\n${line}\n\n${license}`)].join('\n\n')}\n`;
}

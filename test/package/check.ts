import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokenLinks } from './readme';
import { type ZipEntry, zipEntries } from './zipEntries';

const limits = {
  activation: 62_000,
  transport: 250_000,
  accessPage: 260_000,
  vsix: 600_000,
} as const;

/** What may be in the package; anything else is a mistake. */
const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt|LICENSE|ThirdPartyNotices\.txt)$/i,
  /^extension\/dist\/[\w-]+\.(js|css)$/,
  /^extension\/schemas\/checkpoint-access\.schema\.json$/,
  /^extension\/media\/(checkpoints\.svg|matrix-(dark|light)\.svg|icon\.png)$/,
  /^extension\/media\/walkthrough\/([a-z]+\.svg|scopes\.md)$/,
];

/** Sizes of what ships in bytes, and what is wrong with them or with the contents of the package. */
export interface PackageReport {
  readonly sizes: readonly (readonly [string, number])[];
  readonly problems: readonly string[];
}

/** Prints the sizes and the problems of a packaged extension, and returns whether there are none. */
export function checkAndReport(project: string, vsix: string): boolean {
  const { sizes, problems } = checkPackage(project, vsix);
  for (const [what, size] of sizes) console.log(`${size.toLocaleString('en').padStart(9)} bytes  ${what}`);
  for (const problem of problems) console.error(`✘ ${problem}`);
  return problems.length === 0;
}

/** Looks into a packaged extension: what is in it, how large it is, and what activation loads. */
export function checkPackage(project: string, vsix: string): PackageReport {
  const archive = readFileSync(vsix);
  const entries = zipEntries(archive);
  const bundles = entries.filter(({ name }) => name.startsWith('extension/dist/'));
  const bundleSize = (name: string, kind = 'js'): number =>
    bundles.find((entry) => entry.name.endsWith(`/${name}.${kind}`))?.size ?? 0;
  const loaded = loadedOnActivation(join(project, 'dist'), 'extension.js');
  const activation = loaded.reduce((sum, name) => sum + bundleSize(name.replace(/\.js$/, '')), 0);

  const problems: string[] = [];
  const atMost = (what: string, size: number, limit: number): void => {
    if (size === 0) problems.push(`${what} is missing.`);
    if (size > limit) problems.push(`${what} has ${size} bytes, more than ${limit}.`);
  };
  atMost('dist/extension.js', bundleSize('extension'), limits.activation);
  atMost('What activation loads', activation, limits.activation);
  atMost('dist/undici-transport.js', bundleSize('undici-transport'), limits.transport);
  const page = bundleSize('access-page') + bundleSize('access-page', 'css');
  atMost('The Access page', page, limits.accessPage);
  atMost('The package', archive.length, limits.vsix);
  for (const { name } of entries) {
    if (!allowed.some((pattern) => pattern.test(name)))
      problems.push(`${name} should not be in the package.`);
  }
  const schema = 'extension/schemas/checkpoint-access.schema.json';
  if (!entries.some(({ name }) => name === schema)) problems.push(`${schema} is missing.`);
  for (const path of picturesOfWalkthrough(project)) {
    if (!entries.some(({ name }) => name === `extension/${path}`)) problems.push(`${path} is missing.`);
  }
  const pages = entries.filter(({ name }) => /^extension\/(readme|changelog)\.md$/i.test(name));
  if (pages.length !== 2) problems.push('The README or the changelog is missing.');
  for (const { name, text } of pages) {
    for (const address of brokenLinks(text()))
      problems.push(`${name} leads to ${address}, which an installed extension cannot open or show.`);
  }
  problems.push(...missingNotices(project, entries));
  return {
    sizes: [
      ...bundles.map(({ name, size }) => [name.replace('extension/', ''), size] as const),
      [`loaded on activation (${loaded.length} files)`, activation],
      ['the .vsix', archive.length],
    ],
    problems,
  };
}

/**
 * Dependencies whose license the package doesn't have. What else is in the bundles, the build itself knows and refuses;
 * this tells a file that is old, cut, or of another build.
 */
function missingNotices(project: string, entries: readonly ZipEntry[]): string[] {
  const notices = entries.find(({ name }) => name === 'extension/ThirdPartyNotices.txt')?.text() ?? '';
  const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return Object.entries(manifest.dependencies)
    .filter(([name, version]) => !notices.includes(`\n${name} ${version}\n`))
    .map(([name, version]) => `ThirdPartyNotices.txt has no license of ${name} ${version}.`);
}

/** The files that the steps of the walkthroughs show. */
function picturesOfWalkthrough(project: string): string[] {
  const { contributes } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
    contributes: { walkthroughs?: { steps: { media: { svg?: string; markdown?: string } }[] }[] };
  };
  const steps = (contributes.walkthroughs ?? []).flatMap((walkthrough) => walkthrough.steps);
  return steps.flatMap(({ media }) => media.svg ?? media.markdown ?? []);
}

/** The files that a bundle requires at once, itself included; what it loads later comes in functions. */
function loadedOnActivation(folder: string, name: string, seen = new Set<string>()): string[] {
  if (seen.has(name)) return [...seen];
  seen.add(name);
  const text = readFileSync(join(folder, name), 'utf8');
  for (const [, required] of text.matchAll(/(?<!then\(\(\)=>\w*\(?)require\("\.\/([\w-]+\.js)"\)/g)) {
    if (required?.startsWith('shared-')) loadedOnActivation(folder, required, seen);
  }
  return [...seen];
}

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Explained } from './explained';
import { projectRoot } from './paths';

/**
 * The packaged extension: the newest `.vsix` in the project's root or in `dist/`.
 *
 * @throws Explained when there is none
 */
export function newestPackage(): string {
  const [newest] = [projectRoot, join(projectRoot, 'dist')]
    .flatMap((folder) => packagesIn(folder))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (!newest) throw new Explained('There is no packaged extension (.vsix): run "npm run package" first.');
  return newest;
}

function packagesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.vsix'))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The paths of all test files of the workbench, as they are built. */
export async function testsOfWorkbench(): Promise<string[]> {
  return (await readdir(__dirname, { recursive: true }))
    .filter((file) => file.endsWith('.test.js'))
    .sort()
    .map((file) => join(__dirname, file));
}

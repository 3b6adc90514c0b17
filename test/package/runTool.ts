// `node out/test/package/runTool.js`: packs the command-line tool into the root of the project, and prints its size.
import { join } from 'node:path';
import { packTool } from './tool';

async function main(): Promise<void> {
  const project = process.cwd();
  const { tarball, bytes } = await packTool(project, join(project, 'out', 'tool'), project);
  console.log(`${bytes.toLocaleString('en')} bytes  ${tarball}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

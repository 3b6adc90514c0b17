// `node out/test/package/run.js`: packages the extension that was built. Builds nothing.
import { checkAndReport } from './check';
import { pack } from './pack';

/** Packages the extension, prints the sizes and fails on what should not ship. */
async function main(): Promise<void> {
  const project = process.cwd();
  if (!checkAndReport(project, await pack(project))) process.exitCode = 1;
}

void main();

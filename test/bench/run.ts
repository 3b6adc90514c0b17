// `node out/test/bench/run.js [--json FILE]`: runs the bench in a Node.js that the official SDK of today accepts.
import { join } from 'node:path';
import { forkForSDK } from '../host/vscode/sdk';

forkForSDK(join(__dirname, 'main.js'), process.argv.slice(2)).then(
  ({ code }) => {
    process.exitCode = code ?? 1;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);

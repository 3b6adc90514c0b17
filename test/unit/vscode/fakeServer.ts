// Stands in for VS Code's server in the tests of what starts and ends it: prints the same line, and has a child, which
// with STUBBORN in its environment does not heed a polite request to end.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const stubborn = process.env.STUBBORN ? "process.on('SIGTERM', () => {});" : '';
const script = `${stubborn} setInterval(() => {}, 1000); process.send('ready');`;
const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });

const server = createServer((request, response) =>
  response.end(
    JSON.stringify({
      url: request.url,
      arguments: process.argv.slice(2),
      env: process.env,
      group: process.pid,
    }),
  ),
);
const port = process.argv.indexOf('--port');
child.once('message', () =>
  server.listen(Number(process.argv[port + 1]), '127.0.0.1', () =>
    console.log(`Extension host agent listening on ${(server.address() as AddressInfo).port}`),
  ),
);

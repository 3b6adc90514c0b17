// The process of a VS Code server: `node serverProcess.js <server-main.js> <data folder> <run folder> <arguments>`.
// Adds what the product normally provides, then starts the server.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [main, dataFolder, runFolder] = process.argv.splice(2, 3) as [string, string, string];

/**
 * Responds to the workbench's `POST /mint-key` with the server's half of the key that encrypts SecretStorage in a
 * browser: 32 random bytes, stored in the data folder. Without it, secrets are in memory only.
 */
function answerMintKey(): void {
  const file = join(dataFolder, 'secrets-key');
  const token = join(dataFolder, 'token');
  const createServer = http.createServer;
  http.createServer = ((...args: unknown[]) => {
    const listener = args.at(-1);
    if (typeof listener !== 'function') return Reflect.apply(createServer, http, args);
    const wrapped = (request: http.IncomingMessage, response: http.ServerResponse) => {
      if (request.method !== 'POST' || request.url !== '/mint-key') return listener(request, response);
      if (!request.headers.cookie?.includes(`vscode-tkn=${readFileSync(token, 'utf8')}`))
        return response.writeHead(403).end();
      if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600 });
      return response.end(readFileSync(file));
    };
    return Reflect.apply(createServer, http, [...args.slice(0, -1), wrapped]);
  }) as typeof createServer;
  syncBuiltinESMExports();
}

/**
 * The parent holds the other end of the standard input, which closes when the parent ends. Then a shell outside this
 * process group ends the group and removes the run's folder.
 */
function endWithParent(): void {
  process.stdin.resume().on('close', () => {
    const script = 'kill -s KILL -- "-$1"; for i in 1 2 3 4 5; do rm -rf -- "$2" && break; sleep 1; done';
    spawn('/bin/sh', ['-c', script, 'sh', String(process.pid), runFolder], {
      detached: true,
      stdio: 'ignore',
    });
  });
}

answerMintKey();
endWithParent();
process.argv[1] = main;
import(pathToFileURL(main).href).catch((error) => {
  console.error(error);
  process.exit(1);
});

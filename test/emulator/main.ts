import { parseArgs } from 'node:util';
import { startEmulator } from './emulator';

/** Serves the sample organization until Ctrl-C: `node out/test/emulator/main.js [--port N]`. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`--port takes a number from 0 to 65535, not "${values.port}".`);
  }
  const emulator = await startEmulator({ port });
  console.log(`Base URL: ${emulator.baseURL}`);
  console.log(`Admin API key: ${emulator.adminAPIKey} (project API key: ${emulator.projectAPIKey})`);
  const stop = () => void emulator.stop();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

import { parseArgs } from 'node:util';
import { createSampleOrganization, createSecondSampleOrganization } from '../../src/sample';
import { startEmulator } from './emulator';
import { createLargeSampleOrganization } from './largeOrganization';

const organizations = {
  first: createSampleOrganization,
  second: createSecondSampleOrganization,
  large: createLargeSampleOrganization,
};

/**
 * Serves a sample organization until Ctrl-C:
 * `node out/test/emulator/main.js [--port N] [--organization first|second|large]`.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      organization: { type: 'string', default: 'first' },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`--port takes a number from 0 to 65535, not "${values.port}".`);
  }
  const create = Object.entries(organizations).find(([name]) => name === values.organization)?.[1];
  if (!create) {
    const names = Object.keys(organizations).join(', ');
    throw new Error(`--organization takes one of ${names}, not "${values.organization}".`);
  }
  const emulator = await startEmulator({ port, create });
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

import { OpenAI } from 'openai';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator';

export const model = 'ft:gpt-4.1-2025-04-14:harbor-labs:tests:AAAAAAAA';
export const permissionsPath = `/v1/fine_tuning/checkpoints/${model}/permissions`;

/** Starts an emulator for each test of a suite, and stops it afterwards. */
export function emulatorForEachTest(options: () => EmulatorOptions = () => ({})): () => Emulator {
  let emulator: Emulator | undefined;
  beforeEach(async () => {
    emulator = await startEmulator(options());
  });
  afterEach(() => emulator?.stop());
  return () => {
    if (!emulator) throw new Error('There is an emulator only within a test.');
    return emulator;
  };
}

/** The official SDK, with both keys and without retries. */
export function sdk(emulator: Emulator): OpenAI {
  return new OpenAI({
    apiKey: emulator.projectAPIKey,
    adminAPIKey: emulator.adminAPIKey,
    baseURL: emulator.baseURL,
    maxRetries: 0,
  });
}

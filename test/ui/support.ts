import { addQuestion } from '../../src/words/checkpointList';
import { type Emulator, type EmulatorOptions, startEmulator } from '../emulator';
import { titleOf } from '../titles';
import { useWorkbench, type WindowOptions, type Workbench } from './workbench';

const name = 'Checkpoint Permissions';

/** A window whose base URL is an emulator's. Both are there from the first hook to the last. */
export function useEmulator(
  options: WindowOptions = {},
  emulated: EmulatorOptions = {},
): { workbench: Workbench; emulator(): Emulator } {
  let emulator: Emulator;
  before('start the emulator', async () => {
    emulator = await startEmulator(emulated);
    options.settings = { ...options.settings, 'checkpointPermissions.baseUrl': emulator.baseURL };
  });
  const workbench = useWorkbench(options);
  after('stop the emulator', () => emulator.stop());
  return { workbench, emulator: () => emulator };
}

/** What a person does first: sets the key and adds checkpoints, by the buttons of the welcome. */
export async function setUp(
  workbench: Workbench,
  key: string,
  checkpoints: readonly string[],
): Promise<void> {
  await workbench.openView(name);
  await workbench.view.pressWelcome(titleOf('setAdminKey'));
  await (await workbench.input.waitFor('Paste an admin API key')).type(key);
  await workbench.input.accept();
  await workbench.waitForStatus('Admin API key saved');
  await workbench.view.pressWelcome('Add Checkpoint…');
  await (await workbench.input.waitFor(addQuestion.prompt)).type(checkpoints.join(' '));
  await workbench.input.accept();
}

import type { EmulatorOptions } from '../../emulator';
import { type Acme, startAcme } from './acme';
import { installedTool, Workplace } from './installed';

/** What a test of the tool has: an organization, and the repository of a team. */
export interface ToolStage {
  acme: Acme;
  workplace: Workplace;
}

/** Sets up a stage before each test, and clears it afterwards. */
export function useStage(options: EmulatorOptions = {}): ToolStage {
  const stage = {} as ToolStage;
  beforeEach(async () => {
    stage.acme = await startAcme(options);
    stage.workplace = await Workplace.open(stage.acme.emulator);
  });
  afterEach(async () => {
    await stage.workplace.close();
    await stage.acme.emulator.stop();
  });
  return stage;
}

/** Installs the tool before the tests, unless it is. */
export function useInstalledTool(): void {
  before(async function () {
    this.timeout(3 * 60_000);
    await installedTool();
  });
}

import { OpenAI } from 'openai';
import { Catalog } from '../../../src/access/catalog/catalog';
import { Organization } from '../../../src/access/organization';
import { OpenAIAdmin } from '../../../src/openai';
import { type Emulator, startEmulator } from '../../emulator';

/** What a task is done in: an organization on the emulator, with the extension's domain and both clients. */
export interface Setting {
  readonly emulator: Emulator;
  /** As the extension has it, over our client. */
  readonly organization: Organization;
  readonly sdk: OpenAI['fineTuning']['checkpoints']['permissions'];
  readonly checkpoint: string;
  /** Makes projects that have access to nothing yet. */
  newProjects(count: number): string[];
  end(): Promise<void>;
}

const checkpoint = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:bench:Zz9Yy8Xx';

/** A new one, the same each time: nothing is remembered from one task, or from one client, to the next. */
export async function newSetting(): Promise<Setting> {
  const emulator = await startEmulator();
  const { adminAPIKey, baseURL } = emulator;
  const client = new OpenAIAdmin({ adminAPIKey, baseURL });
  const sdk = new OpenAI({ adminAPIKey, baseURL, apiKey: emulator.projectAPIKey });
  const catalog = new Catalog({ read: () => undefined, write: async () => {} });
  return {
    emulator,
    organization: new Organization('bench', 'Bench', false, client, catalog),
    sdk: sdk.fineTuning.checkpoints.permissions,
    checkpoint,
    newProjects: (count) =>
      Array.from({ length: count }, (_, index) => emulator.organization.state.addProject(`New ${index}`).id),
    async end() {
      await emulator.stop();
      await client.close();
    },
  };
}

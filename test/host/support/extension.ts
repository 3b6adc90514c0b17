import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { Arrangement } from '../../../src/access/catalog/arrangement';
import type { Organization } from '../../../src/access/organization';
import type { Services } from '../../../src/commands/shared/services';
import type { SavedKeyNote } from '../../../src/credentials/adminKeys';
import { accessPageType, type commandIds, settingIds } from '../../../src/ids';
import { deleteStoredState } from '../../../src/organizations/stateItem';
import { type Emulator, type RequestRecord, startEmulator } from '../../emulator';
import { Person } from './person';
import { type Stored, storeAgain, whatIsStored } from './stored';

export const checkpoint = 'ft:gpt-4.1-2025-04-14:harbor-labs:host-test:Hh1Tt2Ss';
/** Where it is noted that the default organization has a key. */
const noteOfKey = 'keySaved.default';
export const step = `${checkpoint}:ckpt-step-24`;

/** The services of the shipped bundle, which it exports in tests only. */
export async function services(): Promise<Services> {
  const extension = vscode.extensions.getExtension<Services>('checkpoint-permissions.checkpoint-permissions');
  assert.ok(extension, 'the extension is installed');
  return extension.activate();
}

/** Runs a command by its key, with arguments as a menu or without as the palette. */
export function run(name: keyof typeof commandIds, ...args: unknown[]): Thenable<unknown> {
  return vscode.commands.executeCommand(`checkpointPermissions.${name}`, ...args);
}

/** Sets a user setting; undefined removes it. VS Code writes a file each time, so what is set already is not set again. */
export async function setSetting(name: keyof typeof settingIds, value: unknown): Promise<void> {
  const settings = vscode.workspace.getConfiguration();
  const id = settingIds[name];
  if (isDeepStrictEqual(settings.inspect(id)?.globalValue, value)) return;
  await settings.update(id, value, vscode.ConfigurationTarget.Global);
}

/** Removes all keys, the sample, added organizations, filters, and the setting Base URL. */
export async function forgetAll(all: Services): Promise<void> {
  const { keys, memories, current } = all;
  await forgetOthers(all);
  await keys.remove('default');
  await memories.remove('default');
  await current.chooseSample(false);
  await arrangeAsAtFirst(all);
  await setSetting('baseUrl', undefined);
}

/** Shows the default organization, and removes the others and all keys but its admin API key. */
async function forgetOthers({ current, keyIndex, keys, memories, profiles, projectKeys, stores }: Services) {
  if (current.shownId !== 'default') await current.show('default');
  for (const { id } of profiles.all) {
    // Of the default one, its name.
    await profiles.remove(id);
    if (id === 'default') continue;
    await memories.remove(id);
    await deleteStoredState(stores, id);
  }
  // Also those whose organization a test removed behind the extension's back.
  for (const { profile } of await (await keyIndex()).list()) {
    await projectKeys.removeAll(profile);
    if (profile !== 'default') await keys.remove(profile);
  }
}

/** Shows the lists as they are at first: in their order, without a filter of any organization. */
async function arrangeAsAtFirst({ choices, projectsFilter, stores }: Services): Promise<void> {
  const first: Arrangement = { grouping: 'flat', sort: 'added' };
  if (!isDeepStrictEqual(choices.arrangement, first)) await choices.arrangeBy(first);
  for (const [filters, key] of [
    [choices, 'filters'],
    [projectsFilter, 'projectFilters'],
  ] as const) {
    for (const id of Object.keys(stores.window.get(key, {}))) await filters.filterBy({ id }, {});
  }
}

/** An emulator with its key saved and its checkpoints listed. Everything is restored at the end. */
export class Scene {
  /** What was stored when the organization had just been set up. */
  #stored: Stored | undefined;

  private constructor(
    readonly emulator: Emulator,
    readonly services: Services,
  ) {}

  static async begin(): Promise<Scene> {
    return new Scene(await startEmulator(), await services());
  }

  /** The state that each test starts from: two listed checkpoints, with 250 permissions and with none. */
  async reset(permissions = 250): Promise<void> {
    // A visible view loads its expanded rows, whose requests would count as those of the test.
    await vscode.commands.executeCommand('workbench.view.explorer');
    await forgetOthers(this.services);
    await this.setUp(permissions);
    await this.services.tree.getChildren();
  }

  /**
   * Sets up the default organization, and leaves what there is of others. Keys, settings, and stored state are slow to
   * write, so only what is not as it should be is written.
   */
  async setUp(permissions = 250): Promise<void> {
    const { current, memories, stores } = this.services;
    if (current.shownId !== 'default') await current.show('default');
    await setSetting('baseUrl', this.emulator.baseURL);
    const note = await this.#saveOwnKey();
    if (this.#stored) {
      await memories.remove('default');
      await arrangeAsAtFirst(this.services);
      const { everywhere, window } = this.#stored;
      await storeAgain(stores, { everywhere: new Map([...everywhere, [noteOfKey, note]]), window });
    }
    // It closes samples, too. Requests in flight of the previous test end here, so that none is sent again in this one.
    await current.chooseSample(false);
    const { catalog } = await this.organization();
    if (!this.#stored) {
      await catalog.remove(catalog.ids);
      await catalog.add([checkpoint, step]);
      this.#stored = whatIsStored(stores);
    }
    this.emulator.reset();
    this.emulator.organization.addCheckpoint(checkpoint, { permissions });
    this.emulator.organization.addCheckpoint(step);
  }

  /** Saves the key of the emulator as a new one, unless it is saved so already. Resolves to what is noted of it. */
  async #saveOwnKey(): Promise<SavedKeyNote> {
    const { keys } = this.services;
    const { adminAPIKey, origin } = this.emulator;
    const saved = await keys.get('default');
    // A check adds the name that the API has for the organization.
    const isOwn = saved?.key === adminAPIKey && saved.origin === origin && !saved.organization;
    if (!isOwn) {
      if (saved) await this.#untilShown(() => keys.remove('default'));
      await this.saveKey(adminAPIKey);
    }
    const { id } = (await keys.get('default')) ?? {};
    assert.ok(id, 'the key is saved');
    return { version: 1, id };
  }

  async saveKey(key: string): Promise<void> {
    const { emulator, services } = this;
    await this.#untilShown(() => services.keys.set('default', { key, origin: emulator.origin }));
  }

  /** Resolves when the window shows the change of a key, which VS Code tells after it was made. */
  async #untilShown(change: () => Promise<unknown>): Promise<void> {
    const shown = new Promise<void>((resolve) => {
      const subscription = this.services.current.onDidChange(() => {
        subscription.dispose();
        resolve();
      });
    });
    await change();
    await shown;
  }

  /** Removes all keys, the sample, added organizations and settings. */
  forgetAll(): Promise<void> {
    return forgetAll(this.services);
  }

  async end(): Promise<void> {
    await this.forgetAll();
    await this.emulator.stop();
  }

  async organization(): Promise<Organization> {
    const current = await this.services.current.get();
    assert.equal(current.kind, 'organization');
    return (current as { organization: Organization }).organization;
  }

  /**
   * The checkpoint's node and its rows, loaded as VS Code does on expanding. Resolves after the project names have
   * loaded, too, because no other code awaits them.
   */
  async expand(id = checkpoint) {
    const { tree } = this.services;
    await tree.getChildren();
    const node = tree.nodeOf(id);
    assert.ok(node, `${id} is in the list`);
    const rows = await tree.getChildren(node);
    if (rows.some(({ kind }) => kind === 'permission')) await node.organization.projects.read();
    return { node, rows };
  }

  /**
   * Requests that reached the server, except those for project names. Those are sent once, at an arbitrary time, and
   * have their own tests.
   */
  get requests(): readonly RequestRecord[] {
    return this.emulator.requests.filter(({ endpoint }) => endpoint !== 'projects.list');
  }

  /** Those requests as `METHOD endpoint`. */
  get sent(): string[] {
    return this.requests.map(({ method, endpoint }) => `${method} ${endpoint}`);
  }

  /** Number of requests for project names. */
  get sentForNames(): number {
    return this.emulator.requests.length - this.requests.length;
  }

  get changes(): string[] {
    return this.sent.filter((request) => !request.startsWith('GET'));
  }

  projectsOnServer(id = checkpoint): string[] {
    const found = this.emulator.organization.state.checkpoints.get(id);
    return found?.permissions.all().map((permission) => permission.project_id) ?? [];
  }

  newProject(): string {
    return this.emulator.organization.state.addProject('Made for a test').id;
  }
}

/** The setup of a host test: a scene with the permissions of the first checkpoint, and a person at the keyboard. */
export interface Stage {
  scene: Scene;
  person: Person;
}

/** Sets up a stage before each test and clears it afterwards. `permissions`: number of the first checkpoint's. */
export function useStage(permissions: number): Stage {
  const stage = {} as Stage;
  let subscription: vscode.Disposable;
  before(async () => {
    stage.scene = await Scene.begin();
    subscription = stage.scene.services.current.onDidOpen((organization) => {
      organization.proposals.onDidChange(() => stage.person?.looksAt(organization));
    });
  });
  after(() => {
    subscription.dispose();
    return stage.scene.end();
  });
  beforeEach(async () => {
    await stage.scene.reset(permissions);
    stage.person = new Person();
    stage.person.sitsDown();
  });
  afterEach(async () => {
    await closePages();
    stage.person.leaves();
  });
  return stage;
}

/** Closes the open Access pages. One that is in sight loads lists, also in the next test. */
async function closePages(): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const pages = tabs.filter(
    ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(accessPageType),
  );
  if (pages.length > 0) await vscode.window.tabGroups.close(pages);
}

import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { Arrangement } from '../../../src/access/catalog/arrangement';
import type { Organization } from '../../../src/access/organization';
import type { Services } from '../../../src/commands/shared/services';
import type { SavedKey } from '../../../src/credentials/adminKeys';
import { accessPageType, type commandIds, settingIds } from '../../../src/ids';
import { deleteStoredState } from '../../../src/organizations/stateItem';
import { type Emulator, type RequestRecord, startEmulator } from '../../emulator';
import { Person } from './person';
import { type Stored, storeAgain, whatIsStored } from './stored';

export const checkpoint = 'ft:gpt-4.1-2025-04-14:harbor-labs:host-test:Hh1Tt2Ss';
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
  const { profiles, keys, projectKeys, keyIndex, stores, memories, current } = all;
  if (current.profile.id !== 'default') await current.show('default');
  for (const { id } of profiles.all) {
    await projectKeys.removeAll(id);
    await keys.remove(id);
    await memories.remove(id);
    await profiles.remove(id);
    if (id !== 'default') await deleteStoredState(stores, id);
  }
  // Keys whose organization a test removed behind the extension's back.
  for (const { profile } of await (await keyIndex()).list()) {
    await projectKeys.removeAll(profile);
    await keys.remove(profile);
  }
  await current.chooseSample(false);
  await arrangeAsAtFirst(all);
  await setSetting('baseUrl', undefined);
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
  /** What was stored when the organization had just been set up, and its key then. */
  #setUp: { readonly stored: Stored; readonly key: SavedKey } | undefined;

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
    // First, so that requests in flight of the previous test are not retried in this one.
    if (!(await this.#openAgain())) {
      await this.forgetAll();
      await this.setUp();
    }
    this.#beginAgain(permissions);
    await this.services.tree.getChildren();
  }

  /** Sets up the default organization, and leaves what there is of others. */
  async setUp(permissions = 250): Promise<void> {
    const { current, keys, stores } = this.services;
    if (current.profile.id !== 'default') await current.show('default');
    this.#beginAgain(permissions);
    await setSetting('baseUrl', this.emulator.baseURL);
    await this.saveKey(this.emulator.adminAPIKey);
    const { catalog } = await this.organization();
    await catalog.remove(catalog.ids);
    await catalog.add([checkpoint, step]);
    const key = await keys.get('default');
    assert.ok(key);
    this.#setUp = { key, stored: whatIsStored(stores) };
  }

  /** What is on the server at the beginning of a test. */
  #beginAgain(permissions: number): void {
    this.emulator.reset();
    this.emulator.organization.addCheckpoint(checkpoint, { permissions });
    this.emulator.organization.addCheckpoint(step);
  }

  /**
   * Opens the organization again, with what was stored when it had been set up. Keys and settings are slow to write, so
   * they stay. Resolves to false where a test has changed them, or which organizations there are.
   */
  async #openAgain(): Promise<boolean> {
    const { current, keys, keyIndex, memories, profiles, stores } = this.services;
    if (!this.#setUp || current.shownId !== 'default' || profiles.all.length > 1) return false;
    if (vscode.workspace.getConfiguration().get(settingIds.baseUrl) !== this.emulator.baseURL) return false;
    const { key, stored } = this.#setUp;
    if (!isDeepStrictEqual(await keys.get('default'), key)) return false;
    const [own, ...others] = await (await keyIndex()).list();
    if (!own || own.projectKeys.length > 0 || others.length > 0) return false;
    await memories.remove('default');
    await arrangeAsAtFirst(this.services);
    await storeAgain(stores, stored);
    await current.reopen();
    return true;
  }

  async saveKey(key: string): Promise<void> {
    const changed = new Promise<void>((resolve) => {
      const subscription = this.services.current.onDidChange(() => {
        subscription.dispose();
        resolve();
      });
    });
    await this.services.keys.set('default', { key, origin: this.emulator.origin });
    await changed;
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

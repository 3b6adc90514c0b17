// Runs inside the extension host, as the module at `extensionTestsPath`.

import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import type { Services } from '../../../src/commands/shared/services';
import { commandIds, settingIds, viewIds } from '../../../src/ids';
import type { FindingsUpdate } from '../../../src/protocol/findings';
import type { PageUpdate } from '../../../src/protocol/matrix';
import type { PermissionsUpdate } from '../../../src/protocol/permissions';
import { Keys } from '../../../src/views/access/keys';
import { exportTexts, formatInWords } from '../../../src/words/exports/dialogs';
import { BlockWatch } from '../../growth/blocks';
import { Person } from '../../host/support/person';
import { tabDependencies } from '../../tabDependencies';
import { resultPrefix } from '../child';
import { type LargeResult, type LargeSetting, type LargeStep, settingVariable } from './result';

/** Milliseconds after each step for VS Code to draw, which counts as part of the step. */
const settling = 1500;

type Done = { readonly rows?: number; readonly requests?: number } | undefined;

class Measuring {
  readonly steps: LargeStep[] = [];

  async step(title: string, act: () => Promise<Done>, undo?: () => void): Promise<void> {
    await pause(settling);
    const watch = new BlockWatch();
    const began = performance.now();
    const done = await act();
    const ms = performance.now() - began;
    await pause(settling);
    const { ms: block, cpu: turn } = await watch.end();
    undo?.();
    this.steps.push({ title, ms, block, turn, ...done });
  }
}

function memory(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed / 1e6;
}

async function measure(setting: LargeSetting): Promise<LargeResult> {
  const extension = vscode.extensions.getExtension<Services>('checkpoint-permissions.checkpoint-permissions');
  if (!extension) throw new Error('The extension is not there.');
  const { baseURL, adminAPIKey, checkpoints } = setting;
  const settings = vscode.workspace.getConfiguration();
  await settings.update(settingIds.baseUrl, baseURL, vscode.ConfigurationTarget.Global);
  const services = await extension.activate();
  const { tree, projectsTree, view, choices, current, keys } = services;
  const before = memory();
  await keys.set('default', { key: adminAPIKey, origin: new URL(baseURL).origin });
  const organizationNow = async () => {
    const shown = await current.get();
    if (shown.kind !== 'organization') throw new Error(`There is no organization: ${shown.kind}.`);
    return shown.organization;
  };
  await (await organizationNow()).catalog.add(checkpoints);
  await vscode.commands.executeCommand(`${viewIds.checkpoints}.focus`);
  const [longest = '', other = ''] = checkpoints;

  /** Creates rows and their items, as VS Code does. */
  const draw = async (...under: Parameters<typeof tree.getChildren>): Promise<Done> => {
    const rows = await tree.getChildren(...under);
    for (const row of rows) tree.getTreeItem(row);
    return { rows: rows.length };
  };
  const node = (id: string) => {
    const found = tree.nodeOf(id);
    if (!found) throw new Error(`${id} is not shown.`);
    return found;
  };
  const keystroke = async (text: string): Promise<Done> => {
    choices.preview(await organizationNow(), { text });
    return draw();
  };

  const measuring = new Measuring();
  const step = measuring.step.bind(measuring);
  await step('First rows: the organization is opened and its list drawn', async () => {
    await current.reopen();
    return draw();
  });
  const organization = await organizationNow();
  const store = organization.permissions;
  const showAll = () => choices.preview(organization, undefined);
  await step('Expand a checkpoint, names of 2,000 projects included', async () => {
    await view.expand(other);
    await draw(node(other));
    await organization.projects.read();
    return draw(node(other));
  });
  await step('A filter keystroke', () => keystroke('model-12'), showAll);
  await step('Read 10,000 permissions to the end', async () => {
    const { permissions } = await store.readAll(longest);
    return { rows: permissions.length, requests: Math.ceil(permissions.length / 100) + 1 };
  });
  await step('Expand the checkpoint that has 10,000', async () => {
    await view.expand(longest);
    return draw(node(longest));
  });
  await step('Read all others completely, in the background', async () => {
    const { completeLists } =
      require('../../../src/access/loading/completion') as typeof import('../../../src/access/loading/completion');
    await completeLists(store, checkpoints, new AbortController().signal, () => undefined);
    return { requests: checkpoints.length - 2 };
  });
  await step('A filter keystroke that goes through all permissions', () => keystroke('aalborg'), showAll);
  await step('Group by fine-tuned model', async () => {
    await choices.arrangeBy({ grouping: 'model' });
    return draw();
  });
  await step('Sort by number of permissions', async () => {
    await choices.arrangeBy({ grouping: 'flat', sort: 'permissions' });
    return draw();
  });
  await step('Projects: drawn', async () => {
    await vscode.commands.executeCommand(`${viewIds.projects}.focus`);
    const rows = await projectsTree.getChildren();
    for (const row of rows) projectsTree.getTreeItem(row);
    return { rows: rows.length };
  });
  const person = new Person();
  person.sitsDown();
  await step('Open the access matrix, all rows', async () => {
    await vscode.commands.executeCommand(commandIds.openAccess);
    return { rows: checkpoints.length };
  });
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  await step('Export the access matrix', async () => {
    const file = join(tmpdir(), `bench-${process.pid}.csv`);
    const window = vscode.window as unknown as Record<string, unknown>;
    window.showSaveDialog = async () => vscode.Uri.file(file);
    person.picks([`$(table) ${exportTexts.matrix}`]).picks([formatInWords.csv.label]);
    await vscode.commands.executeCommand(commandIds.exportAccess);
    await rm(file);
    await rm(file.replace(/\.csv$/, '.about.json'));
    return undefined;
  });
  const { FindingsSession } =
    require('../../../src/views/access/findings/session') as typeof import('../../../src/views/access/findings/session');
  await step('Review access', () => {
    const reviewed = new Promise<Done>((resolve) => {
      const findings = new FindingsSession(
        tabDependencies<FindingsUpdate>(organization, ({ summary }) => {
          if (!summary) return;
          findings.dispose();
          resolve({ rows: summary.open });
        }),
      );
      findings.setVisible(true);
      findings.sendAll();
    });
    return reviewed;
  });
  const { MatrixSession } =
    require('../../../src/views/access/matrix/session') as typeof import('../../../src/views/access/matrix/session');
  let onMatrixUpdate = (_update: PageUpdate): void => undefined;
  const session = new MatrixSession(
    tabDependencies<PageUpdate>(organization, (update) => onMatrixUpdate(update)),
  );
  session.sendAll();
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  const allProjects = numbers(organization.projects.snapshot.projects.size);
  const stage = async (rows: number): Promise<Done> => {
    const answered = new Promise<void>((resolve) => {
      onMatrixUpdate = ({ refused }) => refused && resolve();
    });
    session.receive({ type: 'stage', checkpoints: numbers(rows), projects: allProjects, action: 'grant' });
    await answered;
    return { rows: organization.staged.size };
  };
  await step('Stage all cells of the access matrix, which is refused', () => stage(checkpoints.length));
  await step('Stage 10,000 cells of it', () => stage(5));
  session.dispose();
  organization.staged.clear();
  const { PermissionsSession } =
    require('../../../src/views/access/permissions/session') as typeof import('../../../src/views/access/permissions/session');
  let onUpdate = (_update: PermissionsUpdate): void => undefined;
  const numbered = { checkpoints: new Keys(), projects: new Keys() };
  const permissionsTab = new PermissionsSession(
    tabDependencies<PermissionsUpdate>(organization, (update) => onUpdate(update), {
      keys: numbered,
    }),
  );
  const all = [...checkpoints].flatMap((id) => store.snapshot(id).listing?.permissions ?? []);
  await step('Permissions tab: evidence about every permission', async () => {
    const sent = new Promise<void>((resolve) => {
      onUpdate = ({ isCatchingUp }) => isCatchingUp === false && resolve();
    });
    permissionsTab.sendAll();
    permissionsTab.setVisible(true);
    await sent;
    return { rows: all.length };
  });
  await step('Permissions tab: stage 10,000 permissions', async () => {
    const cells = (store.snapshot(longest).listing?.permissions ?? []).map(
      ({ project_id }) => [numbered.checkpoints.keyOf(longest), numbered.projects.keyOf(project_id)] as const,
    );
    const answered = new Promise<void>((resolve) => {
      onUpdate = ({ outcome }) => outcome && resolve();
    });
    permissionsTab.receive({ type: 'stage', cells });
    await answered;
    return { rows: organization.staged.size };
  });
  permissionsTab.dispose();
  organization.staged.clear();
  const { previewStaged } =
    require('../../../src/commands/changes/previewStaged') as typeof import('../../../src/commands/changes/previewStaged');
  const someProjects = [...organization.projects.snapshot.projects.keys()].slice(0, 1000);
  organization.staged.stage(
    checkpoints
      .slice(1, 6)
      .flatMap((each) =>
        someProjects.map((project) => ({ checkpoint: each, project, action: 'grant' as const })),
      ),
  );
  const { proposals } = organization;
  let unsubscribe = (): void => undefined;
  let preview: Promise<void> | undefined;
  await step(
    'Show a plan of 5,000 changes',
    async () => {
      const asked = new Promise<void>((resolve) => {
        unsubscribe = proposals.onDidChange(() => proposals.current?.phase === 'open' && resolve());
      });
      preview = previewStaged(services, organization);
      await asked;
      return { rows: organization.staged.size };
    },
    // The page has shown it by then.
    () => proposals.current?.close(),
  );
  await preview;
  unsubscribe();
  person.leaves();
  return {
    vscode: vscode.version,
    checkpoints: checkpoints.length,
    steps: measuring.steps,
    megabytes: memory() - before,
  };
}

export async function run(): Promise<void> {
  const setting = JSON.parse(readFileSync(String(process.env[settingVariable]), 'utf8')) as LargeSetting;
  const result = await measure(setting);
  console.log(`${resultPrefix}${JSON.stringify(result)}`);
  console.log(`${resultPrefix}${JSON.stringify({ passed: 1, failed: 0, skipped: 0 })}`);
}

import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { applyChanges } from '../../src/words/changesTab';
import { faults } from '../emulator';
import { eventually } from './support/eventually';
import { run, step, useStage } from './support/extension';

const label = /^(● )?Access · /;

function tabs(): vscode.Tab[] {
  const all = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return all.filter((tab) => label.test(tab.label));
}

/** Resolves when an Access page has the focus. */
async function pageActive(): Promise<void> {
  const isActive = () => tabs().some((tab) => tab.isActive);
  if (isActive()) return;
  await new Promise<void>((resolve) => {
    const subscription = vscode.window.tabGroups.onDidChangeTabs(() => {
      if (!isActive()) return;
      subscription.dispose();
      resolve();
    });
  });
}

describe('the history', () => {
  const stage = useStage(150);
  const logReads = () => stage.scene.requests.filter(({ endpoint }) => endpoint === 'auditLogs.list').length;
  const trail = async () => (await stage.scene.organization()).trail;
  /** Sends a request as the tab does. */
  const ask = (request: unknown) => stage.scene.services.pages.send('history', request);
  /** Asks until there were so many requests for the log. The page asks for nothing while it is busy, and neither does its session. */
  async function asked(request: unknown, reads: number): Promise<void> {
    await eventually(() => {
      if (logReads() < reads) void ask(request);
      return logReads();
    }, reads);
  }
  /** Opens the history and waits for its page. */
  const open = async (): Promise<void> => {
    await run('showHistory');
    await pageActive();
    const { pages } = await stage.scene.services.pages.registry();
    // Until then the page takes no request.
    await eventually(
      () => pages.some(({ isActive, session }) => isActive && session.organization !== undefined),
      true,
    );
  };
  /** Resolves when the log has so many events. */
  async function loaded(events: number): Promise<void> {
    const log = await trail();
    while (log.snapshot.reading || log.snapshot.events.length < events) {
      await new Promise<void>((resolve) => {
        const stop = log.onDidChange(() => {
          stop();
          resolve();
        });
      });
    }
  }

  /** Resolves when the page has a row with a permission. */
  async function rowSent(key: number): Promise<void> {
    await vscode.env.clipboard.writeText('');
    let copied = '';
    while (!copied.startsWith('cp_')) {
      await ask({ type: 'copyIds', of: 'permission', keys: [key] });
      copied = await vscode.env.clipboard.readText();
    }
  }

  beforeEach(async () => {
    // The journal of this profile has the changes of earlier tests.
    await rm(stage.scene.services.journals.folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    await vscode.window.tabGroups.close(tabs());
  });

  it('Truth 28: opens in one page, from the palette and from a row, and sends nothing for it', async () => {
    const { node } = await stage.scene.expand(step);
    const before = stage.scene.requests.length;
    await open();
    await run('showHistoryOf', node);
    await run('showHistory');
    await pageActive();
    await ask({ type: 'filter', filter: { project: 'proj_a' } });
    await stage.scene.emulator.idle();
    assert.equal(tabs().length, 1);
    assert.equal(stage.scene.requests.length, before, 'showing is not asking');
  });

  it('loads one page when it is asked to, each older one on request, and then only what is new', async () => {
    await open();
    await ask({ type: 'load' });
    await loaded(100);
    assert.equal(logReads(), 1);
    await run('showHistory');
    await stage.scene.emulator.idle();
    assert.equal(logReads(), 1, 'it is kept');
    await asked({ type: 'search', filter: {} }, 2);
    await loaded(101);
    assert.equal(logReads(), 2);
    await asked({ type: 'load' }, 3);
  });

  it('keeps a failure, and does not try again by itself', async () => {
    stage.scene.emulator.fail('auditLogs.list', faults.status(403));
    await open();
    await ask({ type: 'load' });
    const log = await trail();
    while (!log.snapshot.failure) {
      await new Promise<void>((resolve) => {
        const stop = log.onDidChange(() => {
          stop();
          resolve();
        });
      });
    }
    await run('showHistory');
    await stage.scene.emulator.idle();
    assert.equal(logReads(), 1);
  });

  it('undoes a change that was made here, from the menu of its row', async () => {
    const { node } = await stage.scene.expand(step);
    const project = stage.scene.newProject();
    stage.person.types(project).presses('Grant');
    await run('grant', node);
    assert.deepEqual(stage.scene.projectsOnServer(step), [project]);
    await open();
    // The only change is numbered first, once its row was sent.
    await rowSent(0);
    stage.person.presses(applyChanges(1));
    await run('undoHistoryChange', { webviewSection: 'historyRow', historyKey: 0 });
    await stage.scene.emulator.ended(1, 'permissions.delete');
    assert.deepEqual(stage.scene.projectsOnServer(step), []);
  });

  it('opens the details of a permission, also of one that is revoked', async () => {
    await open();
    await ask({ type: 'load' });
    await loaded(100);
    const opened = new Promise<void>((resolve) => {
      const subscription = vscode.window.tabGroups.onDidChangeTabs(({ opened }) => {
        if (!opened.some((tab) => / · .+\.md$/.test(tab.label))) return;
        subscription.dispose();
        resolve();
      });
    });
    await rowSent(0);
    await run('showRowDetails', { historyKey: 0 });
    await opened;
  });

  it('believes nothing of what a menu passes but the number of a row', async () => {
    await open();
    const before = stage.scene.requests.length;
    for (const wrong of [undefined, null, {}, { historyKey: '0' }, { historyKey: -1 }, { historyKey: 9e9 }])
      for (const name of ['undoHistoryChange', 'showRowDetails', 'copyRowPermissionId'] as const)
        await run(name, wrong);
    assert.equal(stage.scene.requests.length, before);
    assert.deepEqual(stage.person.told, []);
  });

  it('stops when another organization is shown', async () => {
    const gate = stage.scene.emulator.hold('auditLogs.list');
    await open();
    await ask({ type: 'search', filter: { project: 'proj_nothing' } });
    await stage.scene.emulator.requested(1, 'auditLogs.list');
    await run('exploreSample');
    gate.release();
    await stage.scene.emulator.idle();
    assert.equal(logReads(), 1);
    await run('leaveSample');
  });
});

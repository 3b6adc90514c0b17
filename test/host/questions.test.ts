import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as vscode from 'vscode';
import type { commandIds } from '../../src/ids';
import { checkpoint, run, step, useStage } from './support/extension';

describe('while a question stands open', () => {
  const stage = useStage(3);
  let drawn: string[];
  let subscriptions: vscode.Disposable[];
  let heard: () => void;

  beforeEach(async () => {
    const { tree, projectsTree, history } = stage.scene.services;
    drawn = [];
    heard = () => undefined;
    const hear = (what: string): void => {
      drawn.push(what);
      heard();
    };
    // They hear of changes once they have been looked at.
    await stage.scene.expand();
    await projectsTree.getChildren();
    await history.open();
    // What was read draws a moment later and belongs to no question.
    await settled();
    subscriptions = [
      tree.onDidChangeTreeData((node) => hear(node ? 'checkpoint' : 'list')),
      projectsTree.onDidChangeTreeData(() => hear('Projects')),
      history.onDidChangeTreeData(() => hear('History')),
    ];
  });

  afterEach(() => {
    for (const each of subscriptions) each.dispose();
  });

  /** Resolves once each of the views was drawn after a change. */
  async function settled(): Promise<void> {
    const { tree, projectsTree, history } = stage.scene.services;
    const each = [tree.onDidChangeTreeData, projectsTree.onDidChangeTreeData, history.onDidChangeTreeData];
    const all = Promise.all(
      each.map(
        (event) =>
          new Promise<void>((resolve) => {
            const once = (event as vscode.Event<unknown>)(() => {
              once.dispose();
              resolve();
            });
          }),
      ),
    );
    await change();
    await all;
  }

  /** As news of a checkpoint, of the list and of the audit log does. */
  async function change(): Promise<void> {
    const { tree, history } = stage.scene.services;
    const { permissions } = await stage.scene.organization();
    permissions.outdate(checkpoint);
    tree.redrawRoot();
    (await history.open()).redraw();
  }

  /** Lets all moments pass that a view waits before it draws. Nothing else runs meanwhile. */
  function letTimePass(begin: () => void): void {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      begin();
      mock.timers.tick(60_000);
    } finally {
      mock.timers.reset();
    }
  }

  async function drawnOnce(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) {
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
    }
  }

  /** Opens a question of a command and leaves it open. Resolves to what cancels it and waits for the command. */
  async function openQuestion(name: keyof typeof commandIds): Promise<() => Promise<void>> {
    const cancel = stage.person.hesitates();
    const asked = new Promise<void>((resolve) => {
      stage.person.onAsked = () => resolve();
    });
    const command = run(name);
    await asked;
    return async () => {
      cancel();
      await command;
    };
  }

  const questions = [
    ['a dialog', 'removeAdminKey'],
    ['a picker', 'sortBy'],
    ['a picker that changes', 'findCheckpoints'],
    ['a box', 'addCheckpoint'],
    ['a box that changes', 'filter'],
  ] as const;

  for (const [what, name] of questions) {
    it(`no view is drawn, which might lose the keyboard, and all are afterwards: ${what}`, async () => {
      const { tree, history } = stage.scene.services;
      const { permissions } = await stage.scene.organization();
      const historyTree = await history.open();
      const answer = await openQuestion(name);
      // The filter shows the list as it would be.
      drawn.length = 0;
      letTimePass(() => {
        permissions.outdate(checkpoint);
        tree.redrawRoot();
        historyTree.redraw();
      });
      assert.deepEqual(drawn, []);
      await answer();
      await drawnOnce(() => ['list', 'Projects', 'History'].every((each) => drawn.includes(each)));
    });
  }

  it('a row that is unfolded nevertheless is drawn, and what Refresh has read', async () => {
    const answer = await openQuestion('sortBy');
    await stage.scene.expand(step);
    await drawnOnce(() => drawn.includes('checkpoint'));
    drawn.length = 0;
    await run('refreshCheckpoint', stage.scene.services.tree.nodeOf(checkpoint));
    await drawnOnce(() => drawn.includes('checkpoint'));
    await answer();
  });

  it('that fails, the views are drawn again', async () => {
    const original = vscode.window.showQuickPick;
    const broken = () => Promise.reject(new Error('The window is gone.'));
    (vscode.window as unknown as Record<string, unknown>).showQuickPick = broken;
    await run('sortBy');
    (vscode.window as unknown as Record<string, unknown>).showQuickPick = original;
    assert.match(stage.person.told.join(), /The window is gone/);
    await change();
    await drawnOnce(() => drawn.includes('list') && drawn.includes('History'));
  });
});

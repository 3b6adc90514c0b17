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
    const { tree, projectsTree } = stage.scene.services;
    drawn = [];
    heard = () => undefined;
    const hear = (what: string): void => {
      drawn.push(what);
      heard();
    };
    // Views listen to changes once they were shown.
    await stage.scene.expand();
    await projectsTree.getChildren();
    // Earlier reads redraw with a delay, which is not part of a question.
    await settled();
    subscriptions = [
      tree.onDidChangeTreeData((node) => hear(node ? 'checkpoint' : 'list')),
      projectsTree.onDidChangeTreeData(() => hear('Projects')),
    ];
  });

  afterEach(() => {
    for (const each of subscriptions) each.dispose();
  });

  /** Resolves when each view was redrawn after a change. */
  async function settled(): Promise<void> {
    const { tree, projectsTree } = stage.scene.services;
    const each = [tree.onDidChangeTreeData, projectsTree.onDidChangeTreeData];
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

  /** Changes a checkpoint and the list. */
  async function change(): Promise<void> {
    const { tree } = stage.scene.services;
    const { permissions } = await stage.scene.organization();
    permissions.outdate(checkpoint);
    tree.redrawRoot();
  }

  /** Advances the clock past every redraw delay. Nothing else runs in that time. */
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

  /** Opens a question of a command. Resolves to a function that cancels it and awaits the command. */
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
      const { tree } = stage.scene.services;
      const { permissions } = await stage.scene.organization();
      const answer = await openQuestion(name);
      // The filter previews its result.
      drawn.length = 0;
      letTimePass(() => {
        permissions.outdate(checkpoint);
        tree.redrawRoot();
      });
      assert.deepEqual(drawn, []);
      await answer();
      await drawnOnce(() => ['list', 'Projects'].every((each) => drawn.includes(each)));
    });
  }

  it('an expanded row is drawn all the same, and so are refreshed rows', async () => {
    const answer = await openQuestion('sortBy');
    await stage.scene.expand(step);
    await drawnOnce(() => drawn.includes('checkpoint'));
    drawn.length = 0;
    await run('refreshCheckpoint', stage.scene.services.tree.nodeOf(checkpoint));
    await drawnOnce(() => drawn.includes('checkpoint'));
    await answer();
  });

  it('that fails, the views are redrawn', async () => {
    const original = vscode.window.showQuickPick;
    const broken = () => Promise.reject(new Error('The window is gone.'));
    (vscode.window as unknown as Record<string, unknown>).showQuickPick = broken;
    await run('sortBy');
    (vscode.window as unknown as Record<string, unknown>).showQuickPick = original;
    assert.match(stage.person.told.join(), /The window is gone/);
    await change();
    await drawnOnce(() => drawn.includes('list'));
  });
});

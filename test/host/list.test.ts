import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PermissionNode } from '../../src/views/shared/nodes';
import { removedInWords } from '../../src/words/checkpointList';
import { notCheckpointInWords } from '../../src/words/ids';
import { buttons } from '../../src/words/titles';
import { checkpoint, run, step, useStage } from './support/extension';

const third = 'ft:gpt-4o-2024-08-06:harbor-labs::Third123';
const fourth = `${third}:ckpt-step-4`;

describe('the list and the clipboard', () => {
  const stage = useStage(5);
  beforeEach(() => vscode.env.clipboard.writeText('untouched'));

  const ids = async () => [...(await stage.scene.organization()).catalog.ids];
  const clipboard = () => vscode.env.clipboard.readText();

  async function permissions(): Promise<PermissionNode[]> {
    return (await stage.scene.expand()).rows.filter(
      (row): row is PermissionNode => row.kind === 'permission',
    );
  }

  describe('Add Checkpoint…', () => {
    it('adds one or many pasted IDs without a request', async () => {
      stage.person.types(`  "${third}",\n${fourth} ${checkpoint}`);
      await run('addCheckpoint');
      assert.deepEqual(await ids(), [checkpoint, step, third, fourth]);
      assert.deepEqual(stage.scene.sent, []);
    });

    for (const [text, why] of [
      ['ftckpt_abc', 'checkpointObject'],
      [`gpt-4o-mini.ft-${'0'.repeat(32)}`, 'azure'],
      ['davinci:ft-acme-2023-08-24-16-25-55', 'legacy'],
      ['gpt-4.1', 'baseModel'],
    ] as const) {
      it(`explains why ${text} is refused`, async () => {
        stage.person.types(`${third} ${text}`);
        await run('addCheckpoint');
        assert.equal(stage.person.told[0], notCheckpointInWords(why, `“${text}”`));
        assert.deepEqual(await ids(), [checkpoint, step], 'nothing is added by halves');
      });
    }

    it('does not repeat a key that was pasted by mistake', async () => {
      const key = ['sk', 'admin', 'pasted-here'].join('-');
      stage.person.types(key);
      await run('addCheckpoint');
      assert.match(stage.person.told[0] ?? '', /looks like an API key/);
      assert.ok(!stage.person.told[0]?.includes('pasted-here'));
    });

    it('canceled changes nothing', async () => {
      stage.person.cancels();
      await run('addCheckpoint');
      assert.deepEqual(await ids(), [checkpoint, step]);
    });
  });

  describe('Remove from List', () => {
    it('on a checkpoint: removes it from the list only, says so, and can be undone', async () => {
      const { node } = await stage.scene.expand();
      const before = stage.scene.sent.length;
      const { catalog } = await stage.scene.organization();
      const restored = new Promise<void>((resolve) =>
        catalog.onDidChange(() => catalog.ids.length === 2 && resolve()),
      );
      stage.person.willPressInMessage(buttons.undo);
      await run('removeFromList', node);
      await restored;
      assert.equal(stage.person.told[0], removedInWords([checkpoint]));
      assert.equal(stage.scene.sent.length, before);
      assert.deepEqual(await ids(), [checkpoint, step]);
    });

    it('on a selection and from the palette', async () => {
      const one = (await stage.scene.expand()).node;
      const other = (await stage.scene.expand(step)).node;
      await run('removeFromList', one, [one, other]);
      assert.deepEqual(await ids(), []);
      await stage.scene.reset(5);
      stage.person.picks(['host-test']);
      await run('removeFromList');
      assert.deepEqual(await ids(), [step]);
    });

    it('canceled removes nothing', async () => {
      stage.person.cancels();
      await run('removeFromList');
      assert.deepEqual(await ids(), [checkpoint, step]);
    });
  });

  describe('Copy', () => {
    it('copies the IDs of a permission, its project and its checkpoint', async () => {
      const [node] = await permissions();
      assert.ok(node);
      await run('copyPermissionId', node);
      assert.equal(await clipboard(), node.permission.id);
      await run('copyProjectId', node);
      assert.equal(await clipboard(), node.permission.project_id);
      await run('copyCheckpointId', node);
      assert.equal(await clipboard(), checkpoint);
    });

    it('copies several IDs, one on each line', async () => {
      const nodes = (await permissions()).slice(0, 3);
      await run('copyPermissionId', nodes[0], nodes);
      assert.equal(await clipboard(), nodes.map(({ permission }) => permission.id).join('\n'));
      await run('copyCheckpointId', nodes[0], nodes);
      assert.equal(await clipboard(), checkpoint, 'the same id once');
    });

    it('from the palette, through pickers', async () => {
      const [, second] = await permissions();
      stage.person.picks(['host-test']).picks((_label, index) => index === 1);
      await run('copyPermissionId');
      assert.equal(await clipboard(), second?.permission.id);
      stage.person.picks(['host-test']).picks((_label, index) => index === 1);
      await run('copyProjectId');
      assert.equal(await clipboard(), second?.permission.project_id);
      stage.person.picks(['host-test', 'host-test · step 24']);
      await run('copyCheckpointId');
      assert.equal(await clipboard(), `${checkpoint}\n${step}`);
    });

    for (const name of ['copyPermissionId', 'copyProjectId', 'copyCheckpointId'] as const) {
      it(`${name} canceled leaves the clipboard alone`, async () => {
        stage.person.cancels();
        await run(name);
        if (name !== 'copyCheckpointId') {
          stage.person.picks(['host-test']).cancels();
          await run(name);
        }
        assert.equal(await clipboard(), 'untouched');
      });
    }
  });

  describe('Refresh Checkpoints', () => {
    it('refreshes one checkpoint, with an argument and through the picker', async () => {
      const { node } = await stage.scene.expand();
      await run('refreshCheckpoint', node);
      assert.equal(stage.scene.sent.length, 2);
      stage.person.picks(['host-test']);
      await run('refreshCheckpoint');
      assert.equal(stage.scene.sent.length, 3);
      stage.person.cancels();
      await run('refreshCheckpoint');
      assert.equal(stage.scene.sent.length, 3);
    });

    it('sends no request for checkpoints that were never expanded', async () => {
      await run('refresh');
      assert.deepEqual(stage.scene.sent, []);
    });

    it('Load More Permissions from the palette asks for the checkpoint', async () => {
      await stage.scene.reset(150);
      await stage.scene.expand();
      stage.person.picks(['host-test']);
      await run('loadMore');
      assert.equal((await stage.scene.expand()).rows.length, 150);
      stage.person.cancels();
      await run('loadMore');
      assert.equal(stage.scene.sent.length, 3, 'two pages, and the first one again');
    });
  });

  it('asks to add a checkpoint first when one is needed', async () => {
    const { catalog } = await stage.scene.organization();
    await catalog.remove(catalog.ids);
    for (const name of [
      'grant',
      'revoke',
      'copyPermissionId',
      'removeFromList',
      'refreshCheckpoint',
    ] as const) {
      await run(name);
      assert.match(stage.person.told.at(-1) ?? '', /Your checkpoint list is empty/);
    }
    assert.deepEqual(stage.scene.sent, []);
  });
});

import assert from 'node:assert/strict';
import type { Doubt } from '../../src/access/loading/standing';
import { doubtInWords } from '../../src/words/standing';
import { faults } from '../emulator';
import { checkpoint, useStage } from './support/extension';

// The unit test of the same name has every surface and every doubt. This one has the rows that VS Code really gets.

describe('rows of the trees', () => {
  const stage = useStage(250);
  const permissions = async () => (await stage.scene.organization()).permissions;

  /** Creates each doubt except age. */
  const causes: Readonly<Partial<Record<Doubt, () => Promise<void>>>> = {
    moreToLoad: async () => undefined,
    beforeYourChange: async () => (await permissions()).changed(checkpoint),
    beforeYourRefresh: async () => (await permissions()).outdate(checkpoint),
    async refreshFailed() {
      stage.scene.emulator.fail('permissions.list', faults.status(403), 1);
      await assert.rejects((await permissions()).readAgain(checkpoint));
    },
  };

  for (const [doubt, cause] of Object.entries(causes) as [Doubt, () => Promise<void>][]) {
    it(`say ${doubt} in both views`, async () => {
      const { tree, projectsTree } = stage.scene.services;
      await (await permissions()).read(checkpoint);
      await cause();
      const standing = (await stage.scene.organization()).standingOf(checkpoint);
      assert.equal(standing.doubts[0], doubt);
      const clause = doubtInWords[doubt](standing, Date.now());
      await tree.getChildren();
      const node = tree.nodeOf(checkpoint);
      assert.ok(node);
      const row = tree.getTreeItem(node);
      assert.ok(String(row.description).includes(clause), String(row.description));
      assert.ok(row.accessibilityInformation?.label.includes(clause));
      const projects = await projectsTree.getChildren();
      const project = projects.find(({ kind }) => kind === 'project');
      const [grant] = await projectsTree.getChildren(project);
      assert.ok(grant);
      const item = projectsTree.getTreeItem(grant);
      assert.ok(String(item.description).includes(clause), String(item.description));
    });
  }
});

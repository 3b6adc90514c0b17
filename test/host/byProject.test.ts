import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AccessByProject } from '../../src/access/catalog/accessByProject';
import type { ProjectsTree } from '../../src/views/projects/projectsTree';
import type { PermissionNode, ProjectNode, ProjectsNode } from '../../src/views/shared/nodes';
import { newIdWhenGrantedAgain, planComesFirst, revokingAll } from '../../src/words/changes';
import {
  checkButton,
  checkProjectQuestion,
  filterQuestion,
  filterWithoutChecking,
  notChecked,
} from '../../src/words/checkpointList';
import { accessUnknown, filterInWords } from '../../src/words/checkpoints';
import { allLoaded, loadAllButton, loadAllQuestion, nothingToLoad } from '../../src/words/loading';
import { checkpointName } from '../../src/words/names';
import { extentRow, projectsMessage, unknownRow } from '../../src/words/projects';
import { cursorTraps, faults } from '../emulator';
import { assertSays } from '../says';
import { checkpoint, run, step, useStage } from './support/extension';

const other = 'ft:my-model:harbor-labs:other:Oo1Tt2Hh';

describe('the Projects view', () => {
  const stage = useStage(0);
  let tree: ProjectsTree;
  let one = '';
  let two = '';

  beforeEach(async () => {
    const { emulator, services } = stage.scene;
    const { state } = emulator.organization;
    one = state.addProject('Beacons').id;
    two = state.addProject('Anchors', 1, 2).id;
    emulator.organization.addCheckpoint(checkpoint, { permissions: [one, two] });
    emulator.organization.addCheckpoint(step, { permissions: [one] });
    emulator.organization.addCheckpoint(other);
    await (await stage.scene.organization()).catalog.add([other]);
    tree = services.projectsTree;
  });

  const root = () => tree.getChildren();
  const item = (node: ProjectsNode) => tree.getTreeItem(node);
  const label = (node: ProjectsNode) => String(item(node).label);
  const spoken = (node: ProjectsNode) => item(node).accessibilityInformation?.label ?? '';
  const tooltip = (node: ProjectsNode) => {
    const resolved = tree.resolveTreeItem(item(node), node).tooltip;
    const text = typeof resolved === 'string' ? resolved : (resolved?.value ?? '');
    return text.replace(/\\(.)/g, '$1').replaceAll('&nbsp;', ' ');
  };
  const lines = async (nodes: ProjectsNode[] | Promise<ProjectsNode[]>) =>
    (await nodes).map((node) => `${label(node)} · ${item(node).description}`);

  /** The text of the first row, for three checkpoints. `oldest`: when the oldest list was loaded. */
  const extent = (whole: number, uncertainties: AccessByProject['uncertainties'], oldest?: number) => {
    const facts = {
      projects: [],
      listed: 3,
      whole,
      ownersUnknown: 3,
      uncertainties,
      without: { projects: [], known: 'none', areAllProjectsKnown: true } as const,
      ...(oldest !== undefined && { oldest }),
    };
    const row = extentRow(facts, Date.now());
    return `${row.label} · ${row.description}`;
  };

  async function projectNode(id: string): Promise<ProjectNode> {
    const found = (await root()).find((node) => node.kind === 'project' && node.project === id);
    assert.ok(found?.kind === 'project', `${id} is shown`);
    return found;
  }

  /** Runs the command and confirms its cost. */
  async function complete(): Promise<void> {
    stage.person.presses(loadAllButton);
    await run('completeByProject');
  }

  describe('shows loaded access', () => {
    it('without requests: none to open it, none to switch back and forth', async () => {
      assert.deepEqual(await lines(root()), [extent(0, [['notLoaded', 3]])]);
      await stage.scene.expand();
      await (await stage.scene.organization()).projects.read();
      const before = stage.scene.sent.length;
      await vscode.commands.executeCommand('checkpointPermissions.projects.focus');
      await vscode.commands.executeCommand('checkpointPermissions.checkpoints.focus');
      await vscode.commands.executeCommand('checkpointPermissions.projects.focus');
      for (const node of await root()) await tree.getChildren(node);
      assert.equal(stage.scene.sent.length, before);
    });

    it('with a note on missing lists, for all and under each project', async () => {
      await stage.scene.expand();
      const [first] = await root();
      assert.ok(first);
      assert.equal((await lines(root()))[0], extent(1, [['notLoaded', 2]], Date.now()));
      assert.match(spoken(first), /press Enter to load all permissions$/);
      assert.equal(item(first).command?.command, 'checkpointPermissions.completeByProject');
      const node = await projectNode(one);
      assert.match(String(item(node).description), /^1 checkpoint · unknown for 2/);
      assert.match(spoken(node), /can use 1 checkpoint, unknown for 2 more, project ID /);
      const rows = await tree.getChildren(node);
      assert.deepEqual(rows.map(label), ['host-test', unknownRow(2).label]);
      assert.equal(spoken(rows[1] as ProjectsNode), unknownRow(2).spoken);
      assert.deepEqual(
        rows.map((row) => tree.getParent(row)),
        [node, node],
      );
    });

    it('by name with archived ones marked, once the names are loaded', async () => {
      const organization = await stage.scene.organization();
      await stage.scene.expand();
      await organization.projects.read();
      const [, without, first, second] = await root();
      assert.ok(without?.kind === 'without' && first && second);
      assert.deepEqual([label(first), label(second)], ['Anchors', 'Beacons']);
      assert.match(String(item(first).description), /archived/);
      assert.match(spoken(first), /^Project Anchors, archived/);
      assert.equal(item(second).description, '1 checkpoint · unknown for 2', 'the ID is in the tooltip');
      assert.ok(tooltip(second).includes(one));
    });

    it('with a note when a list failed, is old, or broke off, and keeps the others', async () => {
      stage.scene.emulator.fail({ endpoint: 'permissions.list', path: /step-24/ }, faults.status(403), 1);
      stage.scene.emulator.fail({ endpoint: 'permissions.list', path: /other/ }, cursorTraps.emptyPage, 1);
      await stage.scene.expand();
      await stage.scene.expand(step);
      await stage.scene.expand(other);
      const uncertain = [
        ['failed', 1],
        ['brokenOff', 1],
      ] as const;
      assert.equal((await lines(root()))[0], extent(1, uncertain, Date.now()));
      const { permissions } = await stage.scene.organization();
      permissions.changed(checkpoint);
      const [row] = await tree.getChildren(await projectNode(one));
      assert.ok(row);
      assert.match(String(item(row).description), /^loaded before your last change/);
      assert.match(spoken(row), /loaded before your last change/);
    });

    it('with a unique ID for every row, stable over redraws', async () => {
      await complete();
      // Names that load later change the order of projects.
      await (await stage.scene.organization()).projects.read();
      const all = async (): Promise<ProjectsNode[]> => {
        const rows = await root();
        const under = await Promise.all(rows.map((row) => tree.getChildren(row)));
        return [...rows, ...under.flat()];
      };
      const ids = (await all()).map((node) => item(node).id);
      assert.equal(new Set(ids).size, ids.length);
      assert.equal(ids.length, 2 + 2 + 3);
      assert.deepEqual(
        (await all()).map((node) => item(node).id),
        ids,
      );
      for (const node of await all()) assert.doesNotMatch(spoken(node), /undefined|\[object|^$/);
    });

    it('with a tooltip for every row that says more than the row', async () => {
      await stage.scene.expand();
      await (await stage.scene.organization()).projects.read();
      const rows = await root();
      const under = await tree.getChildren(await projectNode(one));
      assert.deepEqual(
        [...rows, ...under].map(({ kind }) => kind),
        ['extent', 'without', 'project', 'project', 'permission', 'notKnown'],
      );
      for (const node of [...rows, ...under]) {
        const text = tooltip(node);
        assert.ok(text.length > label(node).length, text);
        assert.doesNotMatch(text, /undefined|\[object/);
      }
    });

    it('redraws when a list is loaded', async () => {
      await root();
      const changed = () =>
        new Promise<void>((resolve) => {
          const subscription = tree.onDidChangeTreeData(() => {
            subscription.dispose();
            resolve();
          });
        });
      const drawn = changed();
      await stage.scene.expand();
      await drawn;
    });

    it('with ages that grow without any input', async () => {
      let now = Date.now();
      const { services } = stage.scene;
      // The class of the shipped bundle, whose lazy imports resolve.
      const Own = tree.constructor as typeof ProjectsTree;
      const aging = new Own(services.current, services.projectsFilter, () => now);
      try {
        await stage.scene.expand();
        const first = async () => {
          const [node] = await aging.getChildren();
          return node ? String(aging.getTreeItem(node).description) : '';
        };
        assert.match(await first(), /oldest loaded just now/);
        let drawn = 0;
        const redrawn = new Promise<void>((resolve) => {
          aging.onDidChangeTreeData(() => {
            drawn += 1;
            resolve();
          });
        });
        aging.redrawAged();
        assert.equal(drawn, 0);
        now += 10 * 60_000;
        aging.redrawAged();
        await redrawn;
        assert.match(await first(), /oldest loaded 10 minutes ago/);
      } finally {
        aging.dispose();
      }
    });

    it('nothing of another organization', async () => {
      await stage.scene.expand();
      assert.equal((await root()).length, 4);
      await run('exploreSample');
      assert.match(
        (await lines(root())).join(),
        /^Based on 0 of (\d+) checkpoints · \1 not loaded · owner unknown for \1$/,
      );
      await run('leaveSample');
    });
  });

  describe('Filter Projects…', () => {
    const shown = async () =>
      (await root()).filter(({ kind }) => kind === 'project').map((node) => label(node));
    const message = () => stage.scene.services.projects.message ?? '';

    beforeEach(async () => {
      await complete();
      await (await stage.scene.organization()).projects.read();
    });
    afterEach(() => run('clearProjectsFilter'));

    it('finds projects by name, ID, and checkpoint, says so above the rows, and sends nothing', async () => {
      const sent = stage.scene.sent.length;
      assert.deepEqual(await shown(), ['Anchors', 'Beacons']);
      for (const [text, found] of [
        ['beac', ['Beacons']],
        [two, ['Anchors']],
        ['step-24', ['Beacons']],
        ['host test', ['Anchors', 'Beacons']],
        ['nothing of all this', []],
      ] as const) {
        stage.person.types(text);
        await run('filterProjects');
        assert.deepEqual(await shown(), found, text);
        const extent = tree.extent;
        assert.ok(extent);
        assert.equal(message(), projectsMessage(text, extent));
        assert.match(message(), /of 2 shown/);
      }
      await run('clearProjectsFilter');
      assert.deepEqual([await shown(), message()], [['Anchors', 'Beacons'], '']);
      assert.equal(stage.scene.sent.length, sent);
    });

    it('canceled restores the filter before, and never stores a key', async () => {
      stage.person.types('beac');
      await run('filterProjects');
      stage.person.cancels();
      await run('filterProjects');
      assert.deepEqual(await shown(), ['Beacons']);
      stage.person.types('sk-' + 'admin-made-up-for-this-test-0123456789');
      await run('filterProjects');
      assert.equal(stage.person.told.at(-1), filterQuestion.noKey);
      assert.deepEqual(await shown(), ['Beacons']);
    });

    it('leaves the filter of the checkpoints alone', async () => {
      const organization = await stage.scene.organization();
      stage.person.types('beac');
      await run('filterProjects');
      assert.deepEqual(stage.scene.services.choices.filterOf(organization), {});
      await run('clearFilter');
      assert.deepEqual(await shown(), ['Beacons']);
    });
  });

  describe('Revoke All Access…', () => {
    const loads = () => stage.scene.sent.filter((each) => each === 'GET permissions.list').length;
    const modal = () => stage.person.shown.findLast(({ kind }) => kind === 'modal')?.text ?? '';

    it('of a project is one plan over every checkpoint in the list', async () => {
      await complete();
      stage.person.presses('Revoke');
      await run('revokeAll', await projectNode(one));
      assertSays(modal(), `${checkpoint}\n`, `${step}\n`, newIdWhenGrantedAgain);
      assertSays(modal(), 'may own other, whose owner is unknown');
      assert.deepEqual(stage.scene.projectsOnServer(), [two]);
      assert.deepEqual(stage.scene.projectsOnServer(step), []);
      assert.deepEqual(stage.scene.changes, ['DELETE permissions.delete', 'DELETE permissions.delete']);
    });

    it('revokes a second permission of the project, too, which is on a page that was not loaded', async () => {
      const { organization } = stage.scene.emulator;
      const many = Array.from(
        { length: 110 },
        (_, index) => organization.state.addProject(`Many ${index}`).id,
      );
      organization.addCheckpoint(step, { permissions: [one, ...many] });
      const found = organization.state.checkpoints.get(step);
      assert.ok(found);
      organization.state.addPermission(found, one);
      await stage.scene.expand();
      stage.person.presses(revokingAll.loadButton).presses('Revoke');
      await run('revokeAll', await projectNode(one));
      assert.deepEqual(stage.scene.projectsOnServer(step), many);
    });

    it('of several selected projects is one plan, too', async () => {
      await complete();
      const nodes = [await projectNode(one), await projectNode(two)];
      stage.person.presses('Revoke');
      await run('revokeAll', nodes[0], nodes);
      assert.deepEqual([stage.scene.projectsOnServer(), stage.scene.projectsOnServer(step)], [[], []]);
    });

    it('says the cost before it loads what is not current, and canceled it sends nothing', async () => {
      await stage.scene.expand();
      const before = loads();
      stage.person.picks(['Beacons']).cancels();
      await run('revokeAll');
      assert.equal(loads(), before);
      assertSays(modal(), revokingAll.find(await stage.scene.organization(), [one]), planComesFirst(2));
      stage.person.picks(['Beacons']).presses(revokingAll.loadButton).presses('Revoke');
      await run('revokeAll');
      assert.equal(stage.scene.projectsOnServer(step).length, 0, 'found, although it was not loaded');
      assert.deepEqual(stage.scene.projectsOnServer(), [two]);
    });

    it('says which checkpoint could not be loaded, and what the project owns', async () => {
      await stage.scene.expand();
      const organization = await stage.scene.organization();
      await organization.catalog.add([{ id: other, findings: [], owner: one }]);
      const node = await projectNode(one);
      stage.scene.emulator.fail({ endpoint: 'permissions.list', path: /step-24/ }, faults.status(403), 1);
      stage.person.presses(revokingAll.loadButton).presses('Revoke');
      await run('revokeAll', node);
      assertSays(modal(), revokingAll.owns(organization, one, other), `Skipped ${checkpointName(step)}`);
      assert.deepEqual(stage.scene.projectsOnServer(), [two]);
      assert.deepEqual(stage.scene.projectsOnServer(step), [one]);
    });

    it('says when there is nothing to revoke', async () => {
      await complete();
      const { organization } = stage.scene.emulator;
      organization.state.addProject('Zero');
      await (await stage.scene.organization()).projects.readAgain();
      stage.person.picks(['Zero']);
      await run('revokeAll');
      assert.match(stage.person.told.at(-1) ?? '', /^Zero has no permission for a checkpoint in your list\./);
      assert.deepEqual(stage.scene.changes, []);
    });
  });

  describe('Load All Permissions…', () => {
    it('says the cost before the first request, then loads what is missing', async () => {
      await stage.scene.expand();
      const { organization } = stage.scene.emulator;
      organization.addCheckpoint(other, { permissions: 150 });
      stage.person.cancels();
      await run('completeByProject');
      const before = stage.scene.sent.filter((each) => each === 'GET permissions.list').length;
      assert.equal(before, 1, 'cancelled it sends nothing');
      const [modal] = stage.person.shown;
      const { question } = loadAllQuestion(2, '', false);
      assert.ok(modal?.text.startsWith(`${question}\nAt least 2 requests`), modal?.text);
      assert.match(modal?.text ?? '', /more than 100 permissions take one more/);
      await complete();
      const after = stage.scene.sent.filter((each) => each === 'GET permissions.list').length;
      assert.equal(after - before, 1 + 2 + 1, 'the first of two pages is compared at the end');
      assert.equal((await lines(root()))[0], extent(3, [], Date.now()));
      assert.deepEqual((await tree.getChildren(await projectNode(one))).map(label), [
        'host-test',
        'host-test · step 24',
      ]);
      await run('completeByProject');
      assert.equal(stage.person.told.at(-1), nothingToLoad(3));
      assert.deepEqual(stage.scene.changes, []);
    });

    it('estimates the time when it takes long', async () => {
      const ids = Array.from({ length: 20 }, (_, index) => `ft:my-model:harbor-labs:many-${index}:Mm1Aa2Nn`);
      await (await stage.scene.organization()).catalog.add(ids);
      stage.person.cancels();
      await run('completeByProject');
      assert.match(stage.person.shown[0]?.text ?? '', /At least 23 requests \(about 3–4 minutes/);
    });

    it('names each checkpoint that fails, and completes the others', async () => {
      stage.scene.emulator.fail({ endpoint: 'permissions.list', path: /step-24/ }, faults.status(403), 1);
      await complete();
      const told = stage.person.told.at(-1) ?? '';
      assert.ok(told.startsWith(`${allLoaded(2, 3, false)}. ${checkpointName(step)}: `), told);
      assert.equal((await lines(root()))[0], extent(2, [['failed', 1]], Date.now()));
      const { rows } = await stage.scene.expand(step);
      assert.deepEqual(
        rows.map(({ kind }) => kind),
        ['failure'],
        'the other view says so as well',
      );
    });

    it('stops when it is canceled, and keeps loaded lists', async () => {
      const { emulator } = stage.scene;
      await stage.scene.expand();
      const gate = emulator.hold('permissions.list');
      const restore = cancelProgressWhen(emulator.requested(3, 'permissions.list'));
      try {
        await complete();
      } finally {
        restore();
        gate.release();
      }
      assert.match((await lines(root()))[0] ?? '', /^Based on 1 of 3 checkpoints/);
      assert.deepEqual(stage.person.told, [], 'nothing failed');
    });
  });

  describe('commands on its rows', () => {
    beforeEach(() => complete());

    async function grantOf(project: string): Promise<PermissionNode> {
      const [row] = await tree.getChildren(await projectNode(project));
      assert.ok(row?.kind === 'permission');
      return row;
    }

    it('Copy', async () => {
      const row = await grantOf(one);
      await run('copyCheckpointId', row);
      assert.equal(await vscode.env.clipboard.readText(), checkpoint);
      await run('copyPermissionId', row);
      assert.equal(await vscode.env.clipboard.readText(), row.permission.id);
      await run('copyProjectId', await projectNode(two));
      assert.equal(await vscode.env.clipboard.readText(), two);
      await run('copyPermissionId', await projectNode(one));
      assert.equal(
        await vscode.env.clipboard.readText(),
        one,
        'the key copies the id of whatever row it is on',
      );
    });

    it('Revoke Access… revokes the permission of the row', async () => {
      const row = await grantOf(one);
      stage.person.presses('Revoke');
      await run('revoke', row);
      assert.deepEqual(stage.scene.projectsOnServer(), [two]);
      assert.deepEqual((await tree.getChildren(await projectNode(one))).map(label), ['host-test · step 24']);
    });

    it('Grant Access… asks for the checkpoints', async () => {
      stage.person.picks(['other', 'host-test · step 24']).presses('Grant');
      await run('grant', await projectNode(one));
      assert.deepEqual(stage.scene.projectsOnServer(other), [one]);
      assert.deepEqual(stage.scene.changes.length, 1, 'it has the step already');
      assert.deepEqual((await tree.getChildren(await projectNode(one))).map(label), [
        'host-test',
        'host-test · step 24',
        'other',
      ]);
    });

    it('Grant Access… of an archived project sends nothing and says why', async () => {
      stage.person.picks(['other']);
      await run('grant', await projectNode(two));
      assert.match(stage.person.told.at(-1) ?? '', /Nothing was sent\. .*archived/);
      assert.deepEqual(stage.scene.changes, []);
    });

    it('Grant Access… canceled grants nothing', async () => {
      stage.person.cancels();
      await run('grant', await projectNode(two));
      assert.deepEqual(stage.scene.changes, []);
    });

    it('of another organization do nothing', async () => {
      const row = await grantOf(one);
      await run('exploreSample');
      await run('revoke', row);
      assert.match(stage.person.told.at(-1) ?? '', /You switched organizations or keys/);
      await run('leaveSample');
      assert.deepEqual(stage.scene.changes, []);
    });
  });

  describe('Filter by Project…', () => {
    const shownNow = async () => {
      const nodes = await stage.scene.services.tree.getChildren();
      return nodes.map((node) => stage.scene.services.tree.getTreeItem(node));
    };
    const labels = async () => (await shownNow()).map((each) => String(each.label));
    const message = () => stage.scene.services.view.message ?? '';
    /** A hidden view updates its message when its rows are requested. */
    const messageSays = async (words: string): Promise<void> => {
      await stage.scene.services.tree.getChildren();
      assert.ok(message().includes(words), message());
    };
    const asked = () =>
      stage.scene.emulator.requests.filter(({ query }) => query.project_id !== undefined).length;

    it('Truth 2: asks for the project by name, says the cost, requests unknown access, and never shows the rest as “no”', async () => {
      await stage.scene.expand();
      stage.person.picks(['Beacons']).presses(checkButton);
      await run('filterByProject');
      assert.equal(asked(), 2, 'one is known already');
      const { question } = checkProjectQuestion('“Beacons”', 2, '');
      const modal = stage.person.shown.find(({ kind }) => kind === 'modal')?.text ?? '';
      assert.ok(modal.startsWith(`${question}\nAt least 2 requests`), modal);
      assert.deepEqual(await labels(), ['host-test', 'host-test · step 24']);
      const by = filterInWords({ project: '“Beacons”' });
      await messageSays(
        `Filtered by ${by}: 2 of 3 shown. The project may own 1 hidden checkpoint, whose owner is unknown. The oldest data was loaded just now.`,
      );
      stage.person.picks(['Beacons']);
      await run('filterByProject');
      assert.equal(asked(), 2, 'known now');
      await run('clearFilter');
      assert.equal((await labels()).length, 3);
    });

    it('shows unknown access as unknown, without a request', async () => {
      stage.person.picks(['Anchors']).presses(filterWithoutChecking);
      await run('filterByProject');
      assert.equal(asked(), 0);
      assert.deepEqual(await labels(), ['host-test', 'host-test · step 24', 'other']);
      await messageSays('3 of 3 shown. Access is unknown for 3 of them.');
      for (const each of await shownNow()) {
        assert.ok(String(each.description).startsWith(`${accessUnknown(false)} · `));
        assert.ok(each.accessibilityInformation?.label.includes(accessUnknown(false)));
      }
    });

    it('names the checkpoints that failed, and shows them as unknown', async () => {
      stage.scene.emulator.fail({ endpoint: 'permissions.list', path: /step-24/ }, faults.status(403), 1);
      await complete();
      stage.scene.emulator.fail({ endpoint: 'permissions.list', path: /step-24/ }, faults.status(403), 1);
      stage.person.presses(checkButton);
      await run('filterByProject', await projectNode(two));
      const told = stage.person.told.at(-1) ?? '';
      assert.ok(told.startsWith(`${notChecked(1, 1, checkpointName(step))}: `), told);
      assert.deepEqual(await labels(), ['host-test', 'host-test · step 24']);
      assert.ok(String((await shownNow())[1]?.description).startsWith(`${accessUnknown(true)} · `));
      await messageSays('2 of 3 shown. Access is unknown for 1 of them.');
    });

    it('canceled at each step sends nothing and changes nothing', async () => {
      stage.person.cancels();
      await run('filterByProject');
      stage.person.picks(['Beacons']).cancels();
      await run('filterByProject');
      assert.equal(asked(), 0);
      assert.equal((await labels()).length, 3);
      assert.equal(message(), '');
    });

    it('canceled during requests shows the responses so far', async () => {
      const { emulator } = stage.scene;
      await stage.scene.expand();
      const gate = emulator.hold('permissions.list');
      const restore = cancelProgressWhen(emulator.requested(3, 'permissions.list'));
      stage.person.picks(['Anchors']).presses(checkButton);
      try {
        await run('filterByProject');
      } finally {
        restore();
        gate.release();
      }
      await messageSays('3 of 3 shown. Access is unknown for 2 of them.');
    });
  });
});

/** Cancels the next cancellable notification after a condition. Returns a function that restores the window. */
function cancelProgressWhen(happened: Promise<unknown>): () => void {
  const { withProgress } = vscode.window;
  const window = vscode.window as { withProgress: unknown };
  window.withProgress = (
    options: vscode.ProgressOptions,
    work: (progress: unknown, token: vscode.CancellationToken) => Thenable<unknown>,
  ) => {
    if (!options.cancellable) return withProgress(options, work as never);
    const source = new vscode.CancellationTokenSource();
    void happened.then(() => source.cancel());
    return work({ report: () => undefined }, source.token);
  };
  return () => {
    window.withProgress = withProgress;
  };
}

import assert from 'node:assert/strict';
import { noLongerStaged } from '../../src/words/changes';
import { faults } from '../emulator';
import { checkpoint, run, step, useStage } from './support/extension';

const ended = 'ft:gpt-3.5-turbo-0125:harbor-labs:bygone:Bb1Yy2Gg';

describe('Review Access…', () => {
  const stage = useStage(3);
  const picker = () => stage.person.shown.findLast(({ kind }) => kind === 'picker');
  const rows = () => picker()?.rows ?? [];
  const usageReads = () =>
    stage.scene.requests.filter(({ endpoint }) => endpoint === 'usage.completions').length;
  const listReads = () =>
    stage.scene.requests.filter(({ endpoint }) => endpoint === 'permissions.list').length;
  /** Reads what a test needs, as a person does who unfolds everything. */
  async function readLists(): Promise<void> {
    const { catalog, permissions } = await stage.scene.organization();
    for (const id of catalog.ids) await permissions.readAll(id);
  }
  async function addEnded(): Promise<string> {
    const { organization } = stage.scene.emulator;
    const project = organization.state.addProject('Bygone users').id;
    organization.addCheckpoint(ended, { permissions: [project] });
    await (await stage.scene.organization()).catalog.add([ended]);
    return project;
  }

  it('reads projects and use, no list, and says what it did not look at and what that costs', async () => {
    stage.person.cancels();
    await run('reviewAccess');
    assert.equal(usageReads(), 3);
    assert.equal(listReads(), 0);
    assert.ok(stage.scene.sentForNames > 0);
    assert.match(picker()?.text ?? '', /Nothing found in 0 grants that were read; 2 things not reviewed/);
    assert.equal(rows()[0], '[Not reviewed: tick to read it first]');
    assert.match(
      rows()[1] ?? '',
      /^\$\(question\) host-test: its permissions were not read · ft:\S+ · At least 1 request$/,
    );
    stage.person.cancels();
    await run('reviewAccess');
    assert.equal(usageReads(), 3, 'use is kept for a while');
    assert.deepEqual(stage.scene.changes, []);
  });

  it('reads what is ticked first, then shows again, and stages revokes that are previewed', async () => {
    const project = await addEnded();
    const { person, scene } = stage;
    const { staged } = await scene.organization();
    person.picks((label) => label.includes('bygone')).picks((label) => label === 'Bygone users · bygone');
    // The preview is given up.
    person.willPressInMessage('Preview Now').cancels();
    const previewed = new Promise<void>((resolve) => {
      person.onAsked = (text) => {
        if (text.startsWith('Revoke 1 permission')) resolve();
      };
    });
    await run('reviewAccess');
    await previewed;
    assert.equal(listReads(), 1);
    assert.ok(rows().includes('[Model has ended]'));
    assert.match(
      rows().join('\n'),
      /Bygone users · bygone · ft:.* · cp_\w+ · Its model ended 23 Oct 2026\. Permissions as read/,
    );
    assert.deepEqual(staged.changes, [{ checkpoint: ended, project, action: 'revoke' }]);
    assert.match(person.told.join(), /Staged 1 revoke\. Nothing was sent yet\./);
    assert.deepEqual(scene.changes, []);
    staged.clear();
  });

  it('has what was not reviewed below what it found', async () => {
    await addEnded();
    await (await stage.scene.organization()).permissions.readAll(ended);
    stage.person.cancels();
    await run('reviewAccess');
    const [first, ...rest] = rows();
    assert.equal(first, '[Model has ended]');
    const gaps = rest.indexOf('[Not reviewed: tick to read it first]');
    assert.ok(gaps > 0);
    assert.ok(rest.slice(gaps + 1).every((row) => row.startsWith('$(question)')));
    assert.ok(rest.slice(0, gaps).every((row) => !row.startsWith('$(question)')));
  });

  it('previews and takes back nothing that was staged for another purpose', async () => {
    const project = await addEnded();
    await readLists();
    const { person, scene } = stage;
    const { staged } = await scene.organization();
    const other = { checkpoint: step, project: scene.newProject(), action: 'grant' } as const;
    staged.stage([other]);
    person
      .picks((label) => label === 'Bygone users · bygone')
      .willPressInMessage('Preview Now')
      .cancels();
    const previewed = new Promise<void>((resolve) => {
      person.onAsked = (text) => {
        if (text.startsWith('Revoke 1 permission for bygone?')) resolve();
      };
    });
    await run('reviewAccess');
    await previewed;
    assert.match(
      person.told.join(),
      /Staged 1 revoke, besides 1 change staged before\. Nothing was sent yet\./,
    );
    const modal = person.shown.findLast(({ kind }) => kind === 'modal')?.text ?? '';
    assert.match(modal, /1 other change stays staged and isn't part of this plan\./);
    assert.ok(!modal.includes(other.project), modal);

    // What the matrix had staged is not the review's to take back, though it found the same.
    person.picks((label) => label === 'Bygone users · bygone');
    await run('reviewAccess');
    assert.deepEqual(person.shown.findLast(({ text }) => text.startsWith('Staged'))?.buttons, [
      'Preview Now',
    ]);
    assert.deepEqual(staged.changes, [other, { checkpoint: ended, project, action: 'revoke' }]);
    staged.clear();
  });

  it('says so where nothing of it is staged any more', async () => {
    await addEnded();
    await readLists();
    const { person, scene } = stage;
    const { staged } = await scene.organization();
    person.picks((label) => label === 'Bygone users · bygone').willPressInMessage('Preview Now');
    const told = new Promise<string>((resolve) => {
      person.onTold = (text) => {
        // Taken back in the matrix, before the button was pressed.
        if (text.startsWith('Staged')) staged.clear();
        else resolve(text);
      };
    });
    await run('reviewAccess');
    assert.equal(await told, noLongerStaged);
  });

  it('applies what was staged, stages it no more, and the history knows who did it', async () => {
    await addEnded();
    await readLists();
    const { person, scene } = stage;
    const organization = await scene.organization();
    person.picks((label) => label === 'Bygone users · bygone').willPressInMessage('Preview Now');
    person.presses('Revoke');
    const settled = new Promise<void>((resolve) => {
      const stop = organization.staged.onDidChange(() => {
        if (organization.staged.size > 0) return;
        stop();
        resolve();
      });
    });
    await run('reviewAccess');
    await settled;
    assert.deepEqual(scene.changes, ['DELETE permissions.delete']);
    assert.deepEqual(scene.projectsOnServer(ended), []);
    const historyTree = await scene.services.history.open();
    const [node] = await historyTree.getChildren();
    assert.ok(node);
    const { label, description } = historyTree.getTreeItem(node);
    assert.equal(label, 'Bygone users · bygone');
    assert.match(String(description), /^revoked just now · .*, by this computer/);
  });

  it('can take back what it staged', async () => {
    await addEnded();
    await readLists();
    const { staged } = await stage.scene.organization();
    stage.person.picks((label) => label === 'Bygone users · bygone').willPressInMessage('Take Back');
    const emptied = new Promise<void>((resolve) => {
      const stop = staged.onDidChange(() => {
        if (staged.size > 0) return;
        stop();
        resolve();
      });
    });
    await run('reviewAccess');
    await emptied;
  });

  it('says in words that use or projects could not be read, and finds the rest all the same', async () => {
    await addEnded();
    await readLists();
    stage.scene.emulator.fail('usage.completions', faults.status(403));
    stage.scene.emulator.fail('projects.list', faults.status(403));
    stage.person.cancels();
    await run('reviewAccess');
    const words = rows().join('\n');
    assert.match(words, /Which grants are not used: use could not be read: The key is not allowed/);
    assert.match(words, /the list of projects could not be read: The key is not allowed/);
    assert.match(words, /Its model ended 23 Oct 2026/);
  });

  it('stages nothing when it is given up', async () => {
    await addEnded();
    await readLists();
    stage.person.cancels();
    await run('reviewAccess');
    assert.equal((await stage.scene.organization()).staged.size, 0);
    assert.deepEqual(stage.person.told, []);
  });

  it('finds grants that nobody uses, and shows a hostile project as harmless words', async () => {
    const { organization } = stage.scene.emulator;
    const hostile = `[x](command:evil) $(bug) \u202egnp \u001b[31m ${'x'.repeat(10_000)}`;
    const { id } = organization.state.addProject(hostile);
    organization.addCheckpoint(ended, { permissions: [id], isUsed: false });
    await (await stage.scene.organization()).catalog.add([ended]);
    await readLists();
    stage.person.cancels();
    await run('reviewAccess');
    assert.ok(rows().includes('[Not used for 90 days or more]'));
    const own = rows().filter((row) => row.includes('bygone'));
    assert.ok(own.length > 0);
    for (const row of own) {
      assert.doesNotMatch(row, /\$\(bug\)|\]\(|[\p{Cc}\u202e]/u);
      assert.ok(row.length < 600);
    }
    assert.equal(rows().filter((row) => row.includes(checkpoint) || row.includes(step)).length > 0, true);
  });
});

import assert from 'node:assert/strict';
import type { Finding } from '../../src/access/evidence/review/finding';
import { noLongerStaged } from '../../src/words/changes';
import { checkpointName } from '../../src/words/names';
import {
  findingKindInWords,
  notReviewedInWords,
  reasonInWords,
  reviewInShort,
  reviewTexts,
  stagedInWords,
} from '../../src/words/review';
import { buttons } from '../../src/words/titles';
import { faults } from '../emulator';
import { checkpoint, run, step, useStage } from './support/extension';

const ended = 'ft:gpt-3.5-turbo-0125:harbor-labs:bygone:Bb1Yy2Gg';
const shutDown: Finding = {
  kind: 'shutDown',
  retirement: { endsOn: '2026-10-23', source: 'table' },
  checkpoint: ended,
  access: [],
  loadedAt: 0,
};

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
    const organization = await stage.scene.organization();
    const gaps = organization.catalog.ids.map(
      (id) =>
        ({
          about: 'checkpoint',
          checkpoint: id,
          standing: organization.standingOf(id),
          requests: 1,
        }) as const,
    );
    const short = reviewInShort({ findings: [], permissions: 0, notReviewed: gaps, at: 0 });
    assert.ok(picker()?.text.includes(short), picker()?.text);
    const [title, ...others] = rows();
    assert.equal(title, `[${reviewTexts.notReviewed}]`);
    assert.deepEqual(
      others.map((row) => row.replace(/ · [^·]*$/, '')),
      gaps.map((gap) => `$(question) ${notReviewedInWords(gap, checkpointName, 0)} · ${gap.checkpoint}`),
    );
    assert.ok(
      others.every((row) => / 1 request$/.test(row)),
      'what that costs',
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
    person.willPressInMessage(reviewTexts.preview).cancels();
    const previewed = new Promise<void>((resolve) => {
      person.onAsked = (text) => {
        if (text.startsWith('Revoke 1 permission')) resolve();
      };
    });
    await run('reviewAccess');
    await previewed;
    assert.equal(listReads(), 1);
    assert.ok(rows().includes(`[${findingKindInWords.shutDown}]`));
    const reason = reasonInWords(shutDown, (id) => id, Date.now());
    assert.match(
      rows().join('\n'),
      new RegExp(`Bygone users · bygone · ft:.* · cp_\\w+ · ${reason} · permissions loaded just now`),
    );
    assert.deepEqual(staged.changes, [{ checkpoint: ended, project, action: 'revoke' }]);
    assert.ok(person.told.join().includes(stagedInWords(1, 0)));
    assert.deepEqual(scene.changes, []);
    staged.clear();
  });

  it('has what was not reviewed below what it found', async () => {
    await addEnded();
    await (await stage.scene.organization()).permissions.readAll(ended);
    stage.person.cancels();
    await run('reviewAccess');
    const [first, ...rest] = rows();
    assert.equal(first, `[${findingKindInWords.shutDown}]`);
    const gaps = rest.indexOf(`[${reviewTexts.notReviewed}]`);
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
      .willPressInMessage(reviewTexts.preview)
      .cancels();
    const previewed = new Promise<void>((resolve) => {
      person.onAsked = (text) => {
        if (text.startsWith('Revoke 1 permission for bygone?')) resolve();
      };
    });
    await run('reviewAccess');
    await previewed;
    assert.ok(person.told.join().includes(stagedInWords(1, 1)));
    const modal = person.shown.findLast(({ kind }) => kind === 'modal')?.text ?? '';
    assert.match(modal, /1 other change stays staged and isn't part of this plan\./);
    assert.ok(!modal.includes(other.project), modal);

    // What the matrix had staged is not the review's to take back, though it found the same.
    person.picks((label) => label === 'Bygone users · bygone');
    await run('reviewAccess');
    assert.deepEqual(person.shown.findLast(({ text }) => text.startsWith('Staged'))?.buttons, [
      reviewTexts.preview,
    ]);
    assert.deepEqual(staged.changes, [other, { checkpoint: ended, project, action: 'revoke' }]);
    staged.clear();
  });

  it('says so where nothing of it is staged any more', async () => {
    await addEnded();
    await readLists();
    const { person, scene } = stage;
    const { staged } = await scene.organization();
    person.picks((label) => label === 'Bygone users · bygone').willPressInMessage(reviewTexts.preview);
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
    person.picks((label) => label === 'Bygone users · bygone').willPressInMessage(reviewTexts.preview);
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
    assert.match(String(description), /^revoked just now · .*, on this computer/);
  });

  it('can take back what it staged', async () => {
    await addEnded();
    await readLists();
    const { staged } = await stage.scene.organization();
    stage.person.picks((label) => label === 'Bygone users · bygone').willPressInMessage(buttons.undo);
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

  it('says in words that usage data or projects could not be loaded, and finds the rest all the same', async () => {
    await addEnded();
    await readLists();
    stage.scene.emulator.fail('usage.completions', faults.status(403));
    stage.scene.emulator.fail('projects.list', faults.status(403));
    stage.person.cancels();
    await run('reviewAccess');
    const { projectsStanding } = await stage.scene.organization();
    assert.equal(projectsStanding.state, 'failed');
    // The error is of the extension's own client, so only the extension can tell what it is.
    const { failure: _, ...standing } = projectsStanding;
    const projects = { about: 'projects', standing, requests: 1 } as const;
    const use = { about: 'usage', why: 'failed', error: undefined, requests: 3 } as const;
    const words = rows().join('\n');
    const why = 'Project does not have access to this model';
    const isTold = (beginning: string) =>
      rows().some((row) => row.startsWith(`$(question) ${beginning} `) && row.includes(why));
    assert.ok(isTold(notReviewedInWords(projects, checkpointName, 0)), words);
    const [whatOfUse] = notReviewedInWords(use, checkpointName, 0).split('. ');
    assert.ok(isTold(`${whatOfUse}.`), words);
    assert.ok(words.includes(reasonInWords(shutDown, (id) => id, Date.now())));
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
    assert.ok(rows().includes(`[${findingKindInWords.unused90}]`));
    const own = rows().filter((row) => row.includes('bygone'));
    assert.ok(own.length > 0);
    for (const row of own) {
      assert.doesNotMatch(row, /\$\(bug\)|\]\(|[\p{Cc}\u202e]/u);
      assert.ok(row.length < 600);
    }
    assert.equal(rows().filter((row) => row.includes(checkpoint) || row.includes(step)).length > 0, true);
  });
});

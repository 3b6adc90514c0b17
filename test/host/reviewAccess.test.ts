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
  shutdown: { shutsDownOn: '2026-10-23', source: 'table' },
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
  /** Loads every list, as expanding every row does. */
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

  it('loads projects and usage, no lists, and says what was not reviewed and its cost', async () => {
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
    const owners = { about: 'owners', checkpoints: gaps.length, requests: 0 } as const;
    const short = reviewInShort({ findings: [], permissions: 0, notReviewed: [...gaps, owners], at: 0 });
    assert.ok(picker()?.text.includes(short), picker()?.text);
    const [title, ofOwners, ...others] = rows();
    assert.equal(title, `[${reviewTexts.notReviewed}]`);
    assert.ok(ofOwners?.includes(notReviewedInWords(owners, checkpointName, 0)), ofOwners);
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

  it('loads selected lists, shows the review again, and stages revokes that are previewed', async () => {
    const project = await addEnded();
    const { person, scene } = stage;
    const { staged } = await scene.organization();
    person.picks((label) => label.includes('bygone')).picks((label) => label === 'Bygone users · bygone');
    // The preview is canceled.
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

  it('shows what was not reviewed below the findings', async () => {
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

  it('previews and unstages only its own changes', async () => {
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

    // A change staged in the matrix stays, though the review has the same finding.
    person.picks((label) => label === 'Bygone users · bygone');
    await run('reviewAccess');
    assert.deepEqual(person.shown.findLast(({ text }) => text.startsWith('Staged'))?.buttons, [
      reviewTexts.preview,
    ]);
    assert.deepEqual(staged.changes, [other, { checkpoint: ended, project, action: 'revoke' }]);
    staged.clear();
  });

  it('says when none of its changes is staged any more', async () => {
    await addEnded();
    await readLists();
    const { person, scene } = stage;
    const { staged } = await scene.organization();
    person.picks((label) => label === 'Bygone users · bygone').willPressInMessage(reviewTexts.preview);
    const told = new Promise<string>((resolve) => {
      person.onTold = (text) => {
        // Unstaged in the matrix before the button was pressed.
        if (text.startsWith('Staged')) staged.clear();
        else resolve(text);
      };
    });
    await run('reviewAccess');
    assert.equal(await told, noLongerStaged);
  });

  it('applies staged revokes, unstages them, and the history names the actor', async () => {
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
  });

  it('can unstage its changes', async () => {
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

  it('says that usage data or projects could not be loaded, and shows the other findings', async () => {
    await addEnded();
    await readLists();
    stage.scene.emulator.fail('usage.completions', faults.status(403));
    stage.scene.emulator.fail('projects.list', faults.status(403));
    stage.person.cancels();
    await run('reviewAccess');
    const { projectsStanding } = await stage.scene.organization();
    assert.equal(projectsStanding.state, 'failed');
    // The error class belongs to the bundle, so only the extension recognizes it.
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

  it('stages nothing when canceled', async () => {
    await addEnded();
    await readLists();
    stage.person.cancels();
    await run('reviewAccess');
    assert.equal((await stage.scene.organization()).staged.size, 0);
    assert.deepEqual(stage.person.told, []);
  });

  it('finds unused permissions, and escapes a hostile project', async () => {
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

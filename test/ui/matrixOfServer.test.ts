import assert from 'node:assert/strict';
import { metadata } from '../../src/text/lists';
import { accessPage } from '../../src/words/accessPage';
import {
  checkpointsWithAccess,
  matrixPage,
  progressInWords,
  refusalsInWords,
  stagedCount,
  stagedOwnersUnknown,
} from '../../src/words/matrix';
import { faults } from '../emulator';
import { paletteTitleOf } from '../titles';
import { setUp, useEmulator } from './support';

const model = 'ft:gpt-4.1-2025-04-14:harbor-labs:slow-bot:Ca1Na2Ry';
const checkpoints = [model, `${model}:ckpt-step-8`, `${model}:ckpt-step-16`];

const nothingStaged = stagedCount({ grants: 0, revokes: 0 });

/** How far loading three checkpoints has come. */
function progress(
  done: number,
  more: { readonly isStopped?: boolean; readonly failed?: number } = {},
): string {
  return progressInWords({ done, total: 3, failed: 0, isLoading: false, isStopped: false, ...more });
}

/** What somebody may call a project to break whatever shows it. */
const hostile = [
  '<img src=x onerror="document.title=1"><script>document.title=1</script>',
  '[click](command:checkpointPermissions.removeAdminKey) **bold** $(trash)',
  '\u001b[31mred\u001b[0m\nsecond line',
  'right\u202eot tfel\u202c',
  '=HYPERLINK("https://example.invalid","x")',
  'x'.repeat(10_000),
] as const;

describe('the access matrix of a server', () => {
  const { workbench, emulator } = useEmulator({ size: { width: 1280, height: 900 } });
  const matrix = () => workbench.matrix;
  const lists = () => emulator().requests.filter(({ endpoint }) => endpoint === 'permissions.list').length;

  before(async () => {
    const { organization } = emulator();
    for (const each of hostile) organization.state.addProject(each);
    for (const id of checkpoints) organization.addCheckpoint(id);
    const [project = ''] = [...organization.state.projects.values()].filter(
      (each) => each.name === hostile[0],
    );
    const first = organization.state.checkpoints.get(model);
    assert.ok(first && typeof project === 'object');
    organization.state.addPermission(first, project.id);
    await setUp(workbench, emulator().adminAPIKey, checkpoints);
    await workbench.tree('Checkpoints').row('slow-bot').waitFor();
  });

  it('says what is not known yet, can be cancelled, and reads what the person asks for', async () => {
    const gate = emulator().hold('permissions.list');
    await workbench.runCommand(paletteTitleOf('openAccess'));
    await matrix().waitFor();
    await matrix().searchAxis('projects', 'mobile app');
    await matrix().waitForCell('slow-bot', 'Mobile app', /^access unknown · loading$/);
    await matrix().waitForProgress(progress(0));
    await matrix().pressButton(accessPage.stop);
    await matrix().waitForProgress(progress(0, { isStopped: true }));
    await matrix().waitForCell('slow-bot', 'Mobile app', /^access unknown · loading stopped$/);
    gate.release();
    assert.equal(lists(), 3);
    await matrix().cell('slow-bot', 'Mobile app').click();
    await matrix().waitForRefusal(
      refusalsInWords([{ why: 'notLoaded', count: 1 }], () => ({
        checkpoint: 'slow-bot',
        project: 'Mobile app',
      })),
    );
    assert.equal(await matrix().staged(), nothingStaged);
    await matrix().pressButton(matrixPage.loadNow);
    await matrix().waitForCell('slow-bot', 'Mobile app', /^not granted, but may own the model$/);
  });

  it('counts with a plus while something is missing, and goes on where it was', async () => {
    const label = () => matrix().heading('Mobile app').getAttribute('aria-label');
    await matrix().waitForProgress(progress(1, { isStopped: true }));
    assert.equal(
      await label(),
      `Project Mobile app, ${checkpointsWithAccess({ number: 0, isWhole: false })}`,
    );
    await matrix().pressButton(accessPage.resume);
    await matrix().waitForProgress(progress(3));
    assert.equal(await label(), `Project Mobile app, ${checkpointsWithAccess({ number: 0, isWhole: true })}`);
    assert.equal(lists(), 6);
  });

  it('says what could not be read, and why', async () => {
    emulator().fail({ endpoint: 'permissions.list', path: /step-8/ }, faults.status(404), 1);
    await matrix().pressButton(accessPage.refresh);
    await matrix().waitForProgress(progress(3, { failed: 1 }));
    await matrix().waitForCell(
      'slow-bot · step 8',
      'Mobile app',
      /^not granted, but may own the model · the last refresh failed \(loaded .*\)$/,
    );
    await matrix()
      .heading(/^Checkpoint slow-bot · step 8, .*the last refresh failed/)
      .waitFor();
  });

  it('waits visibly for the rate limit', async () => {
    emulator().fail('permissions.list', faults.tooManyRequests({ retryAfter: 45 }), 1);
    await matrix().cell('slow-bot · step 8', 'Mobile app').click();
    await matrix().waitForStaged(metadata(stagedCount({ grants: 1, revokes: 0 }), stagedOwnersUnknown(1)));
    await matrix().pressButton(accessPage.refresh);
    await matrix().waitForProgress(/Waiting for the rate limit \(about \d+ seconds left\)/);
    await matrix().pressButton(accessPage.stop);
    await matrix().waitForProgress(/^Stopped · /);
    await matrix().pressButton(matrixPage.discard);
    await matrix().waitForStaged(nothingStaged);
  });

  it('shows hostile names as they are and does nothing of what they say', async () => {
    await matrix().searchAxis('projects', '');
    await matrix().pressButton(matrixPage.swap);
    const title = await matrix().evaluate<string>('document.title');
    for (const search of ['<img', 'command:', 'red', 'right', 'hyperlink', 'xxxxxxxx']) {
      await matrix().searchAxis('projects', search);
      const isFound = ([first]: readonly string[]) => first?.toLowerCase().includes(search) === true;
      await matrix().waitForHeadings('row', isFound);
      const [shown = ''] = await matrix().headings('row');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there.
      assert.doesNotMatch(shown, /[\u0000-\u001f\u202a-\u202e]/);
      assert.ok(shown.length <= 200);
      await matrix().grid.getByRole('gridcell').first().hover();
    }
    const seen = await matrix().evaluate<{
      foreign: number;
      title: string;
      overflow: number;
      highest: number;
    }>(`({
      foreign: [...document.querySelectorAll('main *')].filter((each) => /^(IMG|A|SCRIPT|IFRAME|B)$/.test(each.tagName) && !each.matches('#silent a')).length,
      title: document.title,
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      highest: Math.max(...[...document.querySelectorAll('[role=rowheader]')].map((each) => each.offsetHeight)),
    })`);
    assert.deepEqual(seen, { foreign: 0, title, overflow: 0, highest: 26 });
    await matrix().searchAxis('projects', '');
    await matrix().pressButton(matrixPage.swap);
    await matrix().searchAxis('projects', '<img');
    await matrix().waitForCell('slow-bot', hostile[0], /^has access, granted/);
    assert.deepEqual(await matrix().violations(), []);
    await workbench.screenshot('.vscode-test/pictures/matrix-hostile.png');
  });

  it('has a policy that lets nothing in from elsewhere', async () => {
    const refused = await matrix().evaluate<string[]>(`new Promise((resolve) => {
      const refused = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        refused.push(effectiveDirective);
        if (refused.length === 4) resolve(refused.sort());
      });
      const add = (name, set) => document.body.append(Object.assign(document.createElement(name), set));
      add('img', { src: 'https://example.invalid/x.png' });
      add('script', { textContent: 'document.title = 1' });
      add('style', { textContent: '* { color: red }' });
      fetch('https://example.invalid/').catch(() => undefined);
    })`);
    assert.deepEqual(refused, ['connect-src', 'img-src', 'script-src-elem', 'style-src-elem']);
  });
});

import assert from 'node:assert/strict';
import type { Organization } from '../../../src/access/organization';
import {
  type PageMessage,
  pageMessageText,
  parseHostMessage,
  parsePageMessage,
  type ShellUpdate,
} from '../../../src/protocol/accessPage';
import { PageSession } from '../../../src/views/access/pageSession';
import { type Emulator, startEmulator } from '../../emulator';
import { actions } from '../../tabDependencies';
import { organizationAt } from '../access/support';

const model = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:session:Zz9Yy8Xx';

describe('the session of an Access page', () => {
  let emulator: Emulator;
  let organization: Organization;
  let session: PageSession;
  let sent: PageMessage[];
  let asked: string[];

  const open = (startsStopped = false) => {
    session = new PageSession(
      'Named',
      {
        post: (message) => sent.push(JSON.parse(JSON.stringify(message))),
        schedule: (act) => {
          const alarm = setImmediate(act);
          return () => clearImmediate(alarm);
        },
        actionsOf: () => actions(),
        switchOrganization: () => asked.push('switch'),
        close: () => asked.push('close'),
      },
      startsStopped,
    );
  };
  const shells = (): ShellUpdate[] =>
    sent.flatMap((message) => (message.to === 'page' ? [message.update] : []));
  const ready = (tab = 'matrix') => session.receive({ to: 'page', request: { type: 'ready', tab } });
  const toMatrix = (request: unknown) => session.receive({ to: 'matrix', request });

  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());
  beforeEach(() => {
    emulator.reset();
    emulator.organization.addCheckpoint(model, { permissions: 2 });
    organization = organizationAt(emulator, [model]);
    sent = [];
    asked = [];
    open();
  });
  afterEach(() => {
    session.dispose();
    organization.dispose();
  });

  it('sends nothing before the page is ready, then its organization and the matrix, in valid messages', () => {
    session.bind(organization);
    session.show({ tab: 'history' });
    assert.deepEqual(sent, []);
    session.setVisible(true);
    ready();
    const [shell] = shells();
    assert.deepEqual(shell?.organization, { name: 'Named', isSample: false, use: 'inUse' });
    assert.equal(shell?.tab, 'history', 'what was asked for before is not lost');
    assert.ok(sent.some(({ to }) => to === 'matrix'));
    for (const message of sent) assert.ok(parsePageMessage(pageMessageText(message)));
  });

  it('sends a tab what it shows when it is first selected, also after its filter was set', async () => {
    session.bind(organization);
    session.setVisible(true);
    ready();
    session.show({ tab: 'explain', filter: { project: 'proj_a', checkpoint: model } });
    session.receive({ to: 'page', request: { type: 'tab', tab: 'explain' } });
    const explained = sent.filter(({ to }) => to === 'explain');
    assert.equal(explained.length, 1);
    assert.match(JSON.stringify(explained), /"shown"/);
    await emulator.idle();
  });

  it('loads lists only while a tab that shows them is visible', async () => {
    session.bind(organization);
    session.setVisible(true);
    ready('history');
    toMatrix({ type: 'visible', checkpoints: [0] });
    await emulator.idle();
    assert.deepEqual(emulator.requests, []);
    session.receive({ to: 'page', request: { type: 'tab', tab: 'permissions' } });
    await emulator.ended(1, 'permissions.list');
    const { length } = emulator.requests;
    for (const tab of ['matrix', 'findings', 'changes', 'history', 'permissions'])
      session.receive({ to: 'page', request: { type: 'tab', tab } });
    await emulator.idle();
    assert.equal(emulator.requests.length, length, 'changing tabs requests nothing');
  });

  it('of a restored window loads nothing until a person resumes', async () => {
    open(true);
    session.bind(organization);
    session.setVisible(true);
    ready();
    toMatrix({ type: 'visible', checkpoints: [0] });
    await emulator.idle();
    assert.deepEqual(emulator.requests, []);
    toMatrix({ type: 'resume' });
    await emulator.ended(1, 'permissions.list');
  });

  it('of an organization that is not in use does nothing, and says so', async () => {
    session.bind(organization);
    session.setVisible(true);
    ready();
    session.release('other');
    assert.equal(shells().at(-1)?.organization?.use, 'other');
    toMatrix({ type: 'visible', checkpoints: [0] });
    toMatrix({ type: 'stage', checkpoints: [0], projects: [0], action: 'grant' });
    await emulator.idle();
    assert.equal(organization.staged.size, 0);
    session.receive({ to: 'page', request: { type: 'switch' } });
    session.receive({ to: 'page', request: { type: 'close' } });
    assert.deepEqual(asked, ['switch', 'close']);
    session.bind(organization);
    assert.equal(shells().at(-1)?.organization?.use, 'inUse');
  });

  it('answers a ping, also without an organization', () => {
    session.receive({ to: 'page', request: { type: 'ping' } });
    assert.deepEqual(sent, [{ to: 'page', update: { type: 'shell' } }]);
  });

  it('ignores invalid messages', () => {
    for (const wrong of [
      undefined,
      null,
      'ready',
      { to: 'page' },
      { to: 'nowhere', request: {} },
      { to: 'page', request: { type: 'ready' } },
      { to: 'page', request: { type: 'tab', tab: 'settings' } },
      { to: 'page', request: { type: 'run', command: 'x' } },
    ])
      assert.equal(parseHostMessage(wrong), undefined, JSON.stringify(wrong));
    for (const wrong of [
      { to: 'page', update: {} },
      { to: 'page', update: { type: 'shell', tab: 'x' } },
      { to: 'page', update: { type: 'shell', organization: { name: 1, isSample: false, use: 'inUse' } } },
      { to: 'page', update: { type: 'shell', move: 2 } },
    ])
      assert.equal(parsePageMessage(JSON.stringify(wrong)), undefined, JSON.stringify(wrong));
    // VS Code's own messages are not ours, and a text may be anything.
    for (const wrong of [undefined, '{', { to: 'page', update: { type: 'shell' } }])
      assert.equal(parsePageMessage(wrong), undefined, JSON.stringify(wrong));
  });
});

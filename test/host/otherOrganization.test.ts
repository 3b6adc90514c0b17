import assert from 'node:assert/strict';
import { faults } from '../emulator';
import { checkpoint, run, Scene } from './support/extension';
import { Person } from './support/person';

describe('when another organization or key comes into use', () => {
  let scene: Scene;
  let person: Person;

  before(async () => {
    scene = await Scene.begin();
  });
  after(() => scene.end());
  beforeEach(async () => {
    await scene.reset(3);
    person = new Person();
    person.sitsDown();
  });
  afterEach(async () => {
    await run('leaveSample');
    person.leaves();
  });

  it('what was begun before is not sent', async () => {
    const { node } = await scene.expand();
    const project = scene.newProject();
    person.types(project).presses('Grant');
    const isShown = scene.services.current.isShown.bind(scene.services.current);
    // Between the question and the request, which is when a person has the time to choose another organization.
    scene.services.current.isShown = async (organization) => {
      scene.services.current.isShown = isShown;
      await scene.services.current.chooseSample(true);
      return isShown(organization);
    };
    await run('grant', node);
    assert.deepEqual(scene.changes, []);
    assert.match(person.told.at(-1) ?? '', /Another organization or key is in use now .* Nothing was sent/);
  });

  it('rows of the one before are not acted on', async () => {
    const { node, rows } = await scene.expand();
    await run('exploreSample');
    await run('grant', node);
    await run('revoke', rows[0]);
    await run('removeFromList', node);
    assert.deepEqual(scene.changes, []);
    assert.equal(person.told.filter((text) => /Another organization/.test(text)).length, 3);
  });

  it('a Retry that was offered before sends nothing', async () => {
    const { rows } = await scene.expand();
    scene.emulator.fail('permissions.delete', faults.status(403), 1);
    const removed = scene.services.current.isShown.bind(scene.services.current);
    let asked = 0;
    scene.services.current.isShown = async (organization) => {
      asked += 1;
      if (asked === 2) await scene.services.keys.remove('default');
      return removed(organization);
    };
    const told = new Promise<void>((resolve) => {
      person.onTold = (text) => /Another organization or key/.test(text) && resolve();
    });
    person.presses('Revoke').willPressInMessage('Retry');
    await run('revoke', rows[0]);
    await told;
    scene.services.current.isShown = removed;
    assert.deepEqual(scene.changes, ['DELETE permissions.delete']);
  });

  it('a keyring that answers late does not take the view over', async () => {
    const { current, keys, tree } = scene.services;
    const secrets = (keys as unknown as { secrets: { get(name: string): Promise<string | undefined> } })
      .secrets;
    const get = secrets.get;
    let unlock: (() => void) | undefined;
    const locked = new Promise<void>((resolve) => {
      unlock = resolve;
    });
    Object.defineProperty(secrets, 'get', {
      configurable: true,
      value: async (name: string) => {
        await locked;
        return get.call(secrets, name);
      },
    });
    void current.again();
    const early = tree.getChildren();
    const sample = run('exploreSample');
    unlock?.();
    await sample;
    Object.defineProperty(secrets, 'get', { configurable: true, writable: true, value: get });
    const rows = await early;
    assert.ok(rows.length > 2);
    assert.equal(tree.organization?.isSample, true);
    assert.match(scene.services.view.message ?? '', /Sample organization/);
    assert.deepEqual(scene.sent, []);
  });

  it('Refresh asks a keyring again that has failed', async () => {
    const { current, keys, tree } = scene.services;
    const secrets = (keys as unknown as { secrets: Record<string, unknown> }).secrets;
    const get = secrets.get;
    const value = () => Promise.reject(new Error('The keyring is locked.'));
    Object.defineProperty(secrets, 'get', { configurable: true, writable: true, value });
    await current.again();
    const [row] = await tree.getChildren();
    assert.ok(row?.kind === 'failure');
    Object.defineProperty(secrets, 'get', { configurable: true, writable: true, value: get });
    await run('refresh');
    assert.equal((await tree.getChildren()).length, 2);
    assert.ok(tree.nodeOf(checkpoint));
  });

  it('a plan that is being applied stops before its next request', async () => {
    const { rows } = await scene.expand();
    const gate = scene.emulator.hold('permissions.delete', 'processed');
    person.presses('Revoke');
    const revoking = run('revoke', rows[0], rows);
    await scene.emulator.requested(1, 'permissions.delete');
    await scene.services.keys.remove('default');
    await scene.services.tree.getChildren();
    gate.release();
    await revoking;
    assert.deepEqual(scene.changes, ['DELETE permissions.delete']);
    assert.match(person.told.at(-1) ?? '', /Not sent, because it was cancelled/);
  });
});

import assert from 'node:assert/strict';
import { organizationSwitched } from '../../src/words/organizations';
import { canceledBeforeSent } from '../../src/words/outcomes';
import { faults } from '../emulator';
import { assertSays } from '../says';
import { checkpoint, run, useStage } from './support/extension';

describe('when another organization or key comes into use', () => {
  const stage = useStage(3);
  afterEach(() => run('leaveSample'));

  it('a plan that was begun before is not sent', async () => {
    const { node } = await stage.scene.expand();
    const project = stage.scene.newProject();
    stage.person.types(project).presses('Grant');
    const isShown = stage.scene.services.current.isShown.bind(stage.scene.services.current);
    // Between the question and the request, which is when a person has the time to choose another organization.
    stage.scene.services.current.isShown = async (organization) => {
      stage.scene.services.current.isShown = isShown;
      await stage.scene.services.current.chooseSample(true);
      return isShown(organization);
    };
    await run('grant', node);
    assert.deepEqual(stage.scene.changes, []);
    assert.equal(stage.person.told.at(-1), organizationSwitched());
  });

  it('rows of the one before are ignored', async () => {
    const { node, rows } = await stage.scene.expand();
    await run('exploreSample');
    await run('grant', node);
    await run('revoke', rows[0]);
    await run('removeFromList', node);
    assert.deepEqual(stage.scene.changes, []);
    assert.equal(stage.person.told.filter((text) => text === organizationSwitched()).length, 3);
  });

  it('a Retry button from before sends nothing', async () => {
    const { rows } = await stage.scene.expand();
    stage.scene.emulator.fail('permissions.delete', faults.status(403), 1);
    const removed = stage.scene.services.current.isShown.bind(stage.scene.services.current);
    let asked = 0;
    stage.scene.services.current.isShown = async (organization) => {
      asked += 1;
      if (asked === 2) await stage.scene.services.keys.remove('default');
      return removed(organization);
    };
    const told = new Promise<void>((resolve) => {
      stage.person.onTold = (text) => text === organizationSwitched() && resolve();
    });
    stage.person.presses('Revoke').willPressInMessage('Retry');
    await run('revoke', rows[0]);
    await told;
    stage.scene.services.current.isShown = removed;
    assert.deepEqual(stage.scene.changes, ['DELETE permissions.delete']);
  });

  it('a late response of the keyring doesn’t change the view', async () => {
    const { current, keys, tree } = stage.scene.services;
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
    void current.reopen();
    const early = tree.getChildren();
    const sample = run('exploreSample');
    unlock?.();
    await sample;
    Object.defineProperty(secrets, 'get', { configurable: true, writable: true, value: get });
    const rows = await early;
    assert.ok(rows.length > 2);
    assert.equal(tree.organization?.isSample, true);
    assert.match(stage.scene.services.view.message ?? '', /Sample organization/);
    assert.deepEqual(stage.scene.sent, []);
  });

  it('Refresh retries a keyring that failed', async () => {
    const { current, keys, tree } = stage.scene.services;
    const secrets = (keys as unknown as { secrets: Record<string, unknown> }).secrets;
    const get = secrets.get;
    const value = () => Promise.reject(new Error('The keyring is locked.'));
    Object.defineProperty(secrets, 'get', { configurable: true, writable: true, value });
    await current.reopen();
    const [row] = await tree.getChildren();
    assert.ok(row?.kind === 'failure');
    Object.defineProperty(secrets, 'get', { configurable: true, writable: true, value: get });
    await run('refresh');
    assert.equal((await tree.getChildren()).length, 2);
    assert.ok(tree.nodeOf(checkpoint));
  });

  it('a plan that is being applied stops before its next request', async () => {
    const { rows } = await stage.scene.expand();
    const gate = stage.scene.emulator.hold('permissions.delete', 'processed');
    stage.person.presses('Revoke');
    const revoking = run('revoke', rows[0], rows);
    await stage.scene.emulator.requested(1, 'permissions.delete');
    await stage.scene.services.keys.remove('default');
    await stage.scene.services.tree.getChildren();
    gate.release();
    await revoking;
    assert.deepEqual(stage.scene.changes, ['DELETE permissions.delete']);
    assertSays(stage.person.told.at(-1), canceledBeforeSent);
  });
});

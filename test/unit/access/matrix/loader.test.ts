import assert from 'node:assert/strict';
import { MatrixLoader } from '../../../../src/access/matrix/loader';
import type { Organization } from '../../../../src/access/organization';
import { type Emulator, faults, startEmulator } from '../../../emulator';
import { organizationAt } from '../support';

const model = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:matrix:Zz9Yy8Xx';

describe('the loader of the matrix', () => {
  let emulator: Emulator;
  let organization: Organization;
  let loader: MatrixLoader;

  const ids = Array.from({ length: 20 }, (_, index) => `${model}:ckpt-step-${index + 1}`);
  const lists = () => emulator.requests.filter(({ endpoint }) => endpoint === 'permissions.list');
  const asked = () => lists().map(({ path }) => Number(/step-(\d+)/.exec(decodeURIComponent(path))?.[1]));

  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.stop());
  beforeEach(() => begin(50));
  afterEach(() => {
    loader.dispose();
    organization.dispose();
  });

  function begin(permissions: number, maxRetries = 0): void {
    loader?.dispose();
    organization?.dispose();
    emulator.reset();
    for (const id of ids) emulator.organization.addCheckpoint(id, { permissions });
    organization = organizationAt(emulator, ids, Date.now, maxRetries);
    loader = new MatrixLoader(organization);
    loader.setVisibleRows([]);
  }

  /** Resolves when the progress matches. */
  function once(wanted: (progress: MatrixLoader['progress']) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!wanted(loader.progress)) return;
        stop();
        resolve();
      };
      const stop = loader.onDidChange(look);
      look();
    });
  }
  const read = () => once(({ done, total, isLoading }) => done === total && !isLoading);

  it('reads again what the person has refreshed elsewhere since it was read', async () => {
    loader.show();
    await read();
    const [id = ''] = ids;
    const before = lists().length;
    organization.permissions.outdate(id);
    assert.equal(loader.progress.done, 19);
    await read();
    assert.deepEqual(asked().slice(before), [1]);
    assert.equal(organization.permissions.snapshot(id).outdated, undefined);
  });

  it('reads a matrix of 20 × 50 with 20 requests and those for the names, and nothing twice', async () => {
    loader.show();
    await read();
    assert.equal(lists().length, 20);
    const { size } = emulator.organization.state.projects;
    assert.equal(emulator.requests.length, 20 + Math.ceil(size / 100));
    for (const id of ids) {
      const { listing } = organization.permissions.snapshot(id);
      assert.equal(listing?.ending.kind, 'complete');
      assert.equal(listing?.permissions.length, 50);
    }
    loader.hide();
    loader.show();
    loader.setVisibleRows(ids);
    await organization.permissions.readAll(ids[0] ?? '');
    assert.equal(emulator.requests.length, 20 + Math.ceil(size / 100));
  });

  it('reads nothing before somebody looks, nor what is left once nobody does', async () => {
    loader.setVisibleRows(ids.slice(0, 3));
    assert.deepEqual(emulator.requests, []);
    const gate = emulator.hold('permissions.list');
    loader.show();
    await emulator.requested(4, 'permissions.list');
    loader.hide();
    gate.release();
    await once(({ isLoading }) => !isLoading);
    assert.equal(lists().length, 4);
    loader.show();
    await read();
    assert.equal(lists().length, 20);
  });

  it('asks for names at once, and for lists as soon as it knows what is in sight', async () => {
    const early = new MatrixLoader(organization);
    early.show();
    await emulator.ended(1, 'projects.list');
    await organization.projects.read();
    assert.equal(lists().length, 0);
    early.setVisibleRows(ids.slice(4, 5));
    await emulator.requested(4, 'permissions.list');
    assert.equal(asked()[0], 5);
    early.dispose();
  });

  it('reads what is in sight first, also what comes into sight meanwhile', async () => {
    const gate = emulator.hold('permissions.list');
    loader.setVisibleRows([17, 18].map((number) => ids[number - 1] ?? ''));
    loader.show();
    await emulator.requested(4, 'permissions.list');
    assert.deepEqual(
      asked().sort((a, b) => a - b),
      [1, 2, 17, 18],
    );
    loader.setVisibleRows([9, 10].map((number) => ids[number - 1] ?? ''));
    gate.release();
    await read();
    assert.deepEqual(new Set(asked().slice(4, 6)), new Set([9, 10]));
  });

  it('reads long lists to their end, each page once, and shows each as it comes', async () => {
    begin(250);
    const counts: (number | undefined)[] = [];
    organization.permissions.onDidChange((id) => {
      if (id === ids[0]) counts.push(organization.permissions.snapshot(id).listing?.permissions.length);
    });
    await organization.permissions.read(ids[0] ?? '');
    loader.show();
    await read();
    assert.equal(lists().length, 80, 'three pages, and the first one again');
    assert.deepEqual(counts, [100, 200, 250]);
  });

  it('shares what the tree is reading', async () => {
    const gate = emulator.hold('permissions.list');
    const unfolded = organization.permissions.read(ids[0] ?? '');
    await emulator.requested(1, 'permissions.list');
    loader.show();
    gate.release();
    await Promise.all([unfolded, read()]);
    assert.equal(lists().length, 20);
  });

  it('stops with what is under way, which fails nowhere, and goes on where it was', async () => {
    emulator.hold('permissions.list');
    loader.show();
    await emulator.requested(4, 'permissions.list');
    loader.stop();
    await once(({ isLoading, isStopped }) => !isLoading && isStopped);
    assert.deepEqual([loader.progress.done, loader.progress.failed], [0, 0]);
    emulator.release();
    assert.equal(lists().length, 4);
    loader.resume();
    await read();
    assert.equal(lists().length, 24);
    assert.equal(loader.progress.isStopped, false);
  });

  it('says of a list that it was stopped if it is in sight, also if it came into sight while it loaded', async () => {
    emulator.hold('permissions.list');
    loader.show();
    await emulator.requested(4, 'permissions.list');
    loader.setVisibleRows(ids.slice(1, 2));
    loader.stop();
    await once(({ isLoading, isStopped }) => !isLoading && isStopped);
    emulator.release();
    const stopped = ids.filter((id) => organization.permissions.snapshot(id).failure);
    assert.deepEqual(stopped, ids.slice(1, 2));
  });

  it('reads a list that is asked for although the rest was stopped, and leaves the rest', async () => {
    loader.show();
    loader.stop();
    await once(({ isLoading }) => !isLoading);
    const before = lists().length;
    loader.reload(ids.slice(7, 8));
    await once(({ isLoading, done }) => !isLoading && done === 1);
    await emulator.idle();
    assert.deepEqual([lists().length, asked().at(-1)], [before + 1, 8]);
    assert.equal(loader.progress.isStopped, true);
  });

  it('takes the cancelling of a wait elsewhere for a stop', async () => {
    begin(50, 1);
    emulator.hold('permissions.list');
    emulator.fail('permissions.list', faults.status(503, { headers: { 'retry-after': '300' } }), 1);
    loader.show();
    await once(({ wait }) => wait !== undefined);
    const { length } = lists();
    organization.permissions.cancelWaits();
    await once(({ isStopped }) => isStopped);
    assert.equal(lists().length, length);
  });

  it('counts what failed, goes on with the rest, and asks again only when told to', async () => {
    emulator.fail('permissions.list', faults.status(404), 1);
    loader.show();
    await read();
    assert.equal(loader.progress.failed, 1);
    assert.equal(lists().length, 20);
    loader.show();
    assert.equal(lists().length, 20);
    const failed = ids.filter((id) => organization.permissions.snapshot(id).failure);
    loader.reload(failed);
    await read();
    assert.equal(loader.progress.failed, 0);
    assert.equal(lists().length, 21);
  });

  it('reads everything again when asked, each list once', async () => {
    loader.show();
    await read();
    const before = emulator.requests.length;
    loader.reload();
    await read();
    await emulator.idle();
    assert.equal(emulator.requests.length, before * 2);
  });

  it('says that a list could not be read again although it is known, and goes on reading again after a stop', async () => {
    loader.show();
    await read();
    emulator.fail('permissions.list', faults.status(404), 1);
    loader.reload(ids.slice(0, 1));
    await once(({ failed, isLoading }) => failed === 1 && !isLoading);
    const gate = emulator.hold('permissions.list');
    const before = lists().length;
    loader.reload();
    await emulator.requested(before + 4, 'permissions.list');
    loader.stop();
    await once(({ isLoading, isStopped }) => !isLoading && isStopped);
    assert.equal(loader.progress.done, 0);
    gate.release();
    loader.resume();
    await read();
    assert.equal(lists().length, before + 4 + 20);
    assert.equal(loader.progress.failed, 0);
  });

  it('reads what was added to the list, and nothing once the organization is gone', async () => {
    loader.show();
    await read();
    emulator.organization.addCheckpoint(model);
    await organization.catalog.add([model]);
    await read();
    assert.equal(lists().length, 21);
    organization.dispose();
    loader.reload();
    loader.show();
    await emulator.idle();
    assert.equal(lists().length, 21);
  });
});

import assert from 'node:assert/strict';
import { completeLists } from '../../../../src/access/loading/completion';
import { loadProjectAccess } from '../../../../src/access/loading/loadProjectAccess';
import { isCertain } from '../../../../src/access/loading/standing';
import { MatrixLoader } from '../../../../src/access/matrix/loader';
import { APIUserAbortError } from '../../../../src/openai/index';
import { faults } from '../../../emulator/index';
import { checkpoint, projectsOnServer, usePlace } from '../support';

const never = new AbortController().signal;

describe('a refresh', () => {
  const place = usePlace(250);
  const store = () => place.organization.permissions;
  const snapshot = () => store().snapshot(checkpoint);
  const requests = () => place.emulator.requests.length;
  const cursors = (from: number) =>
    place.emulator.requests.slice(from).map(({ query }) => (query.after === undefined ? 'first' : 'further'));

  /** A list of two pages of three, loaded before a refresh. */
  async function refreshed() {
    await store().read(checkpoint);
    await store().readMore(checkpoint);
    store().outdate(checkpoint);
    assert.equal(snapshot().outdated, true);
  }

  for (const mark of ['outdated', 'beforeChange'] as const) {
    const set = () => (mark === 'outdated' ? store().outdate(checkpoint) : store().changed(checkpoint));
    describe(`Truth 5: the mark “${mark}” stays`, () => {
      beforeEach(async () => {
        await store().read(checkpoint);
        set();
        assert.equal(snapshot()[mark], true);
      });

      it('after reading on', async () => {
        await store().readMore(checkpoint);
        assert.equal(snapshot()[mark], true);
      });

      it('after reading on that failed', async () => {
        place.emulator.fail('permissions.list', faults.status(500), 1);
        await assert.rejects(store().readMore(checkpoint));
        assert.equal(snapshot()[mark], true);
      });

      it('after a cancelled page', async () => {
        const abort = new AbortController();
        place.emulator.hold();
        const more = store().readMore(checkpoint, 'person', abort.signal);
        await place.emulator.requested(2);
        abort.abort();
        await assert.rejects(more, APIUserAbortError);
        assert.equal(snapshot()[mark], true);
      });

      it('after reading anew that failed or was cancelled', async () => {
        place.emulator.fail('permissions.list', faults.status(500), 1);
        await assert.rejects(store().readAgain(checkpoint));
        assert.equal(snapshot()[mark], true);
        const abort = new AbortController();
        place.emulator.hold();
        const again = store().readAgain(checkpoint, 0, 'background', abort.signal);
        await place.emulator.requested(3);
        abort.abort();
        await assert.rejects(again, APIUserAbortError);
        assert.equal(snapshot()[mark], true);
      });

      it('after another organization was shown, also while it was read anew', async () => {
        place.organization.pause();
        place.organization.resume();
        assert.equal(snapshot()[mark], true);
        const gate = place.emulator.hold();
        const again = store().readAgain(checkpoint);
        await place.emulator.requested(2);
        place.organization.pause();
        place.organization.resume();
        gate.release();
        await assert.rejects(again);
        assert.equal(snapshot()[mark], true);
      });

      it('after a reading that had begun before', async () => {
        const gate = place.emulator.hold();
        const again = store().readAgain(checkpoint);
        await place.emulator.requested(2);
        set();
        gate.release();
        await again;
        assert.equal(snapshot()[mark], true);
      });

      it('until it is read anew', async () => {
        await store().readAgain(checkpoint);
        assert.equal(snapshot()[mark], undefined);
      });
    });
  }

  it('Truth 5: is not answered by further pages that are under way for the old list', async () => {
    await refreshed();
    const gate = place.emulator.hold();
    const more = store().readMore(checkpoint);
    await place.emulator.requested(3);
    const read = store().read(checkpoint);
    gate.release();
    const listing = await read;
    assert.equal(await more, listing);
    assert.equal(snapshot().outdated, undefined);
    assert.deepEqual(cursors(3), ['first', 'further']);
  });

  it('Truth 5: is not answered by a first page that was asked for before it', async () => {
    const gate = place.emulator.hold();
    const early = store().read(checkpoint);
    await place.emulator.requested(1);
    store().outdate(checkpoint);
    const late = store().read(checkpoint);
    await place.emulator.requested(2);
    gate.release();
    assert.equal(await early, await late);
    assert.equal(snapshot().outdated, undefined);
  });

  it('Truth 5: is heard when all lists are completed while further pages of the old one are under way', async () => {
    await refreshed();
    const gate = place.emulator.hold();
    const more = store().readMore(checkpoint);
    await place.emulator.requested(3);
    const completing = completeLists(store(), [checkpoint], never, () => undefined);
    gate.release();
    const { complete } = await completing;
    await more;
    assert.deepEqual(complete, [checkpoint]);
    assert.equal(isCertain(snapshot()), true);
    assert.equal(cursors(3)[0], 'first');
  });

  it('Truth 5: is heard by the matrix while further pages of the old list are under way', async () => {
    await refreshed();
    const gate = place.emulator.hold('permissions.list');
    const more = store().readMore(checkpoint);
    await place.emulator.requested(3);
    const loader = new MatrixLoader(place.organization);
    loader.setVisibleRows([checkpoint]);
    loader.show();
    loader.reload();
    gate.release();
    await new Promise<void>((resolve) => {
      loader.onDidChange(() => {
        if (loader.progress.done === 1 && !loader.progress.isLoading) resolve();
      });
    });
    await more;
    assert.equal(isCertain(snapshot()), true);
    loader.dispose();
  });

  it('Truth 5: in the matrix marks the list at once, also when it is stopped then', async () => {
    await store().readAll(checkpoint);
    const loader = new MatrixLoader(place.organization);
    loader.setVisibleRows([checkpoint]);
    loader.show();
    place.emulator.hold('permissions.list');
    loader.reload();
    assert.equal(snapshot().outdated, true);
    loader.stop();
    await new Promise<void>((resolve) => {
      loader.onDidChange(() => (loader.progress.isLoading ? undefined : resolve()));
    });
    assert.equal(snapshot().outdated, true);
    assert.equal(loader.progress.done, 0);
    loader.dispose();
  });

  it('Truth 5: that failed is not tried again by itself, and stays said', async () => {
    await refreshed();
    place.emulator.fail('permissions.list', faults.status(404), 1);
    await assert.rejects(store().read(checkpoint));
    const before = requests();
    assert.equal((await store().read(checkpoint)).permissions.length, 200);
    assert.equal(requests(), before);
    assert.equal(store().isDue(checkpoint), false);
    assert.deepEqual([snapshot().outdated, snapshot().failure?.during], [true, 'read']);
    store().outdate(checkpoint);
    assert.equal(store().isDue(checkpoint), true);
  });

  it('Truth 5: discards an answer about one project that was under way', async () => {
    const [project = ''] = projectsOnServer(place.emulator);
    const gate = place.emulator.hold('permissions.list', 'processed');
    const loading = loadProjectAccess(store(), project, [checkpoint], never, () => undefined);
    await place.emulator.requested(1);
    store().outdate(checkpoint);
    gate.release();
    await loading;
    assert.equal(store().answers.get(checkpoint, project), undefined);
  });

  it('Truth 5: is not answered by an identical request about one project that was sent before it', async () => {
    const [project = ''] = projectsOnServer(place.emulator);
    const gate = place.emulator.hold('permissions.list', 'processed');
    const early = store().readProject(checkpoint, project);
    await place.emulator.requested(1);
    const list = place.emulator.organization.state.checkpoints.get(checkpoint)?.permissions;
    for (const { id } of list?.ofProject(project) ?? []) list?.remove(id);
    const late = store().readProject(checkpoint, project);
    await place.emulator.requested(2);
    gate.release();
    assert.deepEqual([(await early).length, (await late).length], [1, 0]);
  });

  it('Truth 5: of an open row drops the answers about single projects, too', async () => {
    const [project = ''] = projectsOnServer(place.emulator);
    await loadProjectAccess(store(), project, [checkpoint], never, () => undefined);
    assert.ok(store().answers.get(checkpoint, project));
    await store().refresh(checkpoint);
    assert.equal(store().answers.get(checkpoint, project), undefined);
  });
});

describe('a refresh of the projects', () => {
  const place = usePlace(0, ({ organization: { state } }) => {
    for (let number = 0; number < 150; number += 1) state.addProject(`Project ${number}`);
  });
  const projects = () => place.organization.projects;

  it('Truth 5: that another organization interrupts is not forgotten', async () => {
    await projects().read();
    const before = place.emulator.requests.length;
    place.emulator.hold();
    void projects().readAgain();
    await place.emulator.requested(before + 1);
    place.organization.pause();
    place.emulator.release();
    place.organization.resume();
    assert.equal(projects().snapshot.outdated, true);
    assert.deepEqual(place.organization.projectsStanding.doubts, ['beforeYourRefresh']);
    await projects().read();
    assert.equal(projects().snapshot.outdated, undefined);
    assert.deepEqual(place.organization.projectsStanding.doubts, []);
  });

  it('Truth 5: that was cancelled is not tried again by itself, and stays said', async () => {
    await projects().read();
    const before = place.emulator.requests.length;
    place.emulator.hold();
    const again = projects().readAgain();
    await place.emulator.requested(before + 1);
    projects().cancel();
    await again;
    place.emulator.release();
    assert.deepEqual(place.organization.projectsStanding.doubts, ['refreshFailed']);
    assert.equal(projects().snapshot.outdated, true);
    await projects().read();
    assert.equal(place.emulator.requests.length, before + 1);
  });
});

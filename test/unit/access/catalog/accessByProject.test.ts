import assert from 'node:assert/strict';
import fc from 'fast-check';
import { groupByProject } from '../../../../src/access/catalog/accessByProject';
import { accessState } from '../../../../src/access/loading/accessState';
import { completeLists, incompleteCheckpoints } from '../../../../src/access/loading/completion';
import {
  checkpointsWithUnknownAccess,
  loadProjectAccess,
} from '../../../../src/access/loading/loadProjectAccess';
import { APIUserAbortError } from '../../../../src/openai/index';
import { cursorTraps, faults } from '../../../emulator/index';
import { checkpoint as first, newProjects, organizationAt, usePlace } from '../support';

const second = first.replace('test-bot', 'second-bot');
const third = first.replace('test-bot', 'third-bot');
const ids = [first, second, third];

describe('the list seen from the projects', () => {
  let one = '';
  let two = '';
  const place = usePlace(0, ({ organization }) => {
    one = organization.state.addProject('Beacons').id;
    two = organization.state.addProject('anchors', 1, 2).id;
    organization.addCheckpoint(first, { permissions: [one, two] });
    organization.addCheckpoint(second, { permissions: [one] });
    organization.addCheckpoint(third);
  });
  beforeEach(() => {
    place.organization.dispose();
    place.organization = organizationAt(place.emulator, ids);
  });

  const store = () => place.organization.permissions;
  const catalog = () => place.organization.catalog;
  const sent = () => place.emulator.requests.length;
  const never = new AbortController().signal;
  const turned = () => groupByProject(place.organization, Date.now());
  /** The number of certain lists, and why the others are not. */
  const standings = async () => {
    const { whole, uncertainties } = await turned();
    return [whole, ...uncertainties.map((each) => each.join(' '))];
  };
  const seen = async () =>
    (await turned()).projects.map(({ project, grants, notKnown }) => [
      project,
      grants.map(({ facts }) => facts.checkpoint.id),
      notKnown,
    ]);

  it('is made from what is known alone, and says of how much that is', async () => {
    assert.deepEqual(
      { ...(await turned()) },
      {
        projects: [],
        listed: 3,
        whole: 0,
        ownersUnknown: 3,
        uncertainties: [['notLoaded', 3]],
        without: { projects: [], known: 'none', areAllProjectsKnown: false },
      },
    );
    await store().read(first);
    const before = sent();
    const { listed, whole, uncertainties, oldest } = await turned();
    assert.deepEqual([listed, whole, uncertainties], [3, 1, [['notLoaded', 2]]]);
    assert.equal(oldest, store().snapshot(first).listing?.readAt);
    assert.deepEqual(
      new Map((await seen()).map(([project, ...rest]) => [project, rest])),
      new Map([
        [one, [[first], 2]],
        [two, [[first], 2]],
      ]),
    );
    assert.equal(sent(), before);
  });

  it('says when the API answered about a project alone', async () => {
    await store().read(first);
    const abort = new AbortController();
    await loadProjectAccess(store(), one, [second], abort.signal, () => undefined);
    const of = (await turned()).projects.find(({ project }) => project === one);
    assert.deepEqual(
      of?.grants.map(({ facts, answeredAt }) => [facts.checkpoint.id, typeof answeredAt]),
      [
        [second, 'number'],
        [first, 'undefined'],
      ],
    );
  });

  it('is in the order of the names, where they are known', async () => {
    await store().read(first);
    await place.organization.projects.read();
    assert.deepEqual(
      (await seen()).map(([project]) => project),
      [two, one],
    );
  });

  describe('names the projects without a permission', () => {
    let none = '';
    beforeEach(async () => {
      none = place.emulator.organization.state.addProject('Cranes').id;
      await place.organization.projects.read();
    });
    /** Of those, the new one: the organization has others. */
    const without = async () => (await groupByProject(place.organization, Date.now(), 'cranes')).without;
    const own = (id: string, owner: string) => catalog().add([{ id, findings: [], owner }]);

    it('and says no more of them than all lists and owners prove', async () => {
      await store().read(first);
      assert.deepEqual(await without(), { projects: [none], known: 'unknown', areAllProjectsKnown: true });
      await completeLists(store(), ids, never, () => undefined);
      assert.equal((await without()).known, 'notGranted', 'it may own one');
      for (const id of [first, second]) await own(id, one);
      assert.equal((await without()).known, 'notGranted', 'it may own the third');
      await own(third, two);
      assert.deepEqual(await without(), { projects: [none], known: 'none', areAllProjectsKnown: true });
      store().changed(second);
      assert.equal((await without()).known, 'unknown', 'a list from before a change proves nothing');
    });

    it('but not one that owns a checkpoint, which has access without a permission', async () => {
      await completeLists(store(), ids, never, () => undefined);
      await own(third, none);
      assert.deepEqual((await without()).projects, []);
    });

    it('by what the API answered about a project alone, too', async () => {
      await store().read(first);
      for (const id of ids) await own(id, one);
      await loadProjectAccess(store(), none, [second, third], never, () => undefined);
      assert.equal((await without()).known, 'none');
    });

    it('and says when the list of projects does not prove that there are no others', async () => {
      await completeLists(store(), ids, never, () => undefined);
      place.emulator.fail('projects.list', faults.status(500), 1);
      await place.organization.projects.readAgain();
      const { projects, areAllProjectsKnown } = await without();
      assert.deepEqual([projects, areAllProjectsKnown], [[none], false]);
    });
  });

  describe('searched', () => {
    beforeEach(async () => {
      place.emulator.organization.state.addProject('Cranes');
      await place.organization.projects.read();
      await store().read(first);
      await store().read(second);
    });
    const search = async (text: string) => {
      const { projects, without, filtered } = await groupByProject(place.organization, Date.now(), text);
      return {
        shown: projects.map(({ project }) => project),
        without: without.projects.map((id) => place.organization.projects.nameOf(id)),
        ...filtered,
      };
    };

    it('finds names, IDs, and checkpoints, each word in any of them', async () => {
      assert.deepEqual((await search('BEACONS')).shown, [one]);
      assert.deepEqual((await search(two.toUpperCase())).shown, [two]);
      assert.deepEqual((await search('test-bot')).shown, [two, one]);
      assert.deepEqual((await search('second-bot')).shown, [one]);
      assert.deepEqual((await search(' anch  test ')).shown, [two]);
      assert.deepEqual((await search('anchors second-bot')).shown, []);
      assert.deepEqual(await search('crane'), { shown: [], without: ['Cranes'], all: 2, mayMatch: 2 });
      assert.deepEqual(Object.keys(await search(' ')), ['shown', 'without'], 'no words, no search');
    });

    it('says how many of the hidden may match, because their access or name is not fully loaded', async () => {
      assert.deepEqual(await search('beacons'), { shown: [one], without: [], all: 2, mayMatch: 1 });
      await store().read(third);
      assert.equal((await search('beacons')).mayMatch, 0);
      place.organization.dispose();
      place.organization = organizationAt(place.emulator, ids);
      await completeLists(store(), ids, never, () => undefined);
      assert.deepEqual(await search('beacons'), { shown: [], without: [], all: 2, mayMatch: 2 });
    });
  });

  it('does not take a list for whole that failed, was cut, goes on, or is from before a change', async () => {
    place.emulator.fail({ endpoint: 'permissions.list', path: /test-bot/ }, faults.status(403), 1);
    await store()
      .read(first)
      .catch(() => undefined);
    assert.deepEqual(await standings(), [0, 'failed 1', 'notLoaded 2']);
    await store().readAgain(first);
    assert.equal((await turned()).whole, 1);
    store().changed(first);
    assert.deepEqual(await standings(), [0, 'beforeYourChange 1', 'notLoaded 2']);
    assert.deepEqual(
      (await seen()).map(([, , notKnown]) => notKnown),
      [3, 3],
      'what was may no longer be',
    );
    await store().readAgain(first);
    place.emulator.fail({ endpoint: 'permissions.list', path: /test-bot/ }, faults.status(500), 1);
    await assert.rejects(store().readAgain(first));
    assert.deepEqual(await standings(), [0, 'refreshFailed 1', 'notLoaded 2']);
    assert.deepEqual(
      (await seen()).map(([, , notKnown]) => notKnown),
      [3, 3],
      'nor what could not be read again',
    );
    place.emulator.fail({ endpoint: 'permissions.list', path: /second-bot/ }, cursorTraps.emptyPage, 1);
    await store().read(second);
    assert.deepEqual(await standings(), [0, 'refreshFailed 1', 'brokenOff 1', 'notLoaded 1']);
    place.emulator.organization.addCheckpoint(third, { permissions: 150 });
    await store().read(third);
    assert.deepEqual(await standings(), [0, 'refreshFailed 1', 'brokenOff 1', 'moreToLoad 1']);
    await store().readMore(third);
    assert.deepEqual(await standings(), [1, 'refreshFailed 1', 'brokenOff 1']);
  });

  it('goes by the newer of a list and an answer about one project', async () => {
    await store().read(second);
    store().answers.reserve(second, one)({ permissions: [], at: Date.now() + 1000 });
    assert.deepEqual(await seen(), []);
    assert.equal(accessState(place.organization, second, one).known, 'notGranted');
    store().answers.drop(second);
    store().answers.reserve(second, one)({ permissions: [], at: 1 });
    assert.deepEqual(await seen(), [[one, [second], 2]]);
    store().answers.reserve(
      first,
      two,
    )({
      permissions: [{ id: 'cp_x', object: 'checkpoint.permission', created_at: 1, project_id: two }],
      at: 5,
    });
    store().answers.reserve(third, two)({ failure: new Error('no'), at: 5 });
    assert.deepEqual(new Map((await seen()).map(([project, ...rest]) => [project, rest])).get(two), [
      [first],
      1,
    ]);
  });

  it('agrees with what is known of each project and checkpoint, and loses no permission', async () => {
    const projects = [one, two, ...newProjects(place.emulator, 2)];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.subarray(projects), { minLength: 3, maxLength: 3 }),
        fc.subarray(ids),
        fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...projects), fc.boolean()), {
          maxLength: 5,
        }),
        async (shared, read, answers) => {
          place.emulator.reset();
          for (const [index, id] of ids.entries())
            place.emulator.organization.addCheckpoint(id, { permissions: shared[index] ?? [] });
          for (const id of ids) store().forget(id);
          for (const id of read) await store().read(id);
          for (const [id, project, has] of answers) {
            const permission = {
              id: `cp_${project}`,
              object: 'checkpoint.permission' as const,
              created_at: 1,
              project_id: project,
            };
            store().answers.reserve(
              id,
              project,
            )({ permissions: has ? [permission] : [], at: Date.now() + 1000 });
          }
          for (const { project, grants, notKnown } of (await turned()).projects) {
            const known = ids.map((id) => accessState(place.organization, id, project).known);
            assert.equal(notKnown, known.filter((each) => each === 'unknown').length);
            assert.deepEqual(
              grants.map(({ facts }) => facts.checkpoint.id).sort(),
              ids.filter((_, index) => known[index] === 'granted').sort(),
            );
          }
          const shown = new Set((await turned()).projects.map(({ project }) => project));
          for (const project of projects) {
            const has = ids.some((id) => accessState(place.organization, id, project).known === 'granted');
            assert.equal(shown.has(project), has);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  describe('read completely', () => {
    it('costs one request a checkpoint that is not, more where lists are long, and tells how far it is', async () => {
      place.emulator.organization.addCheckpoint(third, { permissions: 250 });
      await store().read(first);
      const before = sent();
      const missing = incompleteCheckpoints(catalog(), store());
      assert.deepEqual(missing, [second, third]);
      const told: number[] = [];
      const { complete, failed } = await completeLists(store(), missing, never, (done) => told.push(done));
      assert.deepEqual([...complete].sort(), [second, third].sort());
      assert.equal(failed.size, 0);
      assert.equal(sent() - before, 1 + 4);
      assert.equal(told.at(-1), 2);
      assert.deepEqual(incompleteCheckpoints(catalog(), store()), []);
    });

    it('goes on where one fails, and says which and why', async () => {
      place.emulator.fail({ endpoint: 'permissions.list', path: /test-bot/ }, faults.status(403), 1);
      place.emulator.fail({ endpoint: 'permissions.list', path: /second-bot/ }, cursorTraps.emptyPage, 1);
      const { complete, failed } = await completeLists(store(), ids, never, () => undefined);
      assert.deepEqual(complete, [third]);
      assert.equal((failed.get(first) as { status?: number }).status, 403);
      assert.ok(failed.has(second) && failed.get(second) === undefined);
      const again = await completeLists(
        store(),
        incompleteCheckpoints(catalog(), store()),
        never,
        () => undefined,
      );
      assert.deepEqual(
        [...again.complete].sort(),
        [first, second].sort(),
        'asked for again, they are read again',
      );
    });

    it('cancelled asks nothing more, leaves what was read, and what was under way as it was', async () => {
      place.emulator.organization.addCheckpoint(third, { permissions: 250 });
      await store().read(first);
      await store().read(third);
      const gate = place.emulator.hold();
      const abort = new AbortController();
      const before = sent();
      const reading = completeLists(store(), [second, third], abort.signal, () => undefined);
      await place.emulator.requested(before + 2);
      abort.abort();
      const { complete, failed } = await reading;
      gate.release();
      assert.deepEqual([complete, failed.size], [[], 0]);
      assert.equal(sent(), before + 2);
      assert.deepEqual(store().snapshot(second), { reading: false }, 'not a failure: nobody looked at it');
      assert.deepEqual(store().snapshot(third).failure, undefined);
      assert.equal(store().snapshot(third).listing?.permissions.length, 100);
    });

    it('loads again what is older than a refresh, which until then stays readable and is said', async () => {
      for (const id of ids) await store().read(id);
      store().outdate(first);
      store().outdate('ft:nothing:known:of:it');
      assert.deepEqual(await standings(), [2, 'beforeYourRefresh 1']);
      assert.equal((await seen()).length, 2, 'nothing is lost');
      assert.deepEqual(incompleteCheckpoints(catalog(), store()), [first]);
      const before = sent();
      const { complete } = await completeLists(store(), [first], never, () => undefined);
      assert.deepEqual([complete, sent() - before, await standings()], [[first], 1, [3]]);
      store().outdate(first);
      await store().read(first);
      assert.equal(sent() - before, 2, 'who looks at it asks the server');
      assert.equal(store().snapshot(first).outdated, undefined);
    });

    it('asks nothing that a person is reading already', async () => {
      const gate = place.emulator.hold();
      const looking = store().read(second);
      await place.emulator.requested(1);
      const reading = completeLists(store(), [second], never, () => undefined);
      gate.release();
      await Promise.all([looking, reading]);
      assert.equal(sent(), 1);
    });

    it('cancelled does not end what a person reads, whoever began', async () => {
      for (const [index, id] of [first, second].entries()) {
        const gate = place.emulator.hold();
        const abort = new AbortController();
        const begin = [
          () => completeLists(store(), [id], abort.signal, () => undefined),
          () => store().read(id),
        ];
        const [one, other] = index === 0 ? begin : begin.reverse();
        const reading = [one?.()];
        await place.emulator.requested(index + 1);
        reading.push(other?.());
        abort.abort();
        gate.release();
        const ended = await Promise.all(reading);
        assert.deepEqual(
          ended.map((each) => each && 'permissions' in each),
          index === 0 ? [false, true] : [true, false],
        );
        const { failure, listing } = store().snapshot(id);
        assert.deepEqual([failure, listing?.ending.kind], [undefined, 'complete']);
      }
      assert.equal(sent(), 2);
    });

    it('what a person reads and cancels stays a failure that says so', async () => {
      const gate = place.emulator.hold();
      const abort = new AbortController();
      const looking = store().read(second, 'person', abort.signal);
      await place.emulator.requested(1);
      abort.abort();
      await assert.rejects(looking, APIUserAbortError);
      gate.release();
      assert.ok(store().snapshot(second).failure);
    });
  });

  describe('asked about one project', () => {
    it('costs one request for each checkpoint that is not known, and none after that', async () => {
      await store().read(first);
      const before = sent();
      const open = checkpointsWithUnknownAccess(place.organization, one);
      assert.deepEqual(open, [second, third]);
      await loadProjectAccess(store(), one, open, never, () => undefined);
      assert.equal(sent() - before, 2);
      assert.deepEqual(
        place.emulator.requests.slice(before).map(({ query }) => query.project_id),
        [one, one],
      );
      assert.deepEqual(checkpointsWithUnknownAccess(place.organization, one), []);
      assert.deepEqual(
        ids.map((id) => accessState(place.organization, id, one).known),
        ['granted', 'granted', 'notGranted'],
      );
      assert.deepEqual(store().snapshot(second), { reading: false }, 'what is shown under it is not touched');
    });

    it('keeps a failure as one, which holds up no other and is asked again', async () => {
      place.emulator.fail({ endpoint: 'permissions.list', path: /second-bot/ }, faults.status(403), 1);
      const failed = await loadProjectAccess(store(), one, ids, never, () => undefined);
      assert.deepEqual([...failed.keys()], [second]);
      const access = accessState(place.organization, second, one);
      assert.ok(access.known === 'unknown' && access.failure);
      assert.equal(accessState(place.organization, third, one).known, 'notGranted');
      assert.deepEqual(checkpointsWithUnknownAccess(place.organization, one), [second]);
    });

    it('cancelled leaves what was not answered unknown, without a failure', async () => {
      const gate = place.emulator.hold();
      const abort = new AbortController();
      const asking = loadProjectAccess(store(), one, ids, abort.signal, () => undefined);
      await place.emulator.requested(3);
      abort.abort();
      assert.equal((await asking).size, 0);
      gate.release();
      assert.deepEqual(accessState(place.organization, first, one), { known: 'unknown' });
    });
  });
});

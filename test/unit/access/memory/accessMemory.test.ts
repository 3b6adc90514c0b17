import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { completeLists, incompleteCheckpoints } from '../../../../src/access/loading/completion';
import { areProjectsCertain } from '../../../../src/access/loading/projectsStanding';
import { AccessMemory } from '../../../../src/access/memory/accessMemory';
import {
  type KnownAccess,
  maxPermissions,
  nothingKnown,
  parseLine,
  toLines,
  withinLimits,
} from '../../../../src/access/memory/knownAccess';
import { KnownFile } from '../../../../src/access/memory/knownFile';
import type { Organization } from '../../../../src/access/organization';
import { decisionAge } from '../../../../src/access/thresholds';
import { steadyNow } from '../../../../src/text/steadyClock';
import { missingProjects } from '../../../../src/words/exports/parts';
import { organizationAt, usePlace } from '../support';

const whose = { origin: 'http://localhost', organization: 'org-test', key: 'one' };
const id = (number: number): string => `ft:gpt-4o-mini-2024-07-18:harbor-labs:kept:Kept${1000 + number}`;
const checkpoints = Array.from({ length: 60 }, (_, index) => id(index));

describe('The memory of what was loaded', () => {
  let folder: string;
  const opened: { organization: Organization; memory: AccessMemory }[] = [];
  const place = usePlace(1, ({ organization }) => {
    for (const [index, each] of checkpoints.entries())
      organization.addCheckpoint(each, { permissions: index === 0 ? 150 : (index % 5) + 1 });
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'known-'));
  });
  afterEach(() => {
    for (const { organization, memory } of opened.splice(0)) {
      memory.dispose();
      organization.dispose();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  const path = () => join(folder, 'test.jsonl');
  /** A window on the same computer. Its timers come when the test says so. */
  const open = async (identity = whose, isKept = true) => {
    const organization = organizationAt(place.emulator, checkpoints, steadyNow);
    const timers = new Set<() => void>();
    const failures: unknown[] = [];
    const memory = new AccessMemory(
      {
        source: organization,
        whose: identity,
        file: new KnownFile(folder, 'test'),
        onFailure: (error) => failures.push(error),
        later: (_ms, callback) => {
          timers.add(callback);
          return () => timers.delete(callback);
        },
      },
      isKept,
    );
    opened.push({ organization, memory });
    const restored = await memory.restore();
    const later = async (): Promise<void> => {
      for (const callback of [...timers]) {
        timers.delete(callback);
        callback();
      }
      await memory.flush();
    };
    return { organization, memory, restored, later, failures };
  };
  const requests = () => place.emulator.requests.length;

  it('Truth 23: shows 60 lists, the projects, the log and the usage after a restart, with their age and without a request', async () => {
    const first = await open();
    for (const each of checkpoints) await first.organization.permissions.read(each);
    await first.organization.projects.read();
    await first.organization.trail.read();
    await first.organization.usage.read(new AbortController().signal);
    await first.memory.flush();
    const sent = requests();

    const { organization, failures } = await open();
    assert.deepEqual(failures, []);
    for (const each of checkpoints) {
      const before = first.organization.permissions.snapshot(each);
      const after = organization.permissions.snapshot(each);
      assert.deepEqual(after.listing?.permissions, before.listing?.permissions);
      assert.deepEqual(after.listing?.ending, before.listing?.ending);
      const standing = organization.standingOf(each);
      assert.ok(standing.doubts.includes('old'), 'its age is said, however short the restart was');
      assert.ok(Math.abs((standing.loadedAt ?? 0) - (before.listing?.readAt ?? 0)) < 100);
      assert.equal(
        await organization.permissions.read(each),
        after.listing,
        'reading what is known asks nothing',
      );
    }
    assert.equal(
      organization.projects.snapshot.projects.size,
      first.organization.projects.snapshot.projects.size,
    );
    await organization.projects.read('background');
    await organization.trail.read();
    assert.deepEqual(
      organization.trail.snapshot.events.map((event) => event.id),
      first.organization.trail.snapshot.events.map((event) => event.id),
    );
    assert.deepEqual(organization.usage.known?.uses, first.organization.usage.known?.uses);
    assert.equal(requests(), sent, 'nothing was asked');
  });

  it('Truth 23: what is restored decides nothing: it is read again first', async () => {
    const first = await open();
    await first.organization.permissions.read(id(1));
    await first.organization.projects.read();
    await first.memory.flush();
    const { organization } = await open();
    const sent = requests();
    await organization.permissions.readCurrent(id(1), decisionAge);
    assert.equal(requests(), sent + 1);
    const archived = [...organization.projects.snapshot.projects.keys()].find((each) =>
      organization.projects.isArchived(each),
    );
    assert.ok(archived, 'the emulator has an archived project');
    assert.equal(organization.projects.isArchivedNow(archived), false);
  });

  it('Truth 23: a list of an earlier session is not continued, but read anew', async () => {
    const first = await open();
    await first.organization.permissions.read(id(0));
    await first.memory.flush();
    const { organization } = await open();
    assert.equal(organization.standingOf(id(0)).count, 100);
    const listing = await organization.permissions.readMore(id(0));
    assert.equal(listing.permissions.length, 150);
    assert.equal(organization.permissions.snapshot(id(0)).restored, undefined);
  });

  it('Truth 23: marks of a change and of a refresh survive', async () => {
    const first = await open();
    for (const each of [id(1), id(2)]) await first.organization.permissions.read(each);
    first.organization.permissions.changed(id(1));
    first.organization.permissions.outdate(id(2));
    await first.memory.flush();
    const { organization } = await open();
    assert.ok(organization.standingOf(id(1)).doubts.includes('beforeYourChange'));
    assert.ok(organization.standingOf(id(2)).doubts.includes('beforeYourRefresh'));
    assert.equal(organization.permissions.isDue(id(2)), false, 'a restart asks for nothing');
    await organization.permissions.readAgain(id(1));
    assert.ok(!organization.standingOf(id(1)).doubts.includes('beforeYourChange'));
  });

  it('Truth 23: the first reading tells what changed since the earlier session', async () => {
    const first = await open();
    await first.organization.permissions.read(id(3));
    await first.memory.flush();
    const { state } = place.emulator.organization;
    const list = state.checkpoints.get(id(3))?.permissions;
    const gone = list?.all()[0];
    assert.ok(list && gone);
    list.remove(gone.id);
    const { organization, memory } = await open();
    assert.deepEqual(memory.takeChanges(), []);
    await organization.permissions.refresh(id(3));
    const [changed, ...others] = memory.takeChanges();
    assert.deepEqual(others, []);
    assert.equal(changed?.checkpoint, id(3));
    assert.deepEqual(
      changed.changes.map(({ action, permission }) => [action, permission.id]),
      [['revoked', gone.id]],
    );
    await organization.permissions.refresh(id(3));
    assert.deepEqual(memory.takeChanges(), [], 'each is told once');
  });

  it('Truth 23: what another window loaded meanwhile is not called an earlier session', async () => {
    const one = await open();
    const other = await open();
    await other.organization.permissions.read(id(3));
    await other.memory.flush();
    await one.organization.permissions.read(id(1));
    await one.memory.flush();
    assert.ok(one.organization.permissions.snapshot(id(3)).restored);
    await one.organization.permissions.readAnew(id(3));
    assert.deepEqual(one.memory.takeChanges(), []);
  });

  it('Truth 23: two windows keep the later reading of each list', async () => {
    const one = await open();
    const other = await open();
    await one.organization.permissions.read(id(1));
    await one.organization.permissions.read(id(2));
    await one.memory.flush();
    await other.organization.permissions.read(id(3));
    await other.memory.flush();
    assert.equal(
      other.organization.standingOf(id(1)).state,
      'loaded',
      'what the other window knows is shown here',
    );
    await one.organization.permissions.readAgain(id(2));
    const later = one.organization.permissions.snapshot(id(2)).listing?.readAt ?? 0;
    await one.memory.flush();
    await other.organization.permissions.readAgain(id(3));
    await other.memory.flush();
    const { organization } = await open();
    for (const each of [id(1), id(2), id(3)]) assert.equal(organization.standingOf(each).state, 'loaded');
    assert.ok(Math.abs((organization.standingOf(id(2)).loadedAt ?? 0) - later) < 100);
  });

  it('Truth 23: a window that wrote at the same moment is noticed, and nothing of it is lost', async () => {
    const one = await open();
    const other = await open();
    await one.organization.permissions.read(id(1));
    await other.organization.permissions.read(id(2));
    // Both have looked at the folder before either has written.
    const known = new KnownFile(folder, 'test');
    await one.memory.flush();
    const before = await known.read(whose);
    await other.memory.flush();
    assert.ok(before);
    await known.replace(whose, before.known);
    await one.later();
    await other.later();
    const { organization } = await open();
    assert.deepEqual(
      [id(1), id(2)].map((each) => organization.standingOf(each).state),
      ['loaded', 'loaded'],
    );
  });

  it('Truth 5: a change and a refresh while nothing was loaded mark an older list of another window', async () => {
    const one = await open();
    const other = await open();
    for (const each of [id(1), id(2)]) await other.organization.permissions.read(each);
    one.organization.permissions.changed(id(1));
    one.organization.permissions.outdate(id(2));
    await other.memory.flush();
    await one.organization.permissions.read(id(3));
    await one.memory.flush();
    assert.ok(one.organization.standingOf(id(1)).doubts.includes('beforeYourChange'));
    assert.ok(one.organization.standingOf(id(2)).doubts.includes('beforeYourRefresh'));
    assert.ok(one.organization.permissions.isDue(id(2)), 'the refresh was asked for here');
  });

  it('Truth 23: a mark that another window put on the same list is shown here, too', async () => {
    const one = await open();
    await one.organization.permissions.read(id(1));
    await one.organization.permissions.read(id(2));
    await one.memory.flush();
    const other = await open();
    other.organization.permissions.changed(id(1));
    other.organization.permissions.outdate(id(2));
    await other.memory.flush();
    await one.organization.permissions.read(id(3));
    await one.memory.flush();
    const { permissions } = one.organization;
    assert.ok(one.organization.standingOf(id(1)).doubts.includes('beforeYourChange'));
    assert.ok(one.organization.standingOf(id(2)).doubts.includes('beforeYourRefresh'));
    assert.equal(permissions.snapshot(id(1)).restored, undefined, 'it was loaded here');
    assert.equal(permissions.isDue(id(2)), false, 'nobody asked for it here');
    await permissions.readAgain(id(1));
    assert.deepEqual(one.organization.standingOf(id(1)).doubts, []);
  });

  it('Truth 23: a date in the future never wins over what was loaded since', async () => {
    const first = await open();
    await first.organization.permissions.read(id(1));
    await first.organization.projects.read();
    await first.memory.flush();
    const file = new KnownFile(folder, 'test');
    const { known } = (await file.read(whose)) ?? assert.fail();
    const list = known.lists.get(id(1)) ?? assert.fail();
    const ahead = Date.now() + 86_400_000;
    const projects = { ...(known.projects ?? assert.fail()), loadedAt: ahead, projects: [] };
    const lists = new Map([[id(1), { ...list, loadedAt: ahead, permissions: [] }]]);
    await file.replace(whose, { lists, projects });
    await first.organization.permissions.read(id(2));
    await first.memory.flush();
    assert.equal(first.organization.permissions.snapshot(id(1)).restored, undefined);
    const { organization } = await open();
    assert.equal(organization.standingOf(id(1)).count, list.permissions.length);
    assert.ok(organization.projects.snapshot.projects.size > 0);
  });

  it('Truth 23: a later log of another window is not written over', async () => {
    const one = await open();
    await one.organization.trail.read();
    await one.memory.flush();
    const other = await open();
    await other.organization.trail.refresh();
    const later = other.organization.trail.snapshot.readAt ?? 0;
    await other.memory.close();
    await one.organization.permissions.read(id(1));
    await one.memory.flush();
    const { organization } = await open();
    assert.ok(Math.abs((organization.trail.snapshot.readAt ?? 0) - later) < 100);
    assert.notEqual(later, one.organization.trail.snapshot.readAt);
  });

  it('Truth 23: what waits is not written when the organization was removed meanwhile', async () => {
    const { organization, memory } = await open();
    await organization.permissions.read(id(1));
    await memory.close(async () => false);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('Truth 23: a person who wants all permissions gets those of an earlier session anew', async () => {
    const first = await open();
    for (const each of checkpoints.slice(0, 3)) await first.organization.permissions.readAll(each);
    await first.organization.projects.read();
    await first.memory.flush();
    const { organization } = await open();
    const { catalog, permissions, projects } = organization;
    assert.equal(incompleteCheckpoints(catalog, permissions).length, 60);
    const { complete } = await completeLists(
      permissions,
      checkpoints.slice(0, 3),
      new AbortController().signal,
      () => undefined,
    );
    assert.equal(complete.length, 3);
    for (const each of complete) assert.equal(permissions.snapshot(each).restored, undefined);
    assert.equal(incompleteCheckpoints(catalog, permissions).length, 57);
    assert.equal(areProjectsCertain(projects.snapshot), false);
    assert.deepEqual(organization.projectsStanding.doubts, ['old']);
    assert.match(missingProjects(organization.projectsStanding, Date.now()).join(), /since/);
    const sent = requests();
    await projects.read('background');
    assert.equal(requests(), sent);
    await projects.read();
    assert.ok(requests() > sent);
    assert.deepEqual(organization.projectsStanding.doubts, []);
  });

  it('keeps no key, no IP address and no user agent, in a file that only its owner can read', async () => {
    const { organization, memory } = await open();
    await organization.trail.read();
    await organization.permissions.read(id(1));
    await memory.flush();
    const text = readFileSync(path(), 'utf8');
    assert.ok(text.includes(id(1)));
    assert.ok(!text.includes(place.emulator.adminAPIKey));
    assert.ok(!/ip_address|user_agent|ja3|\d+\.\d+\.\d+\.\d+/.test(text));
    if (process.platform !== 'win32') assert.equal(statSync(path()).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder), ['test.jsonl'], 'nothing is left beside it');
  });

  it('keeps nothing of another organization, of a newer version, or of a checkpoint that was removed', async () => {
    const first = await open();
    for (const each of [id(1), id(2)]) await first.organization.permissions.read(each);
    await first.memory.flush();
    const stranger = await open({ ...whose, organization: 'org-other', key: 'two' });
    assert.equal(stranger.organization.standingOf(id(1)).state, 'notLoaded');
    const unsure = await open({ origin: whose.origin, organization: '', key: 'three' });
    assert.equal(unsure.organization.standingOf(id(1)).state, 'notLoaded');
    await first.organization.catalog.remove([id(2)]);
    await first.memory.flush();
    assert.ok(!readFileSync(path(), 'utf8').includes(id(2)));
    const [head, ...rest] = readFileSync(path(), 'utf8').split('\n');
    writeFileSync(path(), [head?.replace('"v":1', '"v":2'), ...rest].join('\n'));
    const older = await open();
    assert.equal(older.organization.standingOf(id(1)).state, 'notLoaded');
    assert.equal(older.restored.isDamaged, false);
  });

  it('drops damaged lines and says so, and shows the rest', async () => {
    const first = await open();
    for (const each of [id(1), id(2)]) await first.organization.permissions.read(each);
    await first.memory.flush();
    const lines = readFileSync(path(), 'utf8').split('\n');
    writeFileSync(path(), lines.map((line) => (line.includes(id(2)) ? line.slice(0, 40) : line)).join('\n'));
    const { organization, restored, memory } = await open();
    assert.equal(restored.isDamaged, true);
    assert.equal(organization.standingOf(id(1)).state, 'loaded');
    assert.equal(organization.standingOf(id(2)).state, 'notLoaded');
    await organization.permissions.read(id(4));
    await memory.flush();
    assert.equal((await open()).restored.isDamaged, false, 'the next write mends the file');
    for (const text of ['', '{', '[]', '\0'.repeat(50)]) {
      writeFileSync(path(), text);
      assert.equal((await open()).restored.isDamaged, true, JSON.stringify(text));
    }
  });

  it('Truth 16: a long list takes several short lines, and a damaged one never shortens it', async () => {
    const rows = Array.from({ length: 50_000 }, (_, index) => ({
      id: `cp_${index}`,
      object: 'checkpoint.permission' as const,
      project_id: `proj_${index}`,
      created_at: index,
    }));
    const list = (count: number) => ({
      permissions: rows.slice(0, count),
      ending: { kind: 'complete' as const },
      isNewestFirst: false,
      loadedAt: 1000,
    });
    const projects = rows.slice(0, 4500).map(({ project_id }) => ({
      id: project_id,
      object: 'organization.project' as const,
      name: project_id,
      status: 'active',
      created_at: 1,
    }));
    const events = rows
      .slice(0, 4001)
      .map((_, index) => ({ id: `event_${index}`, type: 'checkpoint.permission.created', effective_at: 1 }));
    const known: KnownAccess = {
      lists: new Map([
        [id(1), list(50_000)],
        [id(2), list(2000)],
        [id(3), list(2001)],
        [id(4), list(0)],
      ]),
      projects: { projects, loadedAt: 1000 },
      log: { events, ending: { kind: 'complete' }, loadedAt: 1000 },
    };
    const file = new KnownFile(folder, 'test');
    await file.replace(whose, known);
    assert.deepEqual(await file.read(whose), { known, isDamaged: false });
    const lines = readFileSync(path(), 'utf8').trimEnd().split('\n');
    assert.ok(Math.max(...lines.map((line) => line.length)) < 500_000);

    const without = (at: number): string => lines.filter((_, index) => index !== at).join('\n');
    const damaged = (at: number): string =>
      lines.map((line, index) => (index === at ? line.slice(0, -5) : line)).join('\n');
    for (const at of [1, 2, 13, 25]) {
      for (const text of [without(at), damaged(at)]) {
        writeFileSync(path(), text);
        const { known: rest, isDamaged } = (await file.read(whose)) ?? assert.fail();
        assert.equal(isDamaged, true);
        assert.deepEqual([...rest.lists.keys()], [id(2), id(3), id(4)]);
        assert.deepEqual(rest.projects?.projects.length, 4500);
      }
    }
    for (let at = 26; at < lines.length; at += 1) {
      writeFileSync(path(), without(at));
      const { known: rest } = (await file.read(whose)) ?? assert.fail();
      for (const [each, { permissions }] of rest.lists)
        assert.equal(permissions.length, known.lists.get(each)?.permissions.length);
      assert.ok([undefined, 4500].includes(rest.projects?.projects.length));
      assert.ok([undefined, 4001].includes(rest.log?.events.length));
    }
  });

  it('keeps the old file when the new one cannot be written, and says why', async () => {
    const first = await open();
    await first.organization.permissions.read(id(1));
    await first.memory.flush();
    const file = new KnownFile(folder, 'test');
    const hopeless: KnownAccess = {
      lists: new Map([[id(5), { toJSON: () => assert.fail('disk full') } as never]]),
    };
    await assert.rejects(file.replace(whose, hopeless));
    assert.deepEqual(readdirSync(folder), ['test.jsonl']);
    assert.equal((await open()).organization.standingOf(id(1)).state, 'loaded');
  });

  it('keeps nothing once that is turned off, and removes the file', async () => {
    const { organization, memory } = await open();
    await organization.permissions.read(id(1));
    await memory.flush();
    await memory.setKept(false);
    assert.deepEqual(readdirSync(folder), []);
    await organization.permissions.read(id(2));
    await memory.flush();
    assert.deepEqual(readdirSync(folder), []);
    await memory.setKept(true);
    await memory.flush();
    assert.equal((await open()).organization.standingOf(id(2)).state, 'loaded');
    const off = await open(whose, false);
    assert.equal(off.organization.standingOf(id(2)).state, 'notLoaded');
  });

  it('leaves out whole lists, the oldest first, when there are too many permissions', () => {
    const list = (count: number, loadedAt: number) => ({
      permissions: Array.from({ length: count }, (_, index) => ({
        id: `cp_${index}`,
        object: 'checkpoint.permission' as const,
        project_id: 'proj_1',
        created_at: 1,
      })),
      ending: { kind: 'complete' as const },
      isNewestFirst: true,
      loadedAt,
    });
    const half = Math.ceil(maxPermissions / 2);
    const known = {
      lists: new Map([
        ['a', list(half, 1)],
        ['b', list(half, 3)],
        ['c', list(half, 2)],
        ['d', list(0, 0)],
      ]),
    };
    assert.deepEqual([...withinLimits(known, () => true).lists.keys()].sort(), ['b', 'c', 'd']);
  });

  it('keeps the days of usage while one line has room for them, else only their sums', () => {
    const read = (pairs: number) => {
      const use = { requests: 3, lastDay: 2, days: [1, ...Array.from({ length: 92 }, () => 0)] };
      const projects = Array.from({ length: pairs }, (_, index) => [`proj_${index}`, use] as const);
      const usage = { uses: new Map([['ft:a', new Map(projects)]]), from: 0, loadedAt: 1 };
      const [line = ''] = [...toLines({ lists: new Map(), usage })];
      return parseLine(line)?.usage?.uses.get('ft:a')?.get('proj_0');
    };
    assert.equal(read(10)?.days?.length, 93);
    assert.deepEqual(read(600), { requests: 3, lastDay: 2 });
    const older = '{"usage":[["ft:a","proj_0",3,2]],"from":0,"loadedAt":1}';
    assert.deepEqual(parseLine(older)?.usage?.uses.get('ft:a')?.get('proj_0'), { requests: 3, lastDay: 2 });
    assert.equal(parseLine(older.replace('3,2]', '3,2,["x"]]')), undefined);
  });

  it('makes nothing of a line that is not its own', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc
            .record(
              {
                list: fc.jsonValue(),
                rows: fc.jsonValue(),
                ending: fc.jsonValue(),
                loadedAt: fc.jsonValue(),
                projects: fc.jsonValue(),
                events: fc.jsonValue(),
                usage: fc.jsonValue(),
                from: fc.jsonValue(),
              },
              { requiredKeys: [] },
            )
            .map((value) => JSON.stringify(value)),
        ),
        (text) => {
          const part = parseLine(text);
          if (part === undefined) return;
          const { lists, projects, log, usage } = part;
          assert.equal(lists.size + [projects, log, usage].filter(Boolean).length, 1);
          for (const [key, { permissions, loadedAt }] of lists) {
            assert.equal(typeof key, 'string');
            assert.ok(Number.isFinite(loadedAt));
            for (const { id: own, project_id } of permissions) assert.ok(own && project_id);
          }
        },
      ),
    );
    assert.equal(
      parseLine('{"list":"__proto__","rows":[],"ending":{"kind":"complete"},"loadedAt":1}')?.lists.size,
      1,
    );
    assert.equal(nothingKnown.lists.size, 0);
  });
});

import assert from 'node:assert/strict';
import { type ScannedId, scannedIds } from '../../../src/access/ids/scannedIds';
import type { Organization } from '../../../src/access/organization';
import { commandIds } from '../../../src/ids';
import type { ActiveOrganization } from '../../../src/organizations/currentOrganization';
import type { Profile } from '../../../src/organizations/profile';
import { hoverCommands } from '../../../src/views/hover/links';
import { hoverText } from '../../../src/views/hover/text';
import { accessInWords, accessNotes, firstWithAccess, reliabilityInWords } from '../../../src/words/access';
import { whereFound } from '../../../src/words/discovery';
import { explain } from '../../../src/words/errors';
import {
  accessUnknown,
  foundLine,
  hoverLinks,
  inListInWords,
  kindOfCheckpoint,
  requestsFail,
  unmanagedTitles,
} from '../../../src/words/hover';
import { shutdownLine, shutdownSource } from '../../../src/words/shutdown';
import { doubtInWords, incompleteInWords } from '../../../src/words/standing';
import { cursorTraps, faults } from '../../emulator';
import { checkpoint, usePlace } from '../access/support';
import { hostileNames, rendered } from './rendered';

const other = 'ft:gpt-3.5-turbo-0125:acme::B7R9VjQd:ckpt-step-8';
/** The date of the shutdown calendar's reference. */
const now = Date.parse('2026-11-21T12:00:00Z');

function idIn(text: string): ScannedId {
  const [id] = scannedIds(text);
  assert.ok(id);
  return id;
}

const profile = { id: 'default', name: 'Test' } as Profile;

describe('a hover over an id', () => {
  const place = usePlace(3);
  const shown = (organization: Organization): ActiveOrganization => ({ kind: 'organization', organization });
  const hover = (id = checkpoint, at = Date.now()) => hoverText(idIn(id), shown(place.organization), at);
  const text = (id?: string, at?: number) => rendered(hover(id, at)).text;
  const permissions = () => place.organization.permissions;
  const standing = (id = checkpoint) => place.organization.standingOf(id);
  /** The explanation of the last failure. */
  const whatFailed = () => explain(standing().failure?.error).what;
  const has = (read: string, ...parts: readonly string[]) => {
    for (const part of parts) assert.ok(read.includes(part), `${part} in ${read}`);
  };
  const noPermissions = accessInWords(
    { state: 'loaded', count: 0, isComplete: true, doubts: [], isLoading: false },
    0,
  );
  const names = () =>
    [...(permissions().snapshot(checkpoint).listing?.permissions ?? [])].map((each) => each.project_id);

  it('explains the id itself', () => {
    const read = text();
    const [head, parts] = read.split('\n');
    assert.equal(head, `test-bot · ${kindOfCheckpoint(undefined)}`);
    assert.equal(parts, 'Base model gpt-4o-mini-2024-07-18 · Organization harbor-labs');
    const [ofOther] = text(other).split('\n');
    assert.equal(ofOther, `gpt-3.5-turbo-0125 · B7R9VjQd · step 8 · ${kindOfCheckpoint(8)}`);
  });

  it('says that nothing was read, and asks nobody', () => {
    has(text(), accessInWords(standing(), 0));
    assert.doesNotMatch(text(), /No permissions/);
    assert.equal(place.emulator.requests.length, 0);
  });

  it('says how many projects have access and names them, with the age of that', async () => {
    await permissions().read(checkpoint);
    await place.organization.projects.read();
    const known = names().map((id) => place.organization.projects.nameOf(id));
    has(text(), `${accessInWords(standing(), 3)} · loaded just now`);
    has(text(), firstWithAccess(known.map(String), 3, false));
    const later = Date.now() + 3 * 3600_000;
    const old = doubtInWords.old({ ...standing(), doubts: ['old'] }, later);
    has(text(checkpoint, later), `$(warning) ${accessInWords(standing(), 3)} · ${old}`);
  });

  it('names projects by their ids while no names are known, and marks archived ones', async () => {
    await permissions().read(checkpoint);
    has(text(), firstWithAccess(names(), 3, false));
    const [first] = names();
    const { projects } = place.emulator.organization.state;
    const project = projects.get(first ?? '');
    assert.ok(project);
    projects.set(project.id, { ...project, status: 'archived' });
    await place.organization.projects.read();
    assert.ok(text().includes(`${project.name} (archived)`), text());
  });

  it('says “No permissions” when the server said so', async () => {
    place.emulator.organization.addCheckpoint(other);
    await permissions().read(other);
    has(text(other), `${noPermissions} · loaded just now`);
  });

  it('puts a plus sign to what is not all, and says why', async () => {
    place.emulator.organization.addCheckpoint(checkpoint, { permissions: 130 });
    await permissions().read(checkpoint);
    const summary = [accessInWords(standing(), 100), ...reliabilityInWords(standing(), Date.now())];
    has(text(), `$(warning) ${summary.join(' · ')}`, doubtInWords.moreToLoad(standing(), Date.now()));
    assert.match(text(), /and 95\+ more/);
    place.emulator.fail('permissions.list', faults.status(500), 1);
    await assert.rejects(permissions().readMore(checkpoint));
    has(text(), summary[0] ?? '', accessNotes(standing()).join(' '), whatFailed());
  });

  it('says that a list is incomplete', async () => {
    place.emulator.fail('permissions.list', cursorTraps.emptyPage, 1);
    await permissions().read(checkpoint);
    has(text(), accessInWords(standing(), 0), doubtInWords.brokenOff(standing(), Date.now()));
    has(text(), incompleteInWords('emptyPage'));
  });

  it('says that reading failed, and never calls that no permissions', async () => {
    place.emulator.fail('permissions.list', faults.status(500), 1);
    await assert.rejects(permissions().read(checkpoint));
    has(text(), `$(error) ${accessInWords(standing(), 0)}`, whatFailed());
    assert.doesNotMatch(text(), /No permissions|has access/);
  });

  it('says that what it knows is old when reading again failed, or from before a change', async () => {
    await permissions().read(checkpoint);
    place.emulator.fail('permissions.list', faults.status(500), 1);
    await assert.rejects(permissions().readAgain(checkpoint));
    has(text(), `$(warning) ${accessInWords(standing(), 3)}`, whatFailed());
    has(text(), doubtInWords.refreshFailed(standing(), Date.now()));
    permissions().changed(checkpoint);
    has(text(), doubtInWords.beforeYourChange(standing(), Date.now()));
  });

  it('counts projects once, however many permissions they have', async () => {
    const list = place.emulator.organization.state.checkpoints.get(checkpoint)?.permissions.all() ?? [];
    const [first, second] = list;
    assert.ok(first && second);
    const data = [first, { ...first, id: 'cp_again' }, second];
    place.emulator.fail(
      'permissions.list',
      faults.status(200, { body: { object: 'list', data, has_more: false } }),
      1,
    );
    await permissions().read(checkpoint);
    has(text(), accessInWords(standing(), 2));
  });

  it('says that it is being read', async () => {
    const gate = place.emulator.hold();
    const read = permissions().read(checkpoint);
    has(text(), accessInWords(standing(), 0), accessNotes(standing()).join(' '));
    gate.release();
    await read;
  });

  it('says where it was found, and whether it is in the list', async () => {
    const { catalog } = place.organization;
    const hour = 3600_000;
    await catalog.add([
      {
        id: checkpoint,
        findings: [
          { in: 'auditLog', at: now - 2 * hour },
          { in: 'workspace', at: now - hour },
        ],
      },
    ]);
    const found = (place: 'auditLog' | 'workspace', at: number) =>
      foundLine(whereFound({ in: place }), at, now);
    const line = [
      inListInWords(true, 'Test'),
      found('auditLog', now - 2 * hour),
      found('workspace', now - hour),
    ];
    has(text(checkpoint, now), line.join(' · '));
    has(text(other, now), inListInWords(false, 'Test'));
    assert.match(hover(checkpoint), /\[Show in Sidebar\]/);
    assert.doesNotMatch(hover(checkpoint), /Add to List/);
    assert.match(hover(other), /\[Add to List\]/);
    assert.doesNotMatch(hover(other), /Show in Sidebar/);
  });

  it('says when the model ends, how long that is, and how it is known', async () => {
    const line = (shutsDownOn: string, source: 'models' | 'table') => {
      const shutdown = { shutsDownOn, source } as const;
      return `${shutdownLine(shutdown, now)} · ${shutdownSource(shutdown)}`;
    };
    has(text(checkpoint, now), line('2027-01-14', 'table'));
    has(text(other, now), `${line('2026-10-23', 'table')} · ${requestsFail}`);
    await place.organization.catalog.add([{ id: checkpoint, findings: [], shutdownDate: '2026-12-01' }]);
    has(text(checkpoint, now), line('2026-12-01', 'models'));
    has(text('ft:gpt-9-2030-01-01:acme::B7R9VjQd', now), shutdownLine(undefined, now));
  });

  it('links to what can be done: safe commands with the id and the organization alone', () => {
    const { targets } = rendered(hover());
    assert.deepEqual(
      targets.map((each) => each.split('?')[0]),
      ['showInSidebar', 'grant', 'explainAccess', 'readAccess', 'showDetails', 'copyCheckpointId'].map(
        (name) => `command:checkpointPermissions.${name}`,
      ),
    );
    for (const target of targets) {
      const [, query = ''] = target.split('?');
      assert.deepEqual(JSON.parse(decodeURIComponent(query)), [{ checkpoint, organization: 'test' }]);
    }
    assert.ok(hover().includes(`[${hoverLinks.readAccess[0]}]`));
  });

  it('lets no project forge a link, an icon or a line', async () => {
    const { projects } = place.emulator.organization.state;
    const all = [...projects.values()];
    for (const name of hostileNames) {
      for (const project of all) projects.set(project.id, { ...project, name });
      await permissions().readAgain(checkpoint);
      await place.organization.projects.readAgain();
      const { targets, kinds, text: read } = rendered(hover());
      for (const target of targets)
        assert.match(target, /^command:checkpointPermissions\.\w+\?%5B%7B%22checkpoint/);
      assert.equal(targets.length, 6);
      for (const kind of kinds)
        assert.ok(
          ['paragraph', 'text', 'escape', 'strong', 'codespan', 'br', 'space', 'hr', 'link'].includes(kind),
          kind,
        );
      assert.deepEqual(
        [...read.matchAll(/\$\(([\w-]+)\)/g)].map(([, icon]) => icon),
        ['project', 'calendar', 'list-unordered'],
      );
    }
  });

  for (const [current, why] of [
    [{ kind: 'none', profile }, accessUnknown.none('Test')],
    [{ kind: 'keyGone', profile }, accessUnknown.keyGone('Test')],
    [
      { kind: 'elsewhere', profile, savedFor: 'https://a.test', now: 'https://b.test' },
      accessUnknown.elsewhere('https://a.test', 'https://b.test'),
    ],
    [
      { kind: 'problem', profile, error: new Error('The keyring [x](command:y) is locked') },
      /The keyring \[x\]\S?\(command:y\) is locked/,
    ],
  ] as const) {
    it(`explains the id without an organization: ${current.kind}`, () => {
      const { text: read, targets } = rendered(hoverText(idIn(checkpoint), current, now));
      if (typeof why === 'string') has(read, why);
      else assert.match(read, why);
      has(read, shutdownLine({ shutsDownOn: '2027-01-14', source: 'table' }, now));
      assert.deepEqual(
        targets.map((each) => each.split('?')[0]),
        [commandIds.setAdminKey, commandIds.exploreSample, commandIds.copyCheckpointId].map(
          (id) => `command:${id}`,
        ),
      );
    });
  }

  it('explains legacy and Azure ids, which are not managed', () => {
    const current = shown(place.organization);
    const legacy = rendered(hoverText(idIn('davinci:ft-acme-2023-08-24-16-25-55'), current, now));
    has(legacy.text, unmanagedTitles.legacy);
    assert.match(legacy.text, /of the retired fine-tunes API/);
    const azure = rendered(hoverText(idIn(`gpt-4o.ft-${'0a'.repeat(16)}`), current, now));
    has(azure.text, unmanagedTitles.azure);
    assert.match(azure.text, /Azure manages its access/);
    assert.deepEqual([...legacy.targets, ...azure.targets], []);
  });

  it('uses commands that are allowed in it and no others', () => {
    const used = new Set(
      [hover(), hover(other), hoverText(idIn(checkpoint), { kind: 'none', profile }, now)].flatMap((each) =>
        rendered(each).targets.map((target) => target.split('?')[0]),
      ),
    );
    assert.deepEqual([...used].sort(), hoverCommands.map((name) => `command:${commandIds[name]}`).sort());
  });
});

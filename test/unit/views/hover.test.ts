import assert from 'node:assert/strict';
import { type ScannedId, scannedIds } from '../../../src/access/ids/scannedIds';
import type { Organization } from '../../../src/access/organization';
import { commandIds } from '../../../src/ids';
import type { ActiveOrganization } from '../../../src/organizations/current';
import type { Profile } from '../../../src/organizations/profile';
import { linked } from '../../../src/views/hover/links';
import { hoverText } from '../../../src/views/hover/text';
import { cursorTraps, faults } from '../../emulator';
import { checkpoint, usePlace } from '../access/support';
import { hostileNames, rendered } from './rendered';

const other = 'ft:gpt-3.5-turbo-0125:acme::B7R9VjQd:ckpt-step-8';
/** The day of the reference's state of the calendar. */
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
  const names = () =>
    [...(permissions().snapshot(checkpoint).listing?.permissions ?? [])].map((each) => each.project_id);

  it('explains the id itself', () => {
    const read = text();
    assert.match(
      read,
      /^test-bot · fine-tuned model\nFine-tuned from gpt-4o-mini-2024-07-18 · organization harbor-labs\n/,
    );
    assert.match(
      text(other),
      /^gpt-3\.5-turbo-0125 · B7R9VjQd · step 8 · checkpoint of a fine-tuned model\n/,
    );
  });

  it('says that nothing was read, and asks nobody', () => {
    assert.match(text(), /Who has access has not been read yet/);
    assert.doesNotMatch(text(), /No permissions/);
    assert.equal(place.emulator.requests.length, 0);
  });

  it('says how many projects have access and names them, with the age of that', async () => {
    await permissions().read(checkpoint);
    await place.organization.projects.read();
    const known = names().map((id) => place.organization.projects.nameOf(id));
    assert.match(text(), /3 projects have access, read just now/);
    assert.ok(text().includes(known.join(', ')), text());
    assert.match(
      text(checkpoint, Date.now() + 3 * 3600_000),
      /\$\(warning\) 3 projects have access, read 3 hours ago/,
    );
  });

  it('names projects by their ids while no names are known, and marks archived ones', async () => {
    await permissions().read(checkpoint);
    assert.ok(text().includes(names().join(', ')));
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
    assert.match(text(other), /No permissions: not shared with any project, read just now/);
  });

  it('puts a plus sign to what is not all, and says why', async () => {
    place.emulator.organization.addCheckpoint(checkpoint, { permissions: 130 });
    await permissions().read(checkpoint);
    assert.match(text(), /\$\(warning\) 100\+ projects have access/);
    assert.match(text(), /and 95\+ more\n.*newest 100 permissions were read; there are more/);
    place.emulator.fail('permissions.list', faults.status(500), 1);
    await assert.rejects(permissions().readMore(checkpoint));
    assert.match(text(), /100\+ projects have access/);
    assert.match(text(), /More could not be read: The API failed \(500\)/);
  });

  it('says that a list is incomplete', async () => {
    place.emulator.fail('permissions.list', cursorTraps.emptyPage, 1);
    await permissions().read(checkpoint);
    assert.match(text(), /No permission was read, but there may be some/);
    assert.match(text(), /The list is incomplete: the server said that there is more/);
  });

  it('says that reading failed, and never calls that no permissions', async () => {
    place.emulator.fail('permissions.list', faults.status(500), 1);
    await assert.rejects(permissions().read(checkpoint));
    assert.match(text(), /\$\(error\) Who has access could not be read: The API failed \(500\)/);
    assert.doesNotMatch(text(), /No permissions|has access,/);
  });

  it('says that what it knows is old when reading again failed, or from before a change', async () => {
    await permissions().read(checkpoint);
    place.emulator.fail('permissions.list', faults.status(500), 1);
    await assert.rejects(permissions().readAgain(checkpoint));
    assert.match(text(), /\$\(warning\) 3 projects have access, read just now/);
    assert.match(text(), /It could not be read again: The API failed \(500\)/);
    permissions().changed(checkpoint);
    assert.match(text(), /This is from before your last change/);
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
    assert.match(text(), /2 projects have access, by 3 permissions/);
  });

  it('says that it is being read', async () => {
    const gate = place.emulator.hold();
    const read = permissions().read(checkpoint);
    assert.match(text(), /not been read yet\n.*being read now/);
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
          { in: 'audit log', at: now - 2 * hour },
          { in: 'workspace', at: now - hour },
        ],
      },
    ]);
    assert.match(
      text(checkpoint, now),
      /In the list of Test · found in the audit log 2 hours ago · found in the workspace 1 hour ago/,
    );
    assert.match(text(other, now), /Not in the list of Test/);
    assert.match(hover(checkpoint), /\[Show in Sidebar\]/);
    assert.doesNotMatch(hover(checkpoint), /Add to List/);
    assert.match(hover(other), /\[Add to List\]/);
    assert.doesNotMatch(hover(other), /Show in Sidebar/);
  });

  it('says when the model ends, how long that is, and how it is known', async () => {
    assert.match(
      text(checkpoint, now),
      /Ends 14 Jan 2027, 54 days left \(as announced for its base model, known as of 2026-11-21\)/,
    );
    assert.match(text(other, now), /Ended 23 Oct 2026 .*requests to it fail, whoever has access/);
    await place.organization.catalog.add([{ id: checkpoint, findings: [], shutdownDate: '2026-12-01' }]);
    assert.match(
      text(checkpoint, now),
      /Ends 1 Dec 2026, 10 days left \(by the shutdown date that the server gives for the model\)/,
    );
    assert.match(text('ft:gpt-9-2030-01-01:acme::B7R9VjQd', now), /No end is known for this base model/);
  });

  it('links to what can be done: safe commands with the id and the organization alone', () => {
    const { targets } = rendered(hover());
    assert.deepEqual(
      targets.map((each) => each.split('?')[0]),
      ['showInSidebar', 'grant', 'readAccess', 'showDetails', 'copyCheckpointId'].map(
        (name) => `command:checkpointPermissions.${name}`,
      ),
    );
    for (const target of targets) {
      const [, query = ''] = target.split('?');
      assert.deepEqual(JSON.parse(decodeURIComponent(query)), [{ checkpoint, organization: 'test' }]);
    }
    assert.match(hover(), /\[Read Who Has Access\]/);
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
      assert.equal(targets.length, 5);
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

  for (const [current, words] of [
    [{ kind: 'none', profile }, /no admin API key is set/],
    [
      { kind: 'elsewhere', profile, savedFor: 'https://a.test', now: 'https://b.test' },
      /belongs to https:\/\/a\.test and is not sent to https:\/\/b\.test/,
    ],
    [
      { kind: 'problem', profile, error: new Error('The keyring [x](command:y) is locked') },
      /The keyring \[x\]\S?\(command:y\) is locked/,
    ],
  ] as const) {
    it(`explains the id without an organization: ${current.kind}`, () => {
      const { text: read, targets } = rendered(hoverText(idIn(checkpoint), current, now));
      assert.match(read, words);
      assert.match(read, /Ends 14 Jan 2027, 54 days left/);
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
    assert.match(
      legacy.text,
      /Legacy fine-tuned model[\s\S]*is a legacy fine-tune of the retired fine-tunes API/,
    );
    const azure = rendered(hoverText(idIn(`gpt-4o.ft-${'0a'.repeat(16)}`), current, now));
    assert.match(azure.text, /on Azure[\s\S]*Azure manages its access/);
    assert.deepEqual([...legacy.targets, ...azure.targets], []);
  });

  it('uses commands that are allowed in it and no others', () => {
    const used = new Set(
      [hover(), hover(other), hoverText(idIn(checkpoint), { kind: 'none', profile }, now)].flatMap((each) =>
        rendered(each).targets.map((target) => target.split('?')[0]),
      ),
    );
    assert.deepEqual([...used].sort(), linked.map((name) => `command:${commandIds[name]}`).sort());
  });
});

import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { window } from 'vscode';
import { FileStorage } from '../../src/access/journal/fileStorage';
import { Journal } from '../../src/access/journal/journal';
import type { Organization } from '../../src/access/organization';
import { planGrants } from '../../src/access/plan/plan';
import { InsecureBaseURLError } from '../../src/openai';
import { Profiles } from '../../src/organizations/profiles';
import type { CheckpointNode } from '../../src/views/shared/nodes';
import { accessPageTitle } from '../../src/words/accessPage';
import { checkpointsMessage } from '../../src/words/checkpoints';
import { baseURLProblemInWords, explainOrganization } from '../../src/words/errors';
import { titleOfOrganization, viewNames } from '../../src/words/organizationNames';
import {
  baseURLLooksLikeKey,
  keyForOtherHost,
  nameLooksLikeKey,
  nameMissing,
  nameTaken,
  nameTooLong,
  noAdminKey,
  noOrganizationYet,
  organizationQuestions,
  organizationSwitched,
  removeOrganizationQuestion,
  stillApplying,
} from '../../src/words/organizations';
import { canceledBeforeSent } from '../../src/words/outcomes';
import { commandTitles } from '../../src/words/titles';
import { type Emulator, faults, startEmulator } from '../emulator';
import { assertSays } from '../says';
import { checkpoint, run, setSetting, useStage } from './support/extension';

const otherKey = 'test-key-of-the-other';

async function waitForTabs(isSo: () => boolean): Promise<void> {
  if (isSo()) return;
  await new Promise<void>((resolve) => {
    const subscription = window.tabGroups.onDidChangeTabs(() => {
      if (!isSo()) return;
      subscription.dispose();
      resolve();
    });
  });
}

describe('several organizations', () => {
  const stage = useStage(3);
  let other: Emulator;

  before(async () => {
    other = await startEmulator({ adminAPIKey: otherKey });
  });
  after(() => other.stop());
  beforeEach(() => {
    other.reset();
    other.organization.addCheckpoint(checkpoint, { permissions: 5 });
  });

  const parts = () => stage.scene.services;
  const added = () => parts().profiles.all.slice(1);
  const sentTo = ({ requests }: Emulator) => requests.map(({ method, endpoint }) => `${method} ${endpoint}`);
  const keysSeenBy = ({ requests }: Emulator) => [...new Set(requests.map((each) => each.authorization))];
  const remembered = () =>
    [parts().stores.everywhere, parts().stores.window]
      .flatMap((memory) => memory.keys().map((name) => `${name} ${JSON.stringify(memory.get(name))}`))
      .join('\n');

  /** Adds an organization by the command, with one listed checkpoint. It is shown afterwards. Returns its ID. */
  async function add(name = 'Other'): Promise<string> {
    stage.person.types(name).types(other.baseURL).types(otherKey);
    await run('addOrganization');
    const id = added().at(-1)?.id;
    assert.ok(id, stage.person.told.at(-1));
    await (await stage.scene.organization()).catalog.add([checkpoint]);
    return id;
  }

  async function switchTo(label: string): Promise<void> {
    stage.person.picks([label]);
    await run('switchOrganization');
    await parts().tree.getChildren();
  }

  const first = () => new URL(stage.scene.emulator.origin).host;
  const title = async () => {
    await parts().tree.getChildren();
    return named();
  };
  const named = () => parts().view.title?.replace(/^Checkpoints( · )?/, '');

  describe('Add Organization…', () => {
    it('asks for name, base URL and key, verifies the key with one request, and shows the organization', async () => {
      assert.equal(await title(), first());
      stage.person.types('  Other\n').types(`${other.baseURL}/`).types(` ${otherKey} `);
      await run('addOrganization');
      const [profile] = added();
      assert.deepEqual([profile?.name, profile?.baseUrl], ['Other', other.baseURL]);
      assert.equal(await title(), 'Other');
      assert.deepEqual(sentTo(other), ['GET adminAPIKeys.list']);
      const { key, origin } = (await parts().keys.get(profile?.id ?? '')) ?? {};
      assert.deepEqual([key, origin], [otherKey, other.origin]);
      assert.equal((await parts().keys.get('default'))?.key, stage.scene.emulator.adminAPIKey);
      assert.deepEqual((await stage.scene.organization()).catalog.ids, [], 'it has a list of its own');
      assert.deepEqual(stage.scene.sent, []);
      assert.ok(!remembered().includes(otherKey));
      const [, address = ''] = stage.person.shown.map(({ text }) => text);
      assert.ok(address.includes(organizationQuestions.baseURL), address);
    });

    it('leaves the title to the organization that is opened again', async () => {
      assert.equal(await title(), first());
      await parts().current.reopen();
      assert.equal(named(), first());
    });

    it('canceled at any question saves nothing', async () => {
      const before = remembered();
      stage.person.cancels();
      await run('addOrganization');
      stage.person.types('Other').cancels();
      await run('addOrganization');
      stage.person.types('Other').types(other.baseURL).cancels();
      await run('addOrganization');
      assert.deepEqual(added(), []);
      assert.equal(remembered(), before);
      assert.equal(await title(), first());
      assert.deepEqual(other.requests, []);
    });

    it('saves nothing for a rejected key, and Try Again asks for the key only', async () => {
      stage.person.types('Other').types(other.baseURL).types('wrong-key');
      await run('addOrganization');
      assert.match(stage.person.told.at(-1) ?? '', /wasn't saved.*Incorrect API key/);
      assert.deepEqual(added(), []);
      const shown = new Promise<void>((resolve) => {
        const subscription = parts().profiles.onDidChange(() => {
          subscription();
          resolve();
        });
      });
      stage.person.types('Other').types(other.baseURL).types('wrong-key').types(otherKey);
      stage.person.willPressInMessage('Try Again');
      await run('addOrganization');
      await shown;
      assert.deepEqual(
        added().map(({ name }) => name),
        ['Other'],
      );
    });

    it('saves nothing when the keyring fails', async () => {
      const { secrets } = parts().keys as unknown as { secrets: Record<string, unknown> };
      const { store } = secrets;
      const value = () => Promise.reject(new Error('The keyring is locked.'));
      Object.defineProperty(secrets, 'store', { configurable: true, writable: true, value });
      stage.person.types('Other').types(other.baseURL).types(otherKey);
      await run('addOrganization');
      Object.defineProperty(secrets, 'store', { configurable: true, writable: true, value: store });
      assert.match(stage.person.told.at(-1) ?? '', /couldn't save the key\..*The keyring is locked/);
      assert.deepEqual(added(), []);
      assert.equal(await title(), first());
    });

    const key = ['sk', 'admin', 'pasted-here'].join('-');
    for (const [what, text, sentence] of [
      ['no name', '  ', nameMissing],
      ['a key as the name', key, nameLooksLikeKey],
      ['a name that is too long', 'x'.repeat(61), nameTooLong(60)],
    ] as const)
      it(`refuses ${what}`, async () => {
        stage.person.types(text);
        await run('addOrganization');
        assert.equal(stage.person.told[0], sentence);
        assert.ok(!stage.person.told.join().includes(key));
        assert.deepEqual(added(), []);
      });

    for (const [what, text, sentence] of [
      ['an address without https', 'http://example.invalid/v1', baseURLProblemInWords('notHTTPS')],
      [
        'an address with a password',
        `https://user:${'pass'}word@example.invalid/v1`,
        baseURLProblemInWords('credentials'),
      ],
      ['an address with a key', `https://example.invalid/${key}`, baseURLLooksLikeKey],
      ['what is no address', 'nonsense', baseURLProblemInWords('invalid')],
    ] as const)
      it(`refuses ${what}, without repeating it`, async () => {
        stage.person.types('Other').types(text);
        await run('addOrganization');
        assert.equal(stage.person.told[0], sentence);
        assert.ok(!/password@|pasted-here/.test(stage.person.told.join()));
        assert.deepEqual(added(), []);
      });

    it('says when a name is taken, and then the title has the host, too', async () => {
      await add('Twin');
      await add('twin');
      assert.ok(stage.person.told.includes(nameTaken));
      const host = new URL(other.origin).host;
      assert.equal(await title(), `twin · ${host} (2)`);
      await parts().profiles.rename('default', 'TWIN');
      await parts().current.show('default');
      assert.equal(await title(), `TWIN · ${first()}`);
    });

    it('escapes bidi characters, links and icons in a name', async () => {
      await add('a\u202egnol [name](command:x) $(trash)');
      assert.equal(await title(), 'a gnol [name](command:x) $(trash)');
      stage.person.cancels();
      await run('renameOrganization');
      stage.person.picks((label) => label.startsWith('a gnol')).cancels();
      await run('removeOrganization');
      assert.equal(stage.person.shown.at(-1)?.kind, 'modal');
      for (const { text } of stage.person.shown.slice(3)) assert.ok(!/\]\(|\$\(/.test(text), text);
    });
  });

  describe('Switch Organization…', () => {
    it('offers each with its host, marks the shown one, and offers the samples and Add Organization', async () => {
      await add();
      stage.person.cancels();
      await run('switchOrganization');
      const { text } = stage.person.shown.at(-1) ?? { text: '' };
      for (const label of [first(), 'Other', 'Harbor Labs', 'Juniper Clinics', 'Add Organization…'])
        assert.ok(text.includes(label));
      assert.equal(await title(), 'Other');
    });

    it('shows the list, permissions and keys of each, without repeated requests', async () => {
      await add();
      assert.equal((await stage.scene.expand()).rows.length, 5);
      await switchTo(first());
      assert.equal(await title(), first());
      assert.deepEqual(stage.scene.sent, [], 'switching sends nothing');
      assert.equal((await stage.scene.expand()).rows.length, 3);
      const [before, beforeOther] = [stage.scene.sent.length, other.requests.length];
      await switchTo('Other');
      assert.equal((await stage.scene.expand()).rows.length, 5);
      await switchTo(first());
      assert.equal((await stage.scene.expand()).rows.length, 3);
      assert.deepEqual([stage.scene.sent.length, other.requests.length], [before, beforeOther]);
      assert.deepEqual(keysSeenBy(stage.scene.emulator), [`Bearer ${stage.scene.emulator.adminAPIKey}`]);
      assert.deepEqual(keysSeenBy(other), [`Bearer ${otherKey}`]);
    });

    it('canceled, or to the shown one, changes nothing', async () => {
      await add();
      const organization = await stage.scene.organization();
      stage.person.cancels();
      await run('switchOrganization');
      await switchTo('Other');
      assert.equal(await stage.scene.organization(), organization);
    });

    it('runs Add Organization', async () => {
      stage.person.picks(['Add Organization…']).cancels();
      await run('switchOrganization');
      assert.match(stage.person.shown.at(-1)?.text ?? '', /Add Organization \(1\/3\)/);
    });

    it('Truth 10: names the organization in every view at once, also where no row is asked for', async () => {
      const { view, projects } = parts();
      const titles = () => [view.title, projects.title];
      const named = (label: string) =>
        Object.values(viewNames).map((name) => titleOfOrganization(name, label));
      await add();
      assert.deepEqual(titles(), named('Other'));
      stage.person.picks([first()]);
      await run('switchOrganization');
      assert.deepEqual(titles(), named(first()), 'VS Code was not asked to draw anything');
      assert.doesNotMatch(view.message ?? '', /Other/);
      await run('exploreSample');
      assert.deepEqual(titles(), named('Harbor Labs (sample)'));
      await run('openAccess');
      const tab = () => window.tabGroups.activeTabGroup.activeTab?.label;
      await waitForTabs(() => tab() === titleOfOrganization(accessPageTitle, 'Harbor Labs (sample)'));
      await run('leaveSample');
      const [profile] = added();
      await parts().profiles.rename(profile?.id ?? '', 'Renamed');
      stage.person.picks(['Renamed']);
      await run('switchOrganization');
      assert.deepEqual(titles(), named('Renamed'));
      await parts().profiles.rename(profile?.id ?? '', 'Again');
      assert.deepEqual(titles(), named('Again'));
    });

    it('from one sample to the other shows each with its state', async () => {
      await switchTo('Harbor Labs');
      const harbor = (await stage.scene.organization()).catalog.ids;
      await switchTo('Juniper Clinics');
      assert.equal(await title(), 'Juniper Clinics (sample)');
      assertSays(
        parts().view.message,
        checkpointsMessage({ name: 'Juniper Clinics', label: '', isSample: true }, '', 'added', ''),
      );
      const { catalog } = await stage.scene.organization();
      const [gone = ''] = catalog.ids;
      assert.ok(catalog.ids.length > 1 && !catalog.ids.some((id) => harbor.includes(id)));
      await catalog.remove([gone]);
      await switchTo('Harbor Labs');
      assert.deepEqual((await stage.scene.organization()).catalog.ids, harbor);
      await switchTo('Juniper Clinics');
      assert.ok(!(await stage.scene.organization()).catalog.has(gone), 'what was done there is kept');
      await run('leaveSample');
      assert.equal(await title(), first());
      assert.deepEqual(stage.scene.sent, []);
    });

    it('to a sample and back keeps its changes until it is closed', async () => {
      await add();
      await switchTo('Harbor Labs');
      assert.equal(await title(), 'Harbor Labs (sample)');
      const sample = await stage.scene.organization();
      const [gone = ''] = sample.catalog.ids;
      await sample.catalog.remove([gone]);
      await switchTo('Other');
      assert.deepEqual((await stage.scene.organization()).catalog.ids, [checkpoint]);
      await switchTo('Harbor Labs');
      assert.ok(!(await stage.scene.organization()).catalog.has(gone));
      await run('leaveSample');
      assert.equal(await title(), 'Other');
      await run('exploreSample');
      assert.ok((await stage.scene.organization()).catalog.has(gone));
      await run('leaveSample');
      assert.deepEqual(stage.scene.sent, []);
    });
  });

  describe('are never mixed:', () => {
    it('a response that arrives after the switch is dropped', async () => {
      const id = await add();
      await switchTo(first());
      await parts().tree.getChildren();
      const node = parts().tree.nodeOf(checkpoint) as CheckpointNode;
      const gate = stage.scene.emulator.hold('permissions.list', 'processed');
      const late = parts().tree.getChildren(node);
      await stage.scene.emulator.requested(1, 'permissions.list');
      await switchTo('Other');
      const rows = await stage.scene.expand();
      gate.release();
      await late;
      assert.equal(rows.rows.length, 5);
      assert.equal((await stage.scene.expand()).rows.length, 5);
      assert.equal(rows.node.organization.id, id);
      assert.equal(node.organization.permissions.snapshot(checkpoint).listing, undefined);
      await switchTo(first());
      assert.equal((await stage.scene.expand()).rows.length, 3, 'it is asked anew when it is shown again');
    });

    it('a plan stops before its next request and sends nothing to the other', async () => {
      const id = await add();
      await switchTo(first());
      const { rows } = await stage.scene.expand();
      const gate = stage.scene.emulator.hold('permissions.delete', 'processed');
      stage.person.presses('Revoke');
      const revoking = run('revoke', rows[0], rows);
      await stage.scene.emulator.requested(1, 'permissions.delete');
      const before = other.requests.length;
      await parts().current.show(id);
      gate.release();
      await revoking;
      assert.deepEqual(stage.scene.changes, ['DELETE permissions.delete']);
      assert.equal(other.requests.length, before);
      assertSays(stage.person.told.at(-1), canceledBeforeSent);
      await parts().current.show('default');
      const { node } = await stage.scene.expand();
      const { description } = parts().tree.getTreeItem(node);
      assert.match(
        String(description),
        /before your last change/,
        'what was read before does not look current',
      );
    });

    /** Chooses the other organization while a question of the first is open. */
    function switchWhileAsked(id: string): void {
      const { current } = parts();
      const isShown = current.isShown.bind(current);
      current.isShown = async (organization: Organization) => {
        current.isShown = isShown;
        await current.show(id);
        return isShown(organization);
      };
    }

    it('a question about one does nothing to the other', async () => {
      const id = await add();
      const third = 'ft:gpt-4o-2024-08-06:harbor-labs::Third123';
      for (const command of ['grant', 'revoke', 'addCheckpoint', 'removeFromList'] as const) {
        await parts().current.show('default');
        const { node, rows } = await stage.scene.expand();
        if (command === 'grant') stage.person.types(stage.scene.newProject()).presses('Grant');
        if (command === 'revoke') stage.person.presses('Revoke');
        if (command === 'addCheckpoint') stage.person.types(third);
        switchWhileAsked(id);
        await run(command, ...(command === 'addCheckpoint' ? [] : [command === 'revoke' ? rows[0] : node]));
        assert.ok(stage.person.told.at(-1)?.startsWith('You switched organizations or keys'), command);
      }
      assert.deepEqual(stage.scene.changes, []);
      assert.deepEqual(
        sentTo(other).filter((request) => !request.startsWith('GET')),
        [],
      );
      assert.deepEqual((await stage.scene.organization()).catalog.ids, [checkpoint]);
      await parts().current.show('default');
      assert.equal((await stage.scene.organization()).catalog.ids.length, 2);
    });

    it('a question names its organization if there are several', async () => {
      const asking = ['grant', 'revoke', 'copyAccessFrom', 'findCheckpoints', 'addCheckpoint'] as const;
      const more = [
        'removeFromList',
        'addProjectKey',
        'filterByProject',
        'exportAccess',
        'setAdminKey',
      ] as const;
      const questions = async () => {
        const texts: string[] = [];
        for (const command of [...asking, ...more]) {
          stage.person.cancels();
          await run(command);
          texts.push(stage.person.shown.at(-1)?.text ?? '');
        }
        const { rows } = await stage.scene.expand();
        stage.person.cancels();
        await run('revoke', rows[0]);
        texts.push(stage.person.shown.at(-1)?.text ?? '');
        return texts;
      };
      const alone = await questions();
      for (const text of alone) assert.doesNotMatch(text, /^[^·?]*: /);
      await add('Production $(bug)');
      for (const text of await questions()) assert.match(text, /^Production \$\u200b\(bug\): /);
      await parts().current.show('default');
      for (const text of await questions()) assert.ok(text.startsWith(`${first()}: `), text);
      await parts().profiles.rename(added()[0]?.id ?? '', 'Elsewhere');
      await parts().current.show(added()[0]?.id ?? '');
      for (const text of await questions()) assert.match(text, /^Elsewhere: /);
      const [gone] = added();
      assert.ok(gone);
      await parts().keys.remove(gone.id);
      await parts().profiles.remove(gone.id);
      for (const text of await questions()) assert.doesNotMatch(text, /^Elsewhere|^127/);
    });

    it('rows of one are not acted on while the other is shown', async () => {
      await add();
      const { node } = await stage.scene.expand();
      await switchTo(first());
      await run('grant', node);
      assert.equal(stage.person.told.at(-1), organizationSwitched());
    });

    it('a failing one does not show in the other', async () => {
      await add();
      other.fail('permissions.list', faults.status(403));
      assert.equal((await stage.scene.expand()).rows[0]?.kind, 'failure');
      await switchTo(first());
      assert.deepEqual(
        (await stage.scene.expand()).rows.map(({ kind }) => kind),
        ['permission', 'permission', 'permission'],
      );
    });
  });

  describe('each have a key of their own', () => {
    it('that Set Admin API Key… and Remove Admin API Key apply to while it is shown', async () => {
      const id = await add();
      other.organization.state.keys.set('test-second-key', { kind: 'admin', missingScopes: [] });
      stage.person.types('test-second-key');
      await run('setAdminKey');
      assert.match(stage.person.shown.at(-1)?.text ?? '', /of “Other”/);
      const { key, origin } = (await parts().keys.get(id)) ?? {};
      assert.deepEqual([key, origin], ['test-second-key', other.origin]);
      stage.person.presses('Remove');
      await run('removeAdminKey');
      assert.match(stage.person.shown.at(-1)?.text ?? '', /of “Other”/);
      assert.equal(await parts().keys.get(id), undefined);
      assert.equal((await parts().current.get()).kind, 'none');
      assert.equal(await title(), 'Other', 'the title says what has no key');
      await run('grant');
      assert.equal(stage.person.told.at(-1), noAdminKey('Other'));
      assert.ok(stage.person.shown.at(-1)?.buttons.includes(commandTitles.switchOrganization));
      assert.ok(await parts().keys.get('default'));
      assert.deepEqual(stage.scene.sent, []);
    });

    it('that is not sent to another origin than it was saved for', async () => {
      const id = await add();
      const elsewhere = { id, name: 'Other', baseUrl: stage.scene.emulator.baseURL };
      await parts().stores.everywhere.update('profiles', { version: 1, profiles: [elsewhere] });
      await parts().current.reopen();
      const current = await parts().current.get();
      assert.deepEqual(
        [
          current.kind,
          current.kind === 'elsewhere' && current.savedFor,
          current.kind === 'elsewhere' && current.now,
        ],
        ['elsewhere', other.origin, stage.scene.emulator.origin],
      );
      await run('grant');
      assert.equal(
        stage.person.told.at(-1),
        keyForOtherHost({
          savedFor: other.origin,
          now: stage.scene.emulator.origin,
          organization: 'Other',
          isAdded: true,
        }),
      );
      assert.deepEqual(stage.scene.sent, []);
    });

    it('while the setting Base URL applies to the default one only', async () => {
      await add();
      const organization = await stage.scene.organization();
      await setSetting('baseUrl', 'https://elsewhere.invalid/v1');
      assert.equal(await stage.scene.organization(), organization);
      await switchTo('elsewhere.invalid');
      assert.equal((await parts().current.get()).kind, 'elsewhere');
    });

    it('and a damaged base URL of its own is reported, with the next step', async () => {
      const id = await add();
      await parts().stores.everywhere.update('profiles', { version: 1, profiles: [{ id, name: 'Other' }] });
      await parts().current.reopen();
      const [row] = await parts().tree.getChildren();
      assert.ok(row?.kind === 'failure');
      const { what, next } = explainOrganization(new InsecureBaseURLError('invalid'), true);
      assert.deepEqual([row.what, row.next], [what, next]);
    });
  });

  describe('Rename Organization…', () => {
    it('changes the title and nothing else', async () => {
      await add();
      await stage.scene.expand();
      const [organization, before] = [await stage.scene.organization(), other.requests.length];
      stage.person.picks(['Other']).types(' Research ');
      await run('renameOrganization');
      assert.equal(named(), 'Research');
      assert.equal(parts().view.message, 'Organization: Research.');
      assert.equal(await stage.scene.organization(), organization);
      assert.equal(organization.name, 'Research');
      assert.equal(other.requests.length, before);
    });

    it('doesn’t ask for the organization when there is one, which shows its host without a name', async () => {
      stage.person.types('Mine');
      await run('renameOrganization');
      assert.equal(await title(), 'Mine');
      stage.person.types('');
      await run('renameOrganization');
      assert.equal(await title(), first());
      stage.person.cancels();
      await run('renameOrganization');
      assert.equal(await title(), first());
    });
  });

  describe('Remove Organization…', () => {
    it('says what is deleted and that no one’s access changes; canceled, it deletes nothing', async () => {
      const id = await add();
      const key = { key: 'test-project-key', origin: other.origin };
      await parts().projectKeys.set(id, { project: 'proj_web', label: 'Website' }, key);
      const before = remembered();
      stage.person.picks(['Other']).cancels();
      await run('removeOrganization');
      const text = stage.person.shown.at(-1)?.text ?? '';
      assert.ok(text.includes(removeOrganizationQuestion('Other')), text);
      for (const part of [
        "No one's access changes",
        `Admin API key for ${other.origin}`,
        '1 project API key: Website',
        'Checkpoint list (1 checkpoint)',
        'Keys stay valid',
      ])
        assert.ok(text.includes(part), part);
      assert.equal(remembered(), before);
      assert.ok(await parts().keys.get(id));
    });

    it('deletes its keys, its list and its name, sends nothing, and shows another', async () => {
      const id = await add();
      const key = { key: 'test-project-key', origin: other.origin };
      await parts().projectKeys.set(id, { project: 'proj_web', label: 'Website' }, key);
      const before = other.requests.length;
      stage.person.picks(['Other']).presses('Remove');
      await run('removeOrganization');
      assert.equal(await parts().keys.get(id), undefined);
      assert.equal(await parts().projectKeys.get(id, 'proj_web'), undefined);
      assert.deepEqual(added(), []);
      const left = remembered()
        .split('\n')
        .filter((line) => line.includes(id));
      assert.deepEqual(left, []);
      assert.equal(await title(), first());
      assert.equal((await stage.scene.expand()).rows.length, 3, 'the other one is as it was');
      assert.equal(other.requests.length, before);
    });

    it('deletes its change history, which the question says, also when another window is applying a plan', async () => {
      const { folder } = parts().journals;
      await rm(folder, { recursive: true, force: true });
      const id = await add();
      const journal = (pid: number) =>
        new Journal(new FileStorage(folder), Date.now, { id: 'another window', pid });
      const begin = (profile: string) =>
        journal(process.ppid).begin({
          profile,
          organization: 'Test',
          names: {},
          plan: planGrants([checkpoint], ['proj_web']),
        });
      for (const profile of ['default', id]) await (await begin(profile)).end('applied');
      const applying = await begin(id);
      stage.person.picks(['Other']).cancels();
      await run('removeOrganization');
      const text = stage.person.shown.at(-1)?.text ?? '';
      assert.match(
        text,
        /Change history \(2 changes, .*\n• 1 change that may be in progress in another window, which stops/,
      );
      assert.equal((await journal(process.ppid).read(id)).accounts.length, 2);
      stage.person.picks(['Other']).presses('Remove');
      await run('removeOrganization');
      assert.match(stage.person.told.at(-1) ?? '', new RegExp(stillApplying(1)));
      assert.deepEqual((await journal(process.ppid).read(id)).accounts, []);
      await applying.end('applied');
      const files = await readdir(folder);
      assert.equal(files.length, 1, files.join(' '));
      assert.equal((await journal(process.ppid).read('default')).accounts.length, 1);
    });

    it('of the default one leaves the others', async () => {
      await add();
      await switchTo(first());
      stage.person.picks([first()]).presses('Remove');
      await run('removeOrganization');
      assert.equal(await parts().keys.get('default'), undefined);
      assert.equal(await title(), 'Other');
      assert.equal((await stage.scene.expand()).rows.length, 5);
      stage.person.cancels();
      await run('switchOrganization');
      assert.ok(!(stage.person.shown.at(-1)?.text ?? '').includes(first()));
    });

    it('of the only one shows the welcome view', async () => {
      stage.person.presses('Remove');
      await run('removeOrganization');
      assert.equal((await parts().current.get()).kind, 'none');
      assert.deepEqual(await parts().tree.getChildren(), []);
      assert.equal(await title(), '');
      await run('removeOrganization');
      assert.equal(stage.person.told.at(-1), noOrganizationYet);
    });

    it('keeps the organization when the keyring fails to remove a key', async () => {
      const id = await add();
      const { secrets } = parts().keys as unknown as { secrets: Record<string, unknown> };
      const before = secrets.delete;
      const value = () => Promise.reject(new Error('The keyring is locked.'));
      Object.defineProperty(secrets, 'delete', { configurable: true, writable: true, value });
      stage.person.picks(['Other']).presses('Remove');
      await run('removeOrganization');
      Object.defineProperty(secrets, 'delete', { configurable: true, writable: true, value: before });
      assert.match(stage.person.told.at(-1) ?? '', /couldn't remove the key\..*The keyring is locked/);
      assert.ok(parts().profiles.find(id));
      assert.ok(await parts().keys.get(id));
    });
  });

  describe('in another window', () => {
    const inAnotherWindow = () =>
      new Profiles(
        {
          read: () => parts().stores.everywhere.get('profiles'),
          write: (value) => parts().stores.everywhere.update('profiles', value),
        },
        () => stage.scene.emulator.baseURL,
      );

    it('renamed or removed, are updated here when the view or a picker is opened', async () => {
      const id = await add();
      await inAnotherWindow().rename(id, 'Elsewhere');
      parts().current.reloadProfiles();
      assert.equal(await title(), 'Elsewhere');
      await inAnotherWindow().remove(id);
      stage.person.cancels();
      await run('switchOrganization');
      assert.equal(await title(), first());
      assert.equal((await stage.scene.organization()).id, 'default');
    });

    it('chosen there, are not chosen here', async () => {
      const id = await add();
      await parts().current.show('default');
      await parts().stores.everywhere.update('profileShown', id);
      await parts().current.reopen();
      assert.equal((await stage.scene.organization()).id, 'default');
    });
  });
});

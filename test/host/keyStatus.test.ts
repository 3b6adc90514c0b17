import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { dueExpiry, type ExpiryUnknown } from '../../src/access/key/keyCheck';
import { usesOfScope } from '../../src/access/key/scopes';
import { detailsScheme } from '../../src/ids';
import { dayOf } from '../../src/text/dates';

import { KeyExpiry } from '../../src/views/status/keyExpiry';
import {
  expiryInWords,
  expiryNotice,
  keyNotes,
  keyValues,
  scopeUsesInWords,
  whyUnknown,
} from '../../src/words/keyStatus';
import { commandTitles } from '../../src/words/titles';
import { faults } from '../emulator';
import { eventually } from './support/eventually';
import { checkpoint, run, useStage } from './support/extension';

const day = 24 * 60 * 60_000;

describe('the status of the admin API key', () => {
  const stage = useStage(3);
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const emulator = () => stage.scene.emulator;
  const services = () => stage.scene.services;
  const health = async () => (await stage.scene.organization()).keyHealth;
  const stored = () => services().stores.everywhere.get<{ check?: unknown }>('keySaved.default');
  /** In whole seconds, as the API has it. */
  const inDays = (days: number) => Math.floor((Date.now() + days * day) / 1000) * 1000;

  /** Sets the key as a person does, with a check. */
  async function setKey(key = emulator().adminAPIKey): Promise<void> {
    stage.person.types(key);
    await run('setAdminKey');
  }

  function openPage(organization = 'default'): vscode.TextDocument | undefined {
    const query = JSON.stringify({ kind: 'key', organization });
    return vscode.workspace.textDocuments.find(
      ({ uri }) => uri.scheme === detailsScheme && uri.query === query,
    );
  }

  /** The text of the page, without Markdown escapes. VS Code keeps a page for a while after it was closed, and writes it anew when it is shown. */
  function page(organization?: string): string {
    const document = openPage(organization);
    assert.ok(document, 'the page is open');
    return document.getText().replace(/\\(.)/g, '$1');
  }

  describe('is loaded', () => {
    it('by the check that is made anyway, and kept without any part of the key', async () => {
      const expires = inDays(100);
      emulator().setKeyExpiry(expires);
      await setKey();
      const { check } = await health();
      assert.equal(check?.expires, expires);
      assert.deepEqual(stage.scene.sent, ['GET adminAPIKeys.list']);
      assert.deepEqual(stored()?.check, check);
      const [own] = emulator().organization.state.adminAPIKeys;
      const text = JSON.stringify(stored());
      for (const part of [emulator().adminAPIKey, own?.redacted_value ?? '?', own?.id ?? '?'])
        assert.ok(!text.includes(part), part);
    });

    it('after a restart without a request', async () => {
      emulator().setKeyExpiry(inDays(100));
      await setKey();
      const before = await stage.scene.organization();
      await services().current.reopen();
      const after = await stage.scene.organization();
      assert.notEqual(after, before);
      assert.deepEqual(after.keyHealth.check, before.keyHealth.check);
      assert.deepEqual(stage.scene.sent, ['GET adminAPIKeys.list']);
    });

    it('for one key, and forgotten when that is replaced or removed', async () => {
      await setKey();
      assert.ok((await health()).check);
      emulator().organization.state.keys.set('test-second-key', { kind: 'admin', missingScopes: [] });
      await stage.scene.saveKey('test-second-key');
      await eventually(() => stored()?.check, undefined);
      assert.equal((await health()).check, undefined);
      await setKey('test-second-key');
      assert.equal((await health()).check?.expires, 'noMatch', 'the listed key is another one');
      await services().keys.remove('default');
      assert.equal(stored(), undefined);
    });
  });

  describe('in the page of Show Key Status', () => {
    it('is what is known, without a request and without any part of the key', async () => {
      const expires = inDays(100);
      emulator().setKeyExpiry(expires);
      await setKey();
      const sent = stage.scene.requests.length;
      await run('showKeyStatus');
      await eventually(() => page().includes(expiryInWords(expires, Date.now())), true);
      const text = page();
      assert.match(text, /^# Key Status\n/);
      assert.ok(text.includes(dayOf(expires)));
      assert.match(text, /\| owner \|/);
      assert.ok(text.includes(keyNotes.noScopes));
      assert.ok(text.includes(keyNotes.noProjectKeys));
      assert.equal(stage.scene.requests.length, sent);
      const [own] = emulator().organization.state.adminAPIKeys;
      for (const part of [emulator().adminAPIKey, own?.redacted_value ?? '?'])
        assert.ok(!text.includes(part), part);
    });

    it('is unknown without a check, until Check Key Again sends one request', async () => {
      emulator().setKeyExpiry(null);
      await run('showKeyStatus');
      await eventually(() => page().includes(whyUnknown.notChecked), true);
      assert.deepEqual(stage.scene.sent, []);
      await run('checkKeyAgain');
      assert.deepEqual(stage.scene.sent, ['GET adminAPIKeys.list']);
      await eventually(() => page().includes(expiryInWords('notReported', 0)), true);
      assert.ok(!page().includes(whyUnknown.notChecked));
    });

    it('is unknown where several keys look the same, or none does', async () => {
      const { adminAPIKeys } = emulator().organization.state;
      const [own] = adminAPIKeys;
      assert.ok(own);
      const cases: readonly (readonly [ExpiryUnknown, () => void])[] = [
        ['severalMatch', () => adminAPIKeys.push({ ...own, id: 'key_twin' })],
        ['noMatch', () => adminAPIKeys.splice(0)],
      ];
      for (const [why, prepare] of cases) {
        prepare();
        await run('checkKeyAgain');
        await eventually(() => page().includes(whyUnknown[why]), true);
        assert.ok(page().includes(expiryInWords(why, 0)));
      }
    });

    it('has the scopes that requests were missing, and what each would unlock', async () => {
      emulator().removeScopes('api.management.read', 'api.fine_tuning.checkpoints.read');
      await run('checkKeyAgain');
      const { permissions } = await stage.scene.organization();
      await permissions.read(checkpoint).catch(() => undefined);
      await run('showKeyStatus');
      await eventually(() => page().includes(whyUnknown.notAllowed), true);
      for (const scope of ['api.management.read', 'api.fine_tuning.checkpoints.read'])
        assert.ok(page().includes(scope) && page().includes(scopeUsesInWords(usesOfScope(scope))), page());
      assert.match(stage.person.told.at(-1) ?? '', /lacks the api\.management\.read scope/);
    });

    it('keeps a date that is known when a later check is refused, and says that it was', async () => {
      const expires = inDays(100);
      emulator().setKeyExpiry(expires);
      await setKey();
      const body = { error: { message: 'Incorrect API key provided.', type: 'x', param: null, code: null } };
      emulator().fail('adminAPIKeys.list', faults.status(401, { body }));
      await run('checkKeyAgain');
      assert.match(stage.person.told.at(-1) ?? '', /The API rejected the admin API key/);
      await run('showKeyStatus');
      // The page was open before, and is written anew.
      await eventually(() => page().includes('The last check failed'), true);
      assert.ok(page().includes(expiryInWords(expires, Date.now())), page());
    });

    it('has the projects with a saved key, and nothing of those keys', async () => {
      const entry = { project: 'proj_mine', label: 'Mine' };
      const { origin } = emulator();
      await services().projectKeys.set('default', entry, { key: 'test-key-of-mine', origin });
      await run('showKeyStatus');
      const row = new RegExp(`Mine \`?proj_mine\`? \\| ${keyValues.projectKey}`);
      await eventually(() => row.test(page()), true);
      assert.ok(!page().includes('test-key-of-mine'));
    });
  });

  describe('before the key expires', () => {
    let folder: string;
    const windows: KeyExpiry[] = [];
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'notices-'));
    });
    afterEach(async () => {
      for (const each of windows.splice(0)) each.dispose();
      await rm(folder, { recursive: true, force: true });
    });

    /** Another window on the same folder, with a clock of its own. */
    function openWindow(now: () => number) {
      const view: { badge: vscode.ViewBadge | undefined } = { badge: undefined };
      const expiry = new KeyExpiry({ current: services().current, view, notices: folder, now });
      windows.push(expiry);
      return { view, expiry };
    }

    /** The notice on a day, by the words for it. */
    async function noticeAt(now: number): Promise<string> {
      const organization = await stage.scene.organization();
      const due = dueExpiry(organization.keyHealth.check, now);
      assert.ok(due);
      return expiryNotice(services().current.label || organization.name, due);
    }

    const times = (notice: string) => stage.person.told.filter((told) => told === notice).length;

    // Far away by the real clock, so that the extension's own window says nothing.
    async function expiresAt(days = 400): Promise<number> {
      const expires = inDays(days);
      emulator().setKeyExpiry(expires);
      await setKey();
      return expires;
    }

    it('a badge says so, from fourteen days before', async () => {
      const expires = await expiresAt();
      let now = expires - 14 * day - 1;
      const { view, expiry } = openWindow(() => now);
      await expiry.look();
      assert.equal(view.badge, undefined);
      now += 1;
      await expiry.look();
      assert.deepEqual(view.badge, { value: 1, tooltip: await noticeAt(now) });
      now = expires + day;
      await expiry.look();
      assert.deepEqual(view.badge, { value: 1, tooltip: await noticeAt(now) });
      assert.match(await noticeAt(now), / expired on /);
      assert.deepEqual(stage.scene.sent, ['GET adminAPIKeys.list']);
    });

    it('there is one notice a day, over all windows', async () => {
      const expires = await expiresAt();
      let now = expires - 9 * day;
      const all = [openWindow(() => now), openWindow(() => now), openWindow(() => now)];
      const lookAll = () => Promise.all(all.map(({ expiry }) => expiry.look()));
      await lookAll();
      const first = await noticeAt(now);
      assert.match(first, /in 9 days/);
      assert.equal(times(first), 1);
      now += 60_000;
      await lookAll();
      assert.equal(times(await noticeAt(now)), 1);
      now += day;
      await lookAll();
      assert.equal(times(await noticeAt(now)), 1);
      now = expires + 1;
      await lookAll();
      assert.equal(times(await noticeAt(now)), 1);
      assert.match(await noticeAt(now), / expired on /);
      assert.equal(stage.person.told.filter((told) => / expire[sd] on /.test(told)).length, 3);
    });

    it('the notice leads to the status', async () => {
      const expires = await expiresAt();
      stage.person.willPressInMessage(commandTitles.showKeyStatus);
      await openWindow(() => expires - day).expiry.look();
      await eventually(() => openPage() !== undefined, true);
      const shown = stage.person.shown.find(({ text }) => / expires on /.test(text));
      assert.deepEqual(shown?.buttons, [commandTitles.setAdminKey, commandTitles.showKeyStatus]);
    });

    it('nothing is said of a date that is unknown, and nothing without a key', async () => {
      emulator().setKeyExpiry(inDays(1));
      emulator().organization.state.adminAPIKeys.splice(0);
      await setKey();
      const { view, expiry } = openWindow(Date.now);
      await expiry.look();
      assert.equal(view.badge, undefined);
      await services().keys.remove('default');
      await eventually(() => view.badge, undefined);
      assert.deepEqual(
        stage.person.told.filter((told) => /expire/.test(told)),
        [],
      );
    });

    it('the badge goes with the key, and a new key ends it', async () => {
      emulator().setKeyExpiry(inDays(3));
      await setKey();
      const view = () => services().view.badge;
      await eventually(() => view()?.value, 1);
      assert.equal(view()?.tooltip, await noticeAt(Date.now()));
      emulator().setKeyExpiry(null);
      await run('checkKeyAgain');
      await eventually(view, undefined);
    });

    it('a sample has a badge after a check, and no notice', async () => {
      await services().current.show('sample-2');
      const { view, expiry } = openWindow(Date.now);
      await expiry.look();
      assert.equal(view.badge, undefined);
      await run('checkKeyAgain');
      await eventually(() => view.badge?.value, 1);
      assert.match(page('sample-2'), /The key expires on /);
      assert.deepEqual(stage.person.told, []);
      assert.deepEqual(stage.scene.sent, []);
    });
  });
});

import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Node } from '../../src/views/shared/nodes';
import { listBrokenOff, moreRow, noPermissionsRow, olderRowsBelow } from '../../src/words/checkpoints';
import { listInRow } from '../../src/words/standing';
import { cursorTraps, type Fault, faults, startEmulator } from '../emulator';
import { checkpoint, run, Scene, setSetting, step } from './support/extension';

describe('the tree', () => {
  let scene: Scene;

  before(async () => {
    scene = await Scene.begin();
  });
  after(() => scene.end());
  beforeEach(() => scene.reset());

  const item = (node: Node) => scene.services.tree.getTreeItem(node);
  const nobody = noPermissionsRow('').label;
  const labels = (rows: readonly Node[]) => rows.map((row) => String(item(row).label));

  async function tooltip(node: Node): Promise<string> {
    const resolved = scene.services.tree.resolveTreeItem(item(node), node);
    const text = resolved.tooltip as vscode.MarkdownString | undefined;
    assert.notEqual(text?.isTrusted, true);
    return (text?.value ?? '').replace(/\\(.)/g, '$1').replaceAll('&nbsp;', ' ');
  }

  describe('requests', () => {
    it('are none to show the list, one to expand 250 permissions, one for each further page, one at the end', async () => {
      assert.equal((await scene.services.tree.getChildren()).length, 2);
      assert.deepEqual(scene.sent, []);
      const { rows } = await scene.expand();
      assert.deepEqual(scene.sent, ['GET permissions.list']);
      assert.equal(scene.requests[0]?.query.limit, '100');
      assert.deepEqual(labels(rows).slice(-1), [moreRow(100).label]);
      assert.equal(rows.length, 101);
      await run('loadMore', rows.at(-1));
      assert.equal(scene.sent.length, 2);
      const more = (await scene.expand()).rows;
      assert.equal(more.length, 201);
      await run('loadMore', more.at(-1));
      const all = (await scene.expand()).rows;
      assert.equal(all.length, 250);
      assert.equal(scene.sent.length, 4, 'three pages, and the first one again');
    });

    it('are none to collapse and expand again, and one for ten expansions at once', async () => {
      const { node } = await scene.expand();
      await Promise.all(Array.from({ length: 10 }, () => scene.services.tree.getChildren(node)));
      assert.equal(scene.sent.length, 1);
      const other = scene.services.tree.nodeOf(step);
      const gate = scene.emulator.hold('permissions.list');
      const expansions = Array.from({ length: 10 }, () => scene.services.tree.getChildren(other));
      await scene.emulator.requested(2, 'permissions.list');
      gate.release();
      await Promise.all(expansions);
      assert.equal(scene.sent.length, 2);
    });
  });

  it('says “No permissions” only when the API reported none', async () => {
    assert.deepEqual(labels((await scene.expand(step)).rows), [nobody]);
  });

  it('shows short names of checkpoints, with the whole ID in the tooltip', async () => {
    const [first, second] = await scene.services.tree.getChildren();
    assert.ok(first && second);
    assert.deepEqual(labels([first, second]), ['host-test', 'host-test · step 24']);
    assert.ok(!String(item(second).description).includes('ft:'));
    const text = await tooltip(second);
    for (const part of [step, 'gpt-4.1-2025-04-14', 'host-test', '24', 'not loaded'])
      assert.ok(text.includes(part), text);
  });

  it('shows the project and the age of a permission, with IDs and the exact time in the tooltip', async () => {
    const [row] = (await scene.expand()).rows;
    assert.ok(row?.kind === 'permission');
    const { label, description } = item(row);
    const name = scene.emulator.organization.state.projects.get(row.permission.project_id)?.name;
    assert.equal(label, name);
    assert.match(String(description), /^granted (.* ago|just now)$/);
    const text = await tooltip(row);
    for (const part of [`Project: ${name}`, row.permission.project_id, row.permission.id, checkpoint, '20'])
      assert.ok(text.includes(part));
  });

  it('says how many are loaded, and that there are more', async () => {
    const { organization } = (await scene.expand()).node;
    const list = (id: string) => listInRow(organization.standingOf(id), Date.now()).join(' · ');
    const described = (id: string) => String(item(scene.services.tree.nodeOf(id) as Node).description);
    assert.match(list(checkpoint), /\b100\b/);
    assert.ok(described(checkpoint).startsWith(`${list(checkpoint)} · `), described(checkpoint));
    assert.ok(described(step).startsWith('not loaded · '), described(step));
    await scene.expand(step);
    assert.ok(described(step).startsWith(`${list(step)} · `), described(step));
    organization.permissions.changed(checkpoint);
    assert.ok(described(checkpoint).startsWith('100+ permissions · '), described(checkpoint));
    assert.ok(described(checkpoint).startsWith(`${list(checkpoint)} · `), described(checkpoint));
  });

  it('gives every row a unique, stable ID, and a label for screen readers', async () => {
    const root = await scene.services.tree.getChildren();
    const rows = [...root, ...(await scene.expand()).rows, ...(await scene.expand(step)).rows];
    const ids = rows.map((row) => item(row).id);
    assert.equal(new Set(ids).size, rows.length);
    assert.deepEqual(
      (await scene.expand()).rows.map((row) => item(row).id),
      ids.slice(root.length, root.length + 101),
    );
    for (const row of rows) {
      const label = item(row).accessibilityInformation?.label ?? '';
      assert.match(label, /^[A-Z][\w-]+ .*/);
      assert.doesNotMatch(label, /undefined|\$\(|\[object/);
    }
  });

  it('shows a repeated item once, and two permissions of one project twice', async () => {
    scene.emulator.fail('permissions.list', cursorTraps.repeatedItem(), 1);
    const { rows } = await scene.expand();
    const ids = rows.map((row) => item(row).id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('escapes hostile text', async () => {
    const hostile = '<img src=x onerror=alert(1)> [x](command:y) $(trash)\u202e\u001b[31m\n=1+1';
    const page = {
      object: 'list',
      data: [{ id: 'cp_1', object: 'checkpoint.permission', created_at: 1, project_id: hostile }],
      has_more: false,
    };
    scene.emulator.fail('permissions.list', faults.status(200, { body: page }), 1);
    const [row] = (await scene.expand()).rows;
    assert.ok(row);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters must not be there.
    assert.doesNotMatch(String(item(row).label), /[\u0000-\u001f\u202e]/);
    const resolved = scene.services.tree.resolveTreeItem(item(row), row).tooltip as vscode.MarkdownString;
    assert.equal(resolved.isTrusted, undefined);
    assert.ok(!resolved.supportHtml);
    assert.doesNotMatch(resolved.value, /(?<!\\)\[x\]\(command/);
  });

  describe('a failure', () => {
    const wrongKey = {
      error: {
        message: 'Incorrect API key provided: te****ey.',
        type: 'invalid_request_error',
        param: null,
        code: 'invalid_api_key',
      },
    };
    const scope = {
      error: {
        message:
          'You have insufficient permissions for this operation. Missing scopes: api.fine_tuning.checkpoints.read.',
        type: 'invalid_request_error',
        param: null,
        code: null,
      },
    };
    const owner = {
      error: {
        message: 'Cannot modify checkpoint permissions for the owning project: proj_owner',
        type: 'invalid_request_error',
        param: null,
        code: null,
      },
    };
    const table: Readonly<Record<string, readonly [Fault | 'refused' | 'timeout', RegExp]>> = {
      '400 owning project': [faults.status(400, { body: owner }), /proj_owner owns this model/],
      '401 wrong key': [faults.status(401, { body: wrongKey }), /rejected the admin API key/],
      '401 missing scope': [
        faults.status(401, { body: scope }),
        /lacks the api\.fine_tuning\.checkpoints\.read scope/,
      ],
      '403': [faults.status(403), /isn't allowed/],
      '404': [faults.status(404), /The checkpoint or permission wasn't found/],
      '500': [faults.status(500, { headers: { 'x-should-retry': 'false' } }), /The API failed \(500\)/],
      'an HTML body': [faults.html(200), /isn't from the OpenAI API/],
      'connection refused': ['refused', /refused the connection/],
      timeout: ['timeout', /took too long to respond/],
    };
    const seen = new Set<string>();
    afterEach(() => setSetting('requestTimeout', undefined));

    for (const [name, [fault, sentence]] of Object.entries(table)) {
      it(`(${name}) is a row with its own sentence and the next step, and disturbs nothing else`, async () => {
        const other = await scene.expand(step);
        if (fault === 'refused') await pointAtNobody();
        else if (fault === 'timeout') await failSlowly();
        else scene.emulator.fail('permissions.list', fault);
        const { rows } = await scene.expand();
        assert.equal(rows.length, 1);
        const [row] = rows;
        assert.ok(row?.kind === 'failure');
        const { label, description, command, accessibilityInformation } = item(row);
        assert.match(String(label), sentence);
        assert.ok(!seen.has(String(label)), 'a sentence of its own');
        seen.add(String(label));
        assert.match(String(description), /[A-Z].*\.$/);
        assert.equal(command?.command, 'checkpointPermissions.showLog');
        assert.match(accessibilityInformation?.label ?? '', /^Error: /);
        if (fault !== 'refused' && fault !== 'timeout') {
          const again = await scene.services.tree.getChildren(other.node);
          assert.deepEqual(labels(again), [nobody]);
        }
      });
    }

    async function pointAtNobody(): Promise<void> {
      const gone = await startEmulator();
      await gone.stop();
      await setSetting('baseUrl', gone.baseURL);
      await scene.services.keys.set('default', { key: 'test-admin-key', origin: gone.origin });
      await scene.organization();
    }

    async function failSlowly(): Promise<void> {
      await setSetting('requestTimeout', 1);
      scene.emulator.fail('permissions.list', faults.hangInHeaders);
    }

    it('(429) is a row with its own sentence', async () => {
      // The client remembers a limit for the origin, so this one has an origin of its own.
      const limited = await Scene.begin();
      await limited.reset();
      limited.emulator.fail('permissions.list', faults.tooManyRequests({ shouldRetry: false }));
      const { rows } = await limited.expand();
      await limited.end();
      assert.match(labels(rows).join(), /^The rate limit of the API is reached$/);
      assert.ok(!seen.has('The rate limit of the API is reached'));
    });

    it('to refresh leaves the older rows, which say their age', async () => {
      await scene.expand();
      scene.emulator.fail('permissions.list', faults.status(403), 1);
      await run('refreshCheckpoint', scene.services.tree.nodeOf(checkpoint));
      const { rows } = await scene.expand();
      assert.equal(rows.length, 102);
      assert.equal(rows[0]?.kind, 'failure');
      const { node } = await scene.expand();
      const older = olderRowsBelow(node.organization.standingOf(checkpoint), Date.now());
      const description = String(rows[0] && item(rows[0]).description);
      assert.match(older, /(ago|just now)/);
      assert.ok(description.startsWith(`${older} `), description);
    });

    it('to load more leaves the loaded rows, and offers a retry', async () => {
      const { rows } = await scene.expand();
      scene.emulator.fail('permissions.list', faults.status(403), 1);
      await run('loadMore', rows.at(-1));
      const after = (await scene.expand()).rows;
      assert.deepEqual(
        after.slice(-2).map(({ kind }) => kind),
        ['failure', 'more'],
      );
      await run('loadMore', after.at(-1));
      assert.equal((await scene.expand()).rows.length, 201);
    });

    it('of pagination ends the list as incomplete', async () => {
      scene.emulator.fail('permissions.list', cursorTraps.emptyPage);
      const { rows } = await scene.expand();
      assert.deepEqual(labels(rows), [listBrokenOff({ count: 0 }).what]);
    });

    it('is retried only by the person', async () => {
      scene.emulator.fail('permissions.list', faults.status(403), 1);
      const { rows } = await scene.expand();
      await scene.expand();
      assert.equal(scene.sent.length, 1);
      await run('refreshCheckpoint', rows[0]);
      assert.equal((await scene.expand()).rows.length, 101);
      assert.equal(scene.sent.length, 2);
    });
  });

  it('says that a key is saved for another origin, and doesn’t send it', async () => {
    await setSetting('baseUrl', 'https://elsewhere.invalid/v1');
    const current = await scene.services.current.get();
    assert.equal(current.kind, 'elsewhere');
    assert.deepEqual(await scene.services.tree.getChildren(), []);
    assert.deepEqual(scene.sent, []);
  });

  it('says that a base URL is not safe for a key', async () => {
    await setSetting('baseUrl', 'http://example.invalid/v1');
    const rows = await scene.services.tree.getChildren();
    assert.equal(rows[0]?.kind, 'failure');
    assert.match(labels(rows)[0] ?? '', /https/);
  });
});

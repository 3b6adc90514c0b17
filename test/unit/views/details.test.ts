import assert from 'node:assert/strict';
import type { Organization } from '../../../src/access/organization';
import type { ActiveOrganization } from '../../../src/organizations/current';
import type { Profile } from '../../../src/organizations/profile';
import { addressOf, type Subject, subjectOf } from '../../../src/views/details/subject';
import { detailsText } from '../../../src/views/details/text';
import { cursorTraps, faults } from '../../emulator';
import { checkpoint, organizationAt, usePlace } from '../access/support';
import { hostileNames, rendered } from './rendered';

const profile = { id: 'default', name: 'Test' } as Profile;

describe('the page of details', () => {
  const place = usePlace(3);
  const shown = (organization: Organization): ActiveOrganization => ({ kind: 'organization', organization });
  const page = (subject: Subject, current = shown(place.organization), now = Date.now()) =>
    detailsText(addressOf(subject, 'x').query, current, now);
  const ofCheckpoint: Subject = { kind: 'checkpoint', organization: 'test', checkpoint };
  const ofPermission = (permission: string): Subject => ({ ...ofCheckpoint, kind: 'permission', permission });
  const text = (subject: Subject = ofCheckpoint, now?: number) =>
    rendered(page(subject, undefined, now)).text.replace(/\u200b/g, '');
  const permissions = () => place.organization.permissions;

  async function firstPermission() {
    const [first] = (await permissions().read(checkpoint)).permissions;
    assert.ok(first);
    return first;
  }

  describe('of a checkpoint', () => {
    it('tells what the id tells, and that nothing was read; it asks nobody', () => {
      const read = text();
      for (const part of [
        'test-bot',
        checkpoint,
        'gpt-4o-mini-2024-07-18',
        'harbor-labs',
        'the id',
        'not been read yet',
      ])
        assert.ok(read.includes(part), part);
      assert.doesNotMatch(read, /No permissions/);
      assert.equal(place.emulator.requests.length, 0);
    });

    it('lists who has access, with names, ids, moments and where that is known from', async () => {
      await permissions().read(checkpoint);
      await place.organization.projects.read();
      const read = text();
      assert.match(read, /3 projects have access\. Listed by the server, asked .* \(just now\)/);
      for (const { id, project_id } of permissions().snapshot(checkpoint).listing?.permissions ?? []) {
        const name = place.organization.projects.nameOf(project_id) ?? '';
        assert.match(read, new RegExp(`${name} ${project_id} \\| ${id} \\| .* ago\\)`));
      }
      assert.match(read, /Names of projects: the organization's projects, asked .*just now/);
      assert.match(read, /The project that owns the model can always use it/);
    });

    it('says that names are not known, and why', async () => {
      await permissions().read(checkpoint);
      assert.match(text(), /\nproj_\w+ \| cp_/);
      assert.match(text(), /have not been read yet/);
      place.emulator.fail('projects.list', faults.status(500), 1);
      await place.organization.projects.read();
      assert.match(text(), /Reading them failed: The API failed \(500\)/);
    });

    it('tells what the list keeps: where it was found, its owner, its metrics, its own end', async () => {
      const at = Date.parse('2026-11-20T10:00:00Z');
      await place.organization.catalog.add([
        {
          id: checkpoint,
          findings: [{ in: 'audit log', at, detail: 'granted by a@b.test' }],
          createdAt: 1_700_000_000,
          owner: 'proj_owner',
          shutdownDate: '2026-12-01',
          metrics: { train_loss: 0.25 },
        },
      ]);
      const read = text(undefined, Date.parse('2026-11-21T12:00:00Z'));
      assert.match(read, /found in the audit log \| 20.Nov.2026.*\(1 day ago\) \| granted by a@b\.test/);
      assert.match(read, /Owned by \| proj_owner \| its fine-tuning job/);
      assert.match(read, /train_loss \| 0\.25 \| its fine-tuning job/);
      assert.match(
        read,
        /End \| ends 1 Dec 2026, 10 days left \| by the shutdown date that the server gives for the model/,
      );
      assert.match(read, /Made \| 14 November 2023/);
      assert.match(read, /In the list \| yes/);
    });

    it('has a failure with its words, what to do, its codes and the request id', async () => {
      const error = {
        message: 'Incorrect API key provided: te****ey.',
        type: 'invalid_request_error',
        param: null,
        code: 'invalid_api_key',
      };
      place.emulator.fail(
        'permissions.list',
        faults.status(401, { body: { error }, headers: { 'x-request-id': 'req_abc123' } }),
        1,
      );
      await assert.rejects(permissions().read(checkpoint));
      const read = text();
      for (const part of [
        'Reading failed',
        'rejected the admin API key',
        'Use Set Admin API Key…',
        'Incorrect API key provided: te****ey.',
        '401',
        'invalid_api_key',
        'req_abc123',
      ])
        assert.ok(read.includes(part), part);
      assert.doesNotMatch(read, /No permissions/);
    });

    it('says what is old, from before a change, not all, or incomplete', async () => {
      place.emulator.organization.addCheckpoint(checkpoint, { permissions: 130 });
      await permissions().read(checkpoint);
      assert.match(text(), /100\+ projects have access/);
      assert.match(text(), /newest 100 permissions were read; there are more/);
      assert.match(text(), /List what follows:/);
      permissions().changed(checkpoint);
      place.emulator.fail('permissions.list', faults.status(500), 1);
      await assert.rejects(permissions().readAgain(checkpoint));
      assert.match(text(), /from before your last change/);
      assert.match(text(), /could not be read again: The API failed \(500\)/);
      permissions().forget(checkpoint);
      place.emulator.fail('permissions.list', cursorTraps.emptyPage, 1);
      await permissions().read(checkpoint);
      assert.match(text(), /The list is incomplete/);
      assert.doesNotMatch(text(), /No permissions/);
    });

    it('says “No permissions” when the server said so', async () => {
      place.emulator.organization.addCheckpoint(checkpoint);
      await permissions().read(checkpoint);
      assert.match(text(), /No permissions: not shared with any project\. Listed by the server/);
    });

    it('shows a thousand of ten thousand permissions, and says how many it leaves out', async () => {
      const data = Array.from({ length: 10_000 }, (_, index) => ({
        id: `cp_${index}`,
        object: 'checkpoint.permission',
        created_at: 1_700_000_000 - index,
        project_id: `proj_${index}`,
      }));
      place.emulator.fail(
        'permissions.list',
        faults.status(200, { body: { object: 'list', data, has_more: false } }),
        1,
      );
      await permissions().read(checkpoint);
      const read = page(ofCheckpoint);
      assert.equal(read.split('\n').filter((line) => line.includes('`cp_')).length, 1000);
      assert.match(read, /10000 projects have access/);
      assert.match(read, /9000 further permissions that were read are not shown on this page/);
    });

    it('has the requests as curl, at the address of the organization, without the key', async () => {
      await permissions().read(checkpoint);
      const read = page(ofCheckpoint);
      const path = `${place.emulator.baseURL}/fine_tuning/checkpoints/${checkpoint}/permissions`;
      assert.ok(read.includes(`curl -sS '${path}?limit=100&order=descending'`));
      assert.ok(read.includes(`curl -sS -X POST '${path}'`));
      assert.ok(read.includes('Bearer $OPENAI_ADMIN_KEY'));
      assert.ok(!read.includes(place.emulator.adminAPIKey));
      // The very request that is shown is the one that was sent.
      const [sent] = place.emulator.requests;
      assert.deepEqual(sent?.query, { limit: '100', order: 'descending' });
    });
  });

  describe('of a fine-tuned model', () => {
    const step = `${checkpoint}:ckpt-step-8`;
    const ofModel: Subject = { kind: 'model', organization: 'test', checkpoint };

    it('lists its checkpoints with who has access to each, as far as is known', async () => {
      await place.organization.catalog.add([step, 'ft:gpt-4.1-2025-04-14:acme::B7R9VjQd']);
      await permissions().read(checkpoint);
      const read = text(ofModel, Date.parse('2026-11-21T12:00:00Z'));
      assert.match(read, /Final model \| .* \| 3 projects have access \| read .* \| ends 14 Jan 2027/);
      assert.match(read, /Step 8 \| .*:ckpt-step-8 \| Who has access has not been read yet \| not read \|/);
      assert.doesNotMatch(read, /B7R9VjQd|is not in the list/);
      assert.ok(read.includes(`/fine_tuning/checkpoints/${step}/permissions'`));
      await place.organization.catalog.remove([checkpoint]);
      assert.match(text(ofModel), /The final model itself is not in the list/);
    });

    it('says that reading one failed', async () => {
      place.emulator.fail('permissions.list', faults.status(500), 1);
      await assert.rejects(permissions().read(checkpoint));
      assert.match(
        text(ofModel),
        /Final model \| .* could not be read: The API failed \(500\)\. .* \| not read/,
      );
    });
  });

  describe('of a permission', () => {
    it('tells all of it, and how to revoke it', async () => {
      const { id, project_id } = await firstPermission();
      await place.organization.projects.read();
      const read = text(ofPermission(id));
      const name = place.organization.projects.nameOf(project_id) ?? '';
      assert.ok(name && read.startsWith(name), read);
      for (const part of [id, project_id, checkpoint, 'active', 'Granted by | not known'])
        assert.ok(read.includes(part), part);
      assert.ok(
        read.includes(
          `curl -sS -X DELETE '${place.emulator.baseURL}/fine_tuning/checkpoints/${checkpoint}/permissions/${id}'`,
        ),
      );
      assert.ok(read.includes(`permissions?project_id=${project_id}'`));
    });

    it('says that it is gone, or that nothing is known, and never makes it up', async () => {
      const { id } = await firstPermission();
      place.emulator.organization.addCheckpoint(checkpoint);
      await permissions().readAgain(checkpoint);
      assert.match(text(ofPermission(id)), /not among the permissions that were read .*which are all/);
      permissions().forget(checkpoint);
      assert.match(text(ofPermission(id)), /not read now, so nothing is known of it/);
    });

    it('says when it is from before a refresh, as the pages of its checkpoint and its project do', async () => {
      const { id, project_id } = await firstPermission();
      permissions().outdate(checkpoint);
      const ofProject: Subject = { kind: 'project', organization: 'test', project: project_id };
      for (const subject of [ofPermission(id), ofCheckpoint, ofProject])
        assert.match(text(subject), /before your refresh/);
    });

    it('says when it is from before a change, and what failed since', async () => {
      const { id } = await firstPermission();
      permissions().changed(checkpoint);
      place.emulator.fail('permissions.list', faults.status(500), 1);
      await assert.rejects(permissions().readAgain(checkpoint));
      assert.match(text(ofPermission(id)), /from before your last change/);
      assert.match(text(ofPermission(id)), /The API failed \(500\)/);
    });
  });

  describe('of a permission that no list has', () => {
    it('tells what the server said of its project alone, and when that is over', async () => {
      place.emulator.organization.addCheckpoint(checkpoint, { permissions: 3 });
      const { id, project_id } = await firstPermission();
      permissions().forget(checkpoint);
      const put = permissions().answers.expect(checkpoint, project_id);
      put({ permissions: await permissions().readProject(checkpoint, project_id), at: Date.now() });
      const read = text(ofPermission(id));
      assert.match(read, /what the server said of this project alone, asked .*just now/);
      assert.ok(read.includes(project_id));
      assert.doesNotMatch(read, /nothing is known/);
      permissions().changed(checkpoint);
      assert.match(text(ofPermission(id)), /nothing is known of it/);
    });

    it('says that the server did not name it any more when asked about its project alone', async () => {
      const { id, project_id } = await firstPermission();
      permissions().answers.expect(checkpoint, project_id)({ permissions: [], at: Date.now() + 1 });
      assert.match(text(ofPermission(id)), /the server did not name it any more/);
    });

    it('says why nothing is known where reading failed, and that a list is from before a change', async () => {
      place.emulator.fail('permissions.list', faults.status(500), 1);
      await assert.rejects(permissions().read(checkpoint));
      assert.match(text(ofPermission('cp_x')), /The API failed \(500\)/);
      await permissions().readAgain(checkpoint);
      permissions().changed(checkpoint);
      assert.match(text(ofPermission('cp_x')), /from before your last change/);
    });
  });

  describe('of a project', () => {
    const ofProject = (project: string): Subject => ({ kind: 'project', organization: 'test', project });
    const step = `${checkpoint}:ckpt-step-8`;

    it('tells itself and what it can use, and of how many that is not known; it asks nobody', async () => {
      place.emulator.organization.addCheckpoint(step);
      await place.organization.catalog.add([step]);
      const { id, project_id } = await firstPermission();
      await place.organization.projects.read();
      const before = place.emulator.requests.length;
      const name = place.organization.projects.nameOf(project_id) ?? '';
      const read = text(ofProject(project_id));
      assert.ok(name && read.startsWith(name), read);
      assert.match(read, /Of 2 checkpoints in the list, it is not known of 1 whether the project can use it/);
      assert.ok(read.includes(id));
      assert.match(read, /its list, asked .*just now/);
      assert.match(read, /State \| active/);
      assert.ok(page(ofProject(project_id)).includes(`/organization/projects/${project_id}'`));
      assert.equal(place.emulator.requests.length, before);
      await permissions().read(step);
      assert.match(text(ofProject(project_id)), /it is known of all, each as of when it was read/);
    });

    it('does not take an error, an old list or a failed question for “no access”', async () => {
      place.emulator.fail('permissions.list', faults.status(500), 1);
      await assert.rejects(permissions().read(checkpoint));
      assert.match(text(ofProject('proj_x')), /not known of 1 whether/);
      permissions().answers.expect(checkpoint, 'proj_x')({ failure: new Error('no'), at: Date.now() });
      assert.match(text(ofProject('proj_x')), /for 1 checkpoint, the server did not say/);
      const { project_id } = (await permissions().readAgain(checkpoint)).permissions[0] ?? assert.fail();
      permissions().changed(checkpoint);
      assert.match(text(ofProject(project_id)), /before your last change/);
      assert.match(text(ofProject(project_id)), /not known of 1 whether/);
      await permissions().readAgain(checkpoint);
      place.emulator.fail('permissions.list', faults.status(500), 1);
      await assert.rejects(permissions().readAgain(checkpoint));
      assert.match(text(ofProject(project_id)), /could not be read again/);
      assert.match(text(ofProject(project_id)), /not known of 1 whether/);
    });

    it('tells what the server said of the project alone, and lets its name do nothing', async () => {
      const put = permissions().answers.expect(checkpoint, 'proj_x');
      put({ permissions: [], at: Date.now() });
      assert.match(text(ofProject('proj_x')), /it is known of all/);
      assert.match(text(ofProject('proj_x')), /No permission of this project is known/);
      for (const name of hostileNames) {
        const { targets, kinds } = rendered(page(ofProject(name)));
        assert.deepEqual(targets, []);
        assert.ok(!kinds.has('html') && !kinds.has('link'));
      }
    });

    it('draws a moment that is none', async () => {
      const data = [{ id: 'cp_1', object: 'checkpoint.permission', created_at: 1e300, project_id: 'proj_x' }];
      const body = { object: 'list', data, has_more: false };
      place.emulator.fail('permissions.list', faults.status(200, { body }), 1);
      await permissions().read(checkpoint);
      for (const subject of [ofProject('proj_x'), ofCheckpoint, ofPermission('cp_1')])
        assert.match(text(subject), /an unknown (time|day)/);
    });
  });

  it('lets nothing from a server make a link, HTML or layout, or break out of the code', async () => {
    const data = hostileNames.map((name, index) => ({
      id: `cp_${index}${name}`,
      object: 'checkpoint.permission',
      created_at: 1_700_000_000,
      project_id: `proj_${index}${name}`,
    }));
    place.emulator.fail(
      'permissions.list',
      faults.status(200, { body: { object: 'list', data, has_more: false } }),
      1,
    );
    await permissions().read(checkpoint);
    const subjects = [ofCheckpoint, ...data.map(({ id }) => ofPermission(id))];
    for (const subject of subjects) {
      const { targets, kinds } = rendered(page(subject));
      assert.deepEqual(targets, []);
      for (const kind of kinds)
        assert.ok(
          ['heading', 'paragraph', 'text', 'escape', 'strong', 'codespan', 'code', 'space', 'table'].includes(
            kind,
          ),
          kind,
        );
    }
    const rows = rendered(page(ofCheckpoint))
      .text.split('\n')
      .filter((line) => /^proj_.* \| cp_/.test(line));
    assert.equal(rows.length, data.length);
  });

  it('tells nothing of another organization than the one that is shown', async () => {
    await permissions().read(checkpoint);
    const read = page({ ...ofCheckpoint, organization: 'another' });
    assert.match(read, /Another organization is shown/);
    assert.doesNotMatch(read, /proj_|cp_/);
  });

  for (const [current, words] of [
    [{ kind: 'none', profile }, /No admin API key is set/],
    [
      { kind: 'elsewhere', profile, savedFor: 'https://a.test', now: 'https://b.test' },
      /belongs to https:\/\/a\.test; it is not sent to https:\/\/b\.test/,
    ],
    [
      { kind: 'problem', profile, error: new Error('The keyring <b>is</b> locked') },
      /The keyring <b>is<\/b> locked/,
    ],
  ] as const) {
    it(`says why without an organization: ${current.kind}`, () => {
      for (const subject of [ofCheckpoint, { kind: 'organization' } as const])
        assert.match(rendered(page(subject, current)).text, words);
    });
  }

  it('says that the sample is not real', () => {
    const sample = organizationAt(place.emulator);
    const current = shown(Object.assign(Object.create(sample), { isSample: true }));
    assert.match(page(ofCheckpoint, current), /sample organization, where nothing is real/);
    assert.match(page(ofCheckpoint, current), /has no server, so these answer nothing/);
    sample.dispose();
  });

  it('has an address that can be read back, and none other is taken', () => {
    const ofProject = { kind: 'project', organization: 'test', project: 'proj_1' } as const;
    const subjects = [{ kind: 'organization' }, ofCheckpoint, ofPermission('cp_1'), ofProject] as const;
    for (const subject of subjects) {
      const { path, query } = addressOf(subject, 'a/b\\c\u202e · d\n');
      assert.deepEqual(subjectOf(query), subject);
      assert.equal(path, '/a b c · d.md');
    }
    for (const query of [
      '',
      '{',
      'null',
      '1',
      '[]',
      '{"kind":"checkpoint"}',
      '{"kind":"x","organization":"test","checkpoint":"ft:a:b:c:d"}',
      '{"kind":"checkpoint","organization":"test","checkpoint":"../x"}',
    ]) {
      assert.equal(subjectOf(query), undefined, query);
      assert.match(detailsText(query, shown(place.organization), 0), /nothing at this address/);
    }
  });
});

import assert from 'node:assert/strict';
import type { Organization } from '../../../src/access/organization';
import type { ActiveOrganization } from '../../../src/organizations/currentOrganization';
import type { Profile } from '../../../src/organizations/profile';
import { addressOf, type DetailsSubject, parseSubject } from '../../../src/views/details/subject';
import { detailsText } from '../../../src/views/details/text';
import { accessInWords, accessNotes } from '../../../src/words/access';
import * as words from '../../../src/words/details';
import { whereFound } from '../../../src/words/discovery';
import { explain, explainProjects } from '../../../src/words/errors';
import { expiryInWords, keyHeadings, keyNotes, whyUnknown } from '../../../src/words/keyStatus';
import { checkpointOfModel } from '../../../src/words/names';
import { projectListInWords } from '../../../src/words/projects';
import { shutdownInWords, shutdownSource } from '../../../src/words/shutdown';
import { doubtInWords, incompleteInWords } from '../../../src/words/standing';
import { cursorTraps, faults } from '../../emulator';
import { checkpoint, organizationAt, usePlace } from '../access/support';
import { hostileNames, rendered } from './rendered';

const profile = { id: 'default', name: 'Test' } as Profile;

describe('the page of details', () => {
  const place = usePlace(3);
  const shown = (organization: Organization): ActiveOrganization => ({ kind: 'organization', organization });
  const page = (subject: DetailsSubject, current = shown(place.organization), now = Date.now()) =>
    detailsText(addressOf(subject, 'x').query, current, now, labelOf);
  const labelOf = (id: string) => (id === 'another' ? 'Harbor Labs (sample)' : undefined);
  const ofCheckpoint: DetailsSubject = { kind: 'checkpoint', organization: 'test', checkpoint };
  const ofPermission = (permission: string): DetailsSubject => ({
    ...ofCheckpoint,
    kind: 'permission',
    permission,
  });
  const text = (subject: DetailsSubject = ofCheckpoint, now?: number) =>
    rendered(page(subject, undefined, now)).text.replace(/\u200b/g, '');
  const permissions = () => place.organization.permissions;
  const standing = () => place.organization.standingOf(checkpoint);
  /** Asserts that the rendered page contains all texts. */
  const has = (read: string, ...parts: readonly string[]) => {
    for (const part of parts) assert.ok(read.includes(part), `${part} in ${read}`);
  };
  /** The explanation of the last failure. */
  const whatFailed = () => explain(standing().failure?.error).what;
  const noPermissions = accessInWords(
    { state: 'loaded', count: 0, isComplete: true, doubts: [], isLoading: false },
    0,
  );

  async function firstPermission() {
    const [first] = (await permissions().read(checkpoint)).permissions;
    assert.ok(first);
    return first;
  }

  describe('of a checkpoint', () => {
    it('tells what the id tells, and that nothing was read; it asks nobody', () => {
      const read = text();
      has(read, 'test-bot', checkpoint, 'gpt-4o-mini-2024-07-18', 'harbor-labs', words.sources.id);
      has(read, accessInWords(standing(), 0));
      assert.doesNotMatch(read, /No permissions/);
      assert.equal(place.emulator.requests.length, 0);
    });

    it('lists who has access, with names, ids, moments and where that is known from', async () => {
      await permissions().read(checkpoint);
      await place.organization.projects.read();
      const read = text();
      has(read, accessInWords(standing(), 3));
      assert.match(read, /Loaded .* \(just now\)\./);
      for (const { id, project_id } of permissions().snapshot(checkpoint).listing?.permissions ?? []) {
        const name = place.organization.projects.nameOf(project_id) ?? '';
        assert.match(read, new RegExp(`${name} ${project_id} \\| ${id} \\| .* ago\\)`));
      }
      has(read, projectListInWords(place.organization.projectsStanding, Date.now()), words.notes.owner);
    });

    it('says that names are not known, and why', async () => {
      await permissions().read(checkpoint);
      assert.match(text(), /\nproj_\w+ \| cp_/);
      has(text(), projectListInWords(place.organization.projectsStanding, Date.now()));
      place.emulator.fail('projects.list', faults.status(500), 1);
      await place.organization.projects.read();
      has(text(), projectListInWords(place.organization.projectsStanding, Date.now()));
      has(text(), explainProjects(place.organization.projectsStanding.failure).what);
    });

    it('tells what the list keeps: where it was found, its owner, its metrics, its own end', async () => {
      const at = Date.parse('2026-11-20T10:00:00Z');
      await place.organization.catalog.add([
        {
          id: checkpoint,
          findings: [{ in: 'auditLog', at, detail: 'granted by a@b.test' }],
          createdAt: 1_700_000_000,
          owner: 'proj_owner',
          shutdownDate: '2026-12-01',
          metrics: { train_loss: 0.25 },
        },
      ]);
      const now = Date.parse('2026-11-21T12:00:00Z');
      const read = text(undefined, now);
      const end = { shutsDownOn: '2026-12-01', source: 'models' } as const;
      has(
        read,
        `${whereFound({ in: 'auditLog' })} | ${words.day(at, now)} | granted by a@b.test`,
        `${words.properties.owner} | proj_owner | ${words.sources.job}`,
        `train_loss | 0.25 | ${words.sources.job}`,
        `${words.properties.shutdown} | ${shutdownInWords(end, now)} | ${shutdownSource(end)}`,
        `${words.properties.created} | ${words.moment(1_700_000_000_000, now)} | ${words.sources.job}`,
        `${words.properties.inList} | ${words.values.yes}`,
      );
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
      const { what, next } = explain(standing().failure?.error);
      has(read, words.failureHeading(standing()), what, next);
      has(read, 'Incorrect API key provided: te****ey.', '401', 'invalid_api_key', 'req_abc123');
      assert.ok(!read.includes(noPermissions));
    });

    it('says what is old, from before a change, not all, or incomplete', async () => {
      place.emulator.organization.addCheckpoint(checkpoint, { permissions: 130 });
      await permissions().read(checkpoint);
      has(text(), accessInWords(standing(), 100), doubtInWords.moreToLoad(standing(), Date.now()));
      has(text(), `${words.requests.next}:`);
      permissions().changed(checkpoint);
      place.emulator.fail('permissions.list', faults.status(500), 1);
      await assert.rejects(permissions().readAgain(checkpoint));
      has(
        text(),
        doubtInWords.beforeYourChange(standing(), Date.now()),
        doubtInWords.refreshFailed(standing(), Date.now()),
        whatFailed(),
      );
      permissions().forget(checkpoint);
      place.emulator.fail('permissions.list', cursorTraps.emptyPage, 1);
      await permissions().read(checkpoint);
      has(text(), doubtInWords.brokenOff(standing(), Date.now()), incompleteInWords('emptyPage'));
      assert.ok(!text().includes(noPermissions));
    });

    it('says “No permissions” when the server said so', async () => {
      place.emulator.organization.addCheckpoint(checkpoint);
      await permissions().read(checkpoint);
      has(text(), noPermissions, words.loadedOn(standing().loadedAt ?? 0, Date.now()));
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
      has(text(), accessInWords(standing(), 10_000), words.omittedPermissions(9000));
    });

    it('has the requests as curl, at the address of the organization, without the key', async () => {
      await permissions().read(checkpoint);
      const read = page(ofCheckpoint);
      const path = `${place.emulator.baseURL}/fine_tuning/checkpoints/${checkpoint}/permissions`;
      assert.ok(read.includes(`curl -sS '${path}?limit=100&order=descending'`));
      assert.ok(read.includes(`curl -sS -X POST '${path}'`));
      assert.ok(read.includes('Bearer $OPENAI_ADMIN_KEY'));
      assert.ok(!read.includes(place.emulator.adminAPIKey));
      // The page shows the same request that was sent.
      const [sent] = place.emulator.requests;
      assert.deepEqual(sent?.query, { limit: '100', order: 'descending' });
    });
  });

  describe('of a fine-tuned model', () => {
    const step = `${checkpoint}:ckpt-step-8`;
    const ofModel: DetailsSubject = { kind: 'model', organization: 'test', checkpoint };

    it('lists its checkpoints with who has access to each, as far as is known', async () => {
      await place.organization.catalog.add([step, 'ft:gpt-4.1-2025-04-14:acme::B7R9VjQd']);
      await permissions().read(checkpoint);
      const now = Date.parse('2026-11-21T12:00:00Z');
      const read = text(ofModel, now);
      const end = place.organization.endOf(checkpoint);
      assert.ok(end);
      has(read, accessInWords(standing(), 3), shutdownInWords(end, now));
      const unknown = accessInWords(place.organization.standingOf(step), 0);
      has(read, `${checkpointOfModel(8)} | ${step} | ${unknown}. | ${words.values.notLoaded} |`);
      assert.doesNotMatch(read, /B7R9VjQd/);
      assert.ok(!read.includes(words.notes.modelNotListed));
      assert.ok(read.includes(`/fine_tuning/checkpoints/${step}/permissions'`));
      await place.organization.catalog.remove([checkpoint]);
      has(text(ofModel), words.notes.modelNotListed);
    });

    it('says that loading one failed', async () => {
      place.emulator.fail('permissions.list', faults.status(500), 1);
      await assert.rejects(permissions().read(checkpoint));
      const why = [`${accessInWords(standing(), 0)}.`, ...accessNotes(standing())].join(' ');
      has(text(ofModel), `${checkpointOfModel(undefined)} | ${checkpoint} | ${why} | not loaded`);
    });
  });

  describe('of a permission', () => {
    it('tells all of it, and how to revoke it', async () => {
      const { id, project_id } = await firstPermission();
      await place.organization.projects.read();
      const read = text(ofPermission(id));
      const name = place.organization.projects.nameOf(project_id) ?? '';
      assert.ok(name && read.startsWith(name), read);
      has(read, id, project_id, checkpoint, 'active');
      has(read, `${words.properties.grantedBy} | ${words.values.grantedBy}`);
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
      has(text(ofPermission(id)), words.permissionNotListed(standing().loadedAt ?? 0, true, Date.now()));
      permissions().forget(checkpoint);
      has(text(ofPermission(id)), words.notes.permissionUnknown);
    });

    it('says when it is from before a refresh, as the pages of its checkpoint and its project do', async () => {
      const { id, project_id } = await firstPermission();
      permissions().outdate(checkpoint);
      const ofProject: DetailsSubject = { kind: 'project', organization: 'test', project: project_id };
      for (const subject of [ofPermission(id), ofCheckpoint, ofProject])
        has(text(subject), doubtInWords.beforeYourRefresh(standing(), Date.now()));
    });

    it('says when it is from before a change, and what failed since', async () => {
      const { id } = await firstPermission();
      permissions().changed(checkpoint);
      place.emulator.fail('permissions.list', faults.status(500), 1);
      await assert.rejects(permissions().readAgain(checkpoint));
      has(text(ofPermission(id)), doubtInWords.beforeYourChange(standing(), Date.now()), whatFailed());
    });
  });

  describe('of a permission that no list has', () => {
    it('tells what the server said of its project alone, and when that is over', async () => {
      place.emulator.organization.addCheckpoint(checkpoint, { permissions: 3 });
      const { id, project_id } = await firstPermission();
      permissions().forget(checkpoint);
      const put = permissions().answers.reserve(checkpoint, project_id);
      const at = Date.now();
      put({ permissions: await permissions().readProject(checkpoint, project_id), at });
      const read = text(ofPermission(id));
      has(read, words.sources.projectQuery(at, Date.now()));
      assert.ok(read.includes(project_id));
      assert.ok(!read.includes(words.notes.permissionUnknown));
      permissions().changed(checkpoint);
      has(text(ofPermission(id)), words.notes.permissionUnknown);
    });

    it('says that the server did not name it any more when asked about its project alone', async () => {
      const { id, project_id } = await firstPermission();
      const at = Date.now() + 1;
      permissions().answers.reserve(checkpoint, project_id)({ permissions: [], at });
      has(text(ofPermission(id)), words.permissionNoLongerListed(at, at));
    });

    it('says why nothing is known where reading failed, and that a list is from before a change', async () => {
      place.emulator.fail('permissions.list', faults.status(500), 1);
      await assert.rejects(permissions().read(checkpoint));
      has(text(ofPermission('cp_x')), whatFailed());
      await permissions().readAgain(checkpoint);
      permissions().changed(checkpoint);
      has(text(ofPermission('cp_x')), doubtInWords.beforeYourChange(standing(), Date.now()));
    });
  });

  describe('of a project', () => {
    const ofProject = (project: string): DetailsSubject => ({
      kind: 'project',
      organization: 'test',
      project,
    });
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
      has(read, words.projectExtent(1, 2, 0));
      assert.ok(read.includes(id));
      has(read, words.sources.permissionList(standing().loadedAt ?? 0, Date.now()));
      has(read, `${words.properties.status} | active`);
      assert.ok(page(ofProject(project_id)).includes(`/organization/projects/${project_id}'`));
      assert.equal(place.emulator.requests.length, before);
      await permissions().read(step);
      has(text(ofProject(project_id)), words.projectExtent(0, 2, 1));
    });

    it('does not take an error, an old list or a failed question for “no access”', async () => {
      place.emulator.fail('permissions.list', faults.status(500), 1);
      await assert.rejects(permissions().read(checkpoint));
      has(text(ofProject('proj_x')), words.projectExtent(1, 1, 0));
      permissions().answers.reserve(checkpoint, 'proj_x')({ failure: new Error('no'), at: Date.now() });
      has(text(ofProject('proj_x')), words.failedQueries(1));
      const { project_id } = (await permissions().readAgain(checkpoint)).permissions[0] ?? assert.fail();
      permissions().changed(checkpoint);
      has(text(ofProject(project_id)), doubtInWords.beforeYourChange(standing(), Date.now()));
      has(text(ofProject(project_id)), words.projectExtent(1, 1, 0));
      await permissions().readAgain(checkpoint);
      place.emulator.fail('permissions.list', faults.status(500), 1);
      await assert.rejects(permissions().readAgain(checkpoint));
      has(text(ofProject(project_id)), doubtInWords.refreshFailed(standing(), Date.now()));
      has(text(ofProject(project_id)), words.projectExtent(1, 1, 0));
    });

    it('tells what the server said of the project alone, and lets its name do nothing', async () => {
      const put = permissions().answers.reserve(checkpoint, 'proj_x');
      put({ permissions: [], at: Date.now() });
      has(text(ofProject('proj_x')), words.projectExtent(0, 1, 1), words.notes.noGrants);
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

  it('Truth 10: tells nothing of another organization than the one that is shown, but whose it is', async () => {
    await permissions().read(checkpoint);
    const read = text({ ...ofCheckpoint, organization: 'another' });
    has(read, words.headings.anotherOrganization, 'These details belong to Harbor Labs (sample).');
    assert.doesNotMatch(read, /proj_|cp_/);
    has(text({ ...ofCheckpoint, organization: 'gone' }), words.ofOtherOrganization(undefined));
  });

  for (const [current, why] of [
    [{ kind: 'none', profile }, words.notes.noKey],
    [{ kind: 'keyGone', profile }, words.notes.keyGone],
    [
      { kind: 'elsewhere', profile, savedFor: 'https://a.test', now: 'https://b.test' },
      words.adminKeyForOtherHost('https://a.test', 'https://b.test'),
    ],
    [
      { kind: 'problem', profile, error: new Error('The keyring <b>is</b> locked') },
      'The keyring <b>is</b> locked',
    ],
  ] as const) {
    it(`says why without an organization: ${current.kind}`, () => {
      for (const subject of [ofCheckpoint, { kind: 'organization' } as const])
        has(rendered(page(subject, current)).text, why);
    });
  }

  describe('of the admin API key', () => {
    const ofKey: DetailsSubject = { kind: 'key', organization: 'test' };
    const secret = () => place.emulator.adminAPIKey;

    it('says what is known, and asks nobody', async () => {
      has(text(ofKey), expiryInWords(undefined, 0), whyUnknown.notChecked, keyNotes.noScopes);
      has(text(ofKey), keyNotes.noProjectKeys);
      assert.equal(place.emulator.requests.length, 0);
    });

    it('never has the key, whatever the server says', async () => {
      const [own] = place.emulator.organization.state.adminAPIKeys;
      assert.ok(own);
      Object.assign(own, {
        owner: { role: `owner ${secret()} [x](command:evil)`, name: secret() },
        name: secret(),
      });
      await place.organization.keyHealth.checkAgain();
      const read = text(ofKey);
      has(read, expiryInWords('notReported', 0), 'owner [redacted]');
      for (const part of [secret(), own.redacted_value]) assert.ok(!read.includes(part), read);
      assert.equal(rendered(page(ofKey)).text.includes(secret()), false);
      const error = {
        message: `Missing scopes: ${secret()}, api.usage.read`,
        type: 'x',
        param: null,
        code: null,
      };
      place.emulator.fail('adminAPIKeys.list', faults.status(403, { body: { error } }));
      await assert.rejects(place.organization.keyHealth.checkAgain());
      has(text(ofKey), keyHeadings.lastCheckFailed);
      assert.ok(!text(ofKey).includes(secret()));
    });
  });

  it('says that the sample is not real', () => {
    const sample = organizationAt(place.emulator);
    const current = shown(Object.assign(sample, { isSample: true }));
    const { text: read } = rendered(page(ofCheckpoint, current));
    has(
      read,
      words.subjectLine(words.kinds.finalModel, { name: 'Test', isSample: true }),
      words.notes.sampleCurl,
    );
    sample.dispose();
  });

  it('has an address that can be read back, and none other is taken', () => {
    const ofProject = { kind: 'project', organization: 'test', project: 'proj_1' } as const;
    const ofKey = { kind: 'key', organization: 'test' } as const;
    const subjects = [
      { kind: 'organization' },
      ofKey,
      ofCheckpoint,
      ofPermission('cp_1'),
      ofProject,
    ] as const;
    for (const subject of subjects) {
      const { path, query } = addressOf(subject, 'a/b\\c\u202e · d\n');
      assert.deepEqual(parseSubject(query), subject);
      assert.equal(path, '/a b c · d.md');
      const named = addressOf(subject, `${'a'.repeat(200)}/`, 'Other').path;
      assert.equal(named, `/${'a'.repeat(60)} · Other.md`);
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
      assert.equal(parseSubject(query), undefined, query);
      has(detailsText(query, shown(place.organization), 0, labelOf), words.notes.nothingHere);
    }
  });
});

import assert from 'node:assert/strict';
import {
  explainAccess,
  explanationOf,
  loadGateAgain,
  requestsToExplain,
} from '../../../../src/access/explain/explainAccess';
import { gateKinds } from '../../../../src/access/explain/gates';
import { NoLongerShownError } from '../../../../src/access/loading/snapshot';
import type { Organization } from '../../../../src/access/organization';
import { oldAfter, usageAge } from '../../../../src/access/thresholds';
import { APIUserAbortError, IncompleteListError, UnexpectedResponseError } from '../../../../src/openai';
import { projectAPIKey } from '../../../../src/sample/state/projectAPIKeys';
import { cursorTraps, type Fault, faults } from '../../../emulator';
import { checkpoint, newProjects, organizationAt, usePlace } from '../support';

describe('explaining access', () => {
  const place = usePlace(3);
  const opened: Organization[] = [];
  let clock = 0;
  let project = '';

  /** An organization whose clock goes when the test says so. */
  const open = (checkpoints = [checkpoint]): Organization => {
    const organization = organizationAt(place.emulator, checkpoints, () => clock);
    opened.push(organization);
    return organization;
  };
  const granted = (id = checkpoint): string =>
    place.emulator.organization.state.checkpoints.get(id)?.permissions.all()[0]?.project_id ?? '';
  /** The requests since the last call, as the part of their path that differs, in alphabetical order. */
  let seen = 0;
  const requests = (): string[] => {
    const all = place.emulator.requests.slice(seen);
    seen = place.emulator.requests.length;
    return all
      .map(({ path }) =>
        path
          .replace('/v1/', '')
          .replace(project, '{project}')
          .replace(/ft:[^/]+/, '{checkpoint}'),
      )
      .sort();
  };
  const five = [
    'fine_tuning/checkpoints/{checkpoint}/permissions',
    'organization/projects/{project}',
    'organization/projects/{project}/api_keys',
    'organization/projects/{project}/model_permissions',
    'organization/usage/completions',
  ];

  beforeEach(() => {
    clock = Date.now();
    seen = 0;
    project = granted();
  });
  afterEach(() => {
    for (const organization of opened.splice(0)) organization.dispose();
  });

  it('takes five requests from nothing, and none for what is current', async () => {
    const organization = open();
    const { gates, verdict } = await explainAccess(organization, project, checkpoint);
    assert.deepEqual(requests(), five);
    assert.deepEqual(
      gateKinds.map((kind) => gates[kind].state),
      ['open', 'open', 'open', 'open', gates.key.state, gates.usage.state],
    );
    assert.equal(verdict.kind, 'can');
    assert.deepEqual(verdict.inferred, ['policy', 'shutdown']);
    assert.deepEqual(
      await explainAccess(organization, project, checkpoint),
      explanationOf(organization, project, checkpoint),
    );
    assert.deepEqual(requests(), []);
  });

  it('asks about one project and one checkpoint only', async () => {
    await explainAccess(open(), project, checkpoint);
    const of = (end: string) => place.emulator.requests.find(({ path }) => path.endsWith(end))?.query;
    assert.equal(new URLSearchParams(of('/permissions')).get('project_id'), project);
    const usage = new URLSearchParams(of('/completions'));
    assert.deepEqual([usage.getAll('models[]'), usage.getAll('project_ids[]')], [[checkpoint], [project]]);
    assert.equal(new URLSearchParams(of('/api_keys')).get('owner_project_access'), 'any');
  });

  it('asks what is about a project once for it, whichever checkpoint', async () => {
    const other = `${checkpoint}:ckpt-step-9`;
    place.emulator.organization.addCheckpoint(other, { permissions: [project] });
    const organization = open([checkpoint, other]);
    await explainAccess(organization, project, checkpoint);
    requests();
    await explainAccess(organization, project, other);
    assert.deepEqual(requests(), [five[0], five[4]]);
  });

  it('sends nothing by what is loaded, and says that nothing is', () => {
    const { gates, verdict } = explanationOf(open(), project, checkpoint);
    assert.deepEqual(requests(), []);
    assert.deepEqual(
      gateKinds.map((kind) => [gates[kind].state, gates[kind].evidence.kind]),
      [
        ['unknown', 'notLoaded'],
        ['unknown', 'notLoaded'],
        ['unknown', 'notLoaded'],
        ['open', 'dated'],
        ['unknown', 'notLoaded'],
        ['unknown', 'notLoaded'],
      ],
    );
    assert.equal(verdict.kind, 'unknown');
  });

  it('takes further pages of keys on top, and has all of them', async () => {
    const { state } = place.emulator.organization;
    const keys = Array.from({ length: 250 }, (_, index) =>
      projectAPIKey(state, project, index, {
        owner: index % 2 ? 'user' : 'service_account',
        createdDaysAgo: 300 - index,
        expiredDaysAgo: index < 240 ? 1 : -5,
      }),
    );
    state.projectAPIKeys.set(project, keys);
    const { gates } = await explainAccess(open(), project, checkpoint);
    assert.equal(requests().length, 5 + 2);
    const { evidence } = gates.key;
    assert.ok(evidence.kind === 'keys' && evidence.isComplete);
    const { people, serviceAccounts, expired } = evidence.counts;
    assert.deepEqual([people, serviceAccounts, expired], [5, 5, 240]);
  });

  it('shares what is under way', async () => {
    const organization = open();
    const both = await Promise.all([
      explainAccess(organization, project, checkpoint),
      explainAccess(organization, project, checkpoint, new AbortController().signal, 'background'),
    ]);
    assert.deepEqual(requests(), five);
    assert.deepEqual(both[0], both[1]);
  });

  it('uses the lists that are loaded', async () => {
    const organization = open();
    await Promise.all([organization.projects.read(), organization.permissions.readAll(checkpoint)]);
    await organization.usage.read(new AbortController().signal);
    requests();
    const { gates } = await explainAccess(organization, project, checkpoint);
    assert.deepEqual(requests(), [five[2], five[3]]);
    assert.deepEqual([gates.project.source, gates.permission.state], ['projectList', 'open']);
  });

  it('loads what is old again, and says which was old until then', async () => {
    const organization = open();
    await explainAccess(organization, project, checkpoint);
    requests();
    clock += oldAfter;
    const old = explanationOf(organization, project, checkpoint);
    assert.deepEqual(old.verdict.old, ['project', 'permission', 'policy']);
    assert.equal(old.gates.usage.isOld, undefined);
    assert.deepEqual((await explainAccess(organization, project, checkpoint)).verdict.old, []);
    assert.deepEqual(requests(), five.slice(0, 4));
    clock += usageAge;
    await explainAccess(organization, project, checkpoint);
    assert.deepEqual(requests(), five);
  });

  it('keeps a failure, so that nothing is sent again for it, until a refresh', async () => {
    const organization = open();
    place.emulator.removeScopes('api.management.read');
    const { gates, verdict } = await explainAccess(organization, project, checkpoint);
    assert.deepEqual(requests(), five);
    for (const kind of ['project', 'policy', 'key'] as const) {
      const { state, evidence, failure, settledBy } = gates[kind];
      assert.deepEqual([state, evidence.kind, settledBy], ['unknown', 'failed', 'loadAgain']);
      assert.ok(failure instanceof Error);
    }
    assert.deepEqual([verdict.kind, verdict.unknown], ['unknown', ['project', 'policy']]);
    await explainAccess(organization, project, checkpoint);
    assert.deepEqual(requests(), []);
    organization.gates.outdate(project);
    await explainAccess(organization, project, checkpoint);
    assert.deepEqual(requests(), five.slice(1, 4));
  });

  it('keeps older evidence beside a later failure, as old', async () => {
    const organization = open();
    await explainAccess(organization, project, checkpoint);
    organization.gates.outdate();
    place.emulator.fail(
      { path: `/v1/organization/projects/${project}/model_permissions` },
      faults.status(500),
    );
    const { gates } = await explainAccess(organization, project, checkpoint);
    const { state, evidence, isOld, failure } = gates.policy;
    assert.deepEqual([state, evidence.kind, isOld], ['open', 'noPolicy', true]);
    assert.ok(failure instanceof Error);
    requests();
    await explainAccess(organization, project, checkpoint);
    assert.deepEqual(requests(), [], 'the failure is kept');
  });

  for (const [title, makeOld] of [
    ['old', () => (clock += oldAfter)],
    [
      'refreshed',
      (organization: Organization) => {
        clock += 1;
        organization.gates.outdatePair({ project, checkpoint });
      },
    ],
  ] as const) {
    it(`asks once for a permission whose list is ${title}, and keeps the failure beside the list`, async () => {
      const organization = open();
      await organization.permissions.readAll(checkpoint);
      await explainAccess(organization, project, checkpoint);
      makeOld(organization);
      place.emulator.fail('permissions.list', faults.status(500));
      requests();
      const { gates } = await explainAccess(organization, project, checkpoint);
      assert.deepEqual(
        requests().filter((path) => path === five[0]),
        [five[0]],
      );
      const { state, evidence, isOld, failure } = gates.permission;
      assert.deepEqual([state, evidence.kind, isOld], ['open', 'granted', true]);
      assert.ok(failure instanceof Error);
      assert.equal(requestsToExplain(organization, project, checkpoint), 0);
      await explainAccess(organization, project, checkpoint);
      assert.deepEqual(requests(), [], 'the failure is kept');
      clock += oldAfter;
      await explainAccess(organization, project, checkpoint);
      assert.ok(requests().includes(five[0] ?? ''), 'until it is old');
    });
  }

  it('shows a failure beside a list that is current, until a later list or answer', async () => {
    const organization = open();
    const pair = { project, checkpoint };
    await organization.permissions.readAll(checkpoint);
    const shown = () => {
      const { state, isOld, failure } = explanationOf(organization, project, checkpoint).gates.permission;
      return [state, isOld, failure instanceof Error];
    };
    const failAgain = async () => {
      clock += 1;
      place.emulator.fail('permissions.list', faults.status(500), 1);
      await loadGateAgain(organization, pair, 'permission');
      assert.deepEqual(shown(), ['open', undefined, true]);
    };
    await failAgain();
    clock += 1;
    await loadGateAgain(organization, pair, 'permission');
    assert.deepEqual(shown(), ['open', undefined, false]);
    clock += 1;
    await organization.permissions.readAgain(checkpoint);
    await failAgain();
    clock += 1;
    await organization.permissions.readAgain(checkpoint);
    assert.deepEqual(shown(), ['open', undefined, false]);
  });

  it('is loaded again whole after a refresh of the pair, also from lists', async () => {
    const organization = open();
    await Promise.all([organization.projects.read(), organization.permissions.readAll(checkpoint)]);
    await explainAccess(organization, project, checkpoint);
    requests();
    clock += 1;
    organization.gates.outdatePair({ project, checkpoint });
    assert.deepEqual(explanationOf(organization, project, checkpoint).verdict.old, [
      'project',
      'permission',
      'policy',
    ]);
    assert.deepEqual((await explainAccess(organization, project, checkpoint)).verdict.old, []);
    assert.deepEqual(requests(), five);
    await explainAccess(organization, project, checkpoint);
    assert.deepEqual(requests(), []);
  });

  it('is old after a refresh of the projects', async () => {
    const organization = open();
    await organization.projects.read();
    await explainAccess(organization, project, checkpoint);
    requests();
    await organization.projects.readAgain();
    assert.equal(explanationOf(organization, project, checkpoint).gates.policy.isOld, true);
    requests();
    await explainAccess(organization, project, checkpoint);
    assert.deepEqual(requests(), [five[2], five[3], five[4]]);
  });

  it('can be canceled, which is no failure', async () => {
    const organization = open();
    const gate = place.emulator.hold();
    const abort = new AbortController();
    const explaining = explainAccess(organization, project, checkpoint, abort.signal);
    await place.emulator.requested(5);
    abort.abort();
    await assert.rejects(explaining, APIUserAbortError);
    gate.release();
    await assert.rejects(explainAccess(organization, project, checkpoint, abort.signal), APIUserAbortError);
    const { gates } = explanationOf(organization, project, checkpoint);
    assert.deepEqual(
      [gates.policy.evidence.kind, gates.permission.evidence.kind],
      ['notLoaded', 'notLoaded'],
    );
    await place.emulator.idle();
    requests();
    assert.equal((await explainAccess(organization, project, checkpoint)).verdict.kind, 'can');
    assert.deepEqual(requests(), five);
  });

  it('goes on for who stays when another cancels', async () => {
    const organization = open();
    const gate = place.emulator.hold();
    const abort = new AbortController();
    const leaving = explainAccess(organization, project, checkpoint, abort.signal);
    const staying = explainAccess(organization, project, checkpoint);
    await place.emulator.requested(5);
    abort.abort();
    await assert.rejects(leaving, APIUserAbortError);
    gate.release();
    assert.equal((await staying).verdict.kind, 'can');
    assert.deepEqual(requests(), five);
  });

  it('asks nothing while another organization is shown', async () => {
    const organization = open();
    const gate = place.emulator.hold();
    const explaining = explainAccess(organization, project, checkpoint);
    await place.emulator.requested(5);
    organization.pause();
    await assert.rejects(explaining, NoLongerShownError);
    gate.release();
    await place.emulator.idle();
    requests();
    await assert.rejects(explainAccess(organization, project, checkpoint), NoLongerShownError);
    assert.deepEqual(requests(), []);
    organization.resume();
    assert.equal((await explainAccess(organization, project, checkpoint)).verdict.kind, 'can');
  });

  it('takes no answer from before a refresh', async () => {
    const organization = open();
    const { state } = place.emulator.organization;
    const gate = place.emulator.hold(
      { path: `/v1/organization/projects/${project}/model_permissions` },
      'processed',
    );
    const explaining = explainAccess(organization, project, checkpoint);
    await place.emulator.requested(5);
    state.modelPolicies.set(project, {
      object: 'project.model_permissions',
      mode: 'deny_list',
      model_ids: [checkpoint],
    });
    organization.gates.outdate(project);
    gate.release();
    const { gates, verdict } = await explaining;
    assert.deepEqual([gates.policy.state, verdict.kind], ['closed', 'cannot']);
  });

  it('sees a permission that was revoked since', async () => {
    const organization = open();
    await explainAccess(organization, project, checkpoint);
    const shared = place.emulator.organization.state.checkpoints.get(checkpoint);
    assert.ok(shared);
    shared.permissions.remove(shared.permissions.ofProject(project)[0]?.id ?? '');
    organization.permissions.changed(checkpoint);
    requests();
    const { gates, verdict } = await explainAccess(organization, project, checkpoint);
    assert.deepEqual(requests(), [five[0]]);
    assert.deepEqual([gates.permission.evidence.kind, verdict.unknown], ['notGranted', ['permission']]);
  });

  it('names the permission, since when, and who granted it as far as the audit log is loaded', async () => {
    const organization = open();
    const [permission] =
      place.emulator.organization.state.checkpoints.get(checkpoint)?.permissions.ofProject(project) ?? [];
    assert.ok(permission);
    const since = permission.created_at * 1000;
    const before = await explainAccess(organization, project, checkpoint);
    assert.deepEqual(before.gates.permission.evidence, {
      kind: 'granted',
      permissions: [{ id: permission.id, since }],
    });
    await organization.trail.read();
    while (organization.trail.snapshot.ending.kind === 'more') await organization.trail.readOlder();
    const { evidence } = explanationOf(organization, project, checkpoint).gates.permission;
    assert.ok(evidence.kind === 'granted');
    assert.match(evidence.permissions[0]?.by?.id ?? '', /@harbor-labs\.example$/);
  });

  it('needs no permission of the owner, and knows that others have none', async () => {
    const { organization: server } = place.emulator;
    const owner = server.state.checkpoints.get(checkpoint)?.owner ?? '';
    const [stranger = ''] = newProjects(place.emulator, 1);
    const organization = open();
    const create = organization.api.create(checkpoint, { project_ids: [owner] });
    organization.owners.learn(checkpoint, await Promise.resolve(create).catch((error: unknown) => error));
    project = owner;
    requests();
    const ofOwner = await explainAccess(organization, owner, checkpoint);
    assert.deepEqual(requests(), five.slice(1));
    assert.deepEqual([ofOwner.gates.permission.state, ofOwner.gates.permission.source], ['open', 'refusal']);
    const { verdict } = await explainAccess(organization, stranger, checkpoint);
    assert.deepEqual([verdict.kind, verdict.closed], ['cannot', ['permission']]);
  });

  describe('takes a 404 for what it is', () => {
    it('of an unknown project: it is not of this organization', async () => {
      project = 'proj_nothing';
      const { gates, verdict } = await explainAccess(open(), project, checkpoint);
      assert.deepEqual([gates.project.evidence.kind, verdict.closed], ['notFound', ['project']]);
      assert.deepEqual([gates.policy.evidence.kind, gates.key.evidence.kind], ['failed', 'failed']);
    });

    it('of a checkpoint that is not there: unknown', async () => {
      const { gates } = await explainAccess(open(), project, 'ft:gpt-4.1-2025-04-14:acme::Aa11Bb22');
      assert.deepEqual([gates.permission.state, gates.permission.evidence.kind], ['unknown', 'failed']);
    });

    it('of the API, however short: no policy', async () => {
      const body = {
        error: { message: 'Not found', type: 'invalid_request_error', param: null, code: null },
      };
      place.emulator.fail(
        { path: `/v1/organization/projects/${project}/model_permissions` },
        faults.status(404, { body }),
      );
      const { gates } = await explainAccess(open(), project, checkpoint);
      assert.deepEqual([gates.policy.evidence.kind, gates.policy.inferred], ['noPolicy', true]);
    });

    it('of a gateway without these endpoints: unknown, never “no policy” or “no project”', async () => {
      const type = 'invalid_request_error';
      const path = `/v1/organization/projects/${project}/model_permissions`;
      const bodies = [
        { error: { message: 'Invalid URL (GET /v1/organization/projects)', type } },
        { error: { message: `Cannot GET ${path}`, type } },
        { error: { message: 'No route matched with those values', type } },
        { error: { message: 'Not Found', type: 'NotFoundError', code: 404 } },
        { error: { message: 'File Not Found', type: 'not_found_error' } },
        { timestamp: 1, status: 404, error: 'Not Found', path },
        { detail: 'Not Found' },
      ];
      for (const fault of [
        ...bodies.map((body) => faults.status(404, { body })),
        faults.html(404),
        faults.status(404, { body: '' }),
      ]) {
        place.emulator.fail({ path: `/v1/organization/projects/${project}` }, fault);
        place.emulator.fail({ path: `/v1/organization/projects/${project}/model_permissions` }, fault);
        const { gates, verdict } = await explainAccess(open(), project, checkpoint);
        assert.deepEqual([gates.project.evidence.kind, gates.policy.evidence.kind], ['failed', 'failed']);
        assert.deepEqual(verdict.unknown, ['project', 'policy']);
      }
    });
  });

  it('takes the answer about another project for none', async () => {
    place.emulator.fail(
      { path: `/v1/organization/projects/${project}` },
      {
        name: 'another project',
        processed: true,
        answer: (answer) => ({
          ...answer,
          body: answer.body.replaceAll(project, 'proj_another'),
        }),
      },
    );
    const { gates, verdict } = await explainAccess(open(), project, checkpoint);
    assert.ok(gates.project.failure instanceof UnexpectedResponseError);
    assert.deepEqual([gates.project.evidence.kind, verdict.kind], ['failed', 'unknown']);
  });

  it('knows a live key although a later page failed, and no “no key” without all pages', async () => {
    const { state } = place.emulator.organization;
    const keys = (expiredDaysAgo: number) =>
      Array.from({ length: 150 }, (_, index) =>
        projectAPIKey(state, project, index, { owner: 'user', createdDaysAgo: 9, expiredDaysAgo }),
      );
    for (const [days, expected] of [
      [-5, 'open'],
      [5, 'unknown'],
    ] as const) {
      state.projectAPIKeys.set(project, keys(days));
      place.emulator.fail(
        ({ path, query }) => path.endsWith('/api_keys') && 'after' in query,
        faults.status(500),
      );
      const { gates, verdict } = await explainAccess(open(), project, checkpoint);
      assert.equal(gates.key.state, expected);
      assert.ok(gates.key.evidence.kind === 'keys' && !gates.key.evidence.isComplete);
      assert.deepEqual([verdict.kind, verdict.noLiveKey], ['can', false]);
    }
  });

  it('knows no “no key” if the last page was announced and is empty', async () => {
    const { state } = place.emulator.organization;
    const expired = { owner: 'user', createdDaysAgo: 9, expiredDaysAgo: 5 } as const;
    const keys = Array.from({ length: 150 }, (_, index) => projectAPIKey(state, project, index, expired));
    state.projectAPIKeys.set(project, keys);
    place.emulator.fail(({ path }) => path.endsWith('/api_keys'), cursorTraps.emptyEnd);
    const { key } = (await explainAccess(open(), project, checkpoint)).gates;
    assert.equal(key.state, 'unknown');
    assert.ok(key.failure instanceof IncompleteListError);
  });

  it('takes the usage of another period for none', async () => {
    const start_time = Math.floor(clock / 86_400_000 - 400) * 86_400;
    const result = {
      object: 'organization.usage.completions.result',
      input_tokens: 1,
      output_tokens: 1,
      num_model_requests: 7,
      project_id: project,
      model: checkpoint,
    };
    const bucket = { object: 'bucket', start_time, end_time: start_time + 86_400, results: [result] };
    const body = { object: 'page', data: [bucket], has_more: false, next_page: null };
    place.emulator.fail('usage.completions', faults.status(200, { body }));
    const { usage } = (await explainAccess(open(), project, checkpoint)).gates;
    assert.deepEqual([usage.state, usage.evidence.kind], ['unknown', 'failed']);
    assert.ok(usage.failure instanceof IncompleteListError);
    assert.equal(usage.failure.reason, 'otherPeriod');
  });

  it('knows a use although the API has more than it sent', async () => {
    const more: Fault = {
      name: 'more usage',
      processed: true,
      answer: (answer) => ({
        ...answer,
        body: JSON.stringify({ ...JSON.parse(answer.body), next_page: 'page_2' }),
      }),
    };
    const { usage: whole } = (await explainAccess(open(), project, checkpoint)).gates;
    assert.equal(whole.evidence.kind, 'used');
    place.emulator.fail('usage.completions', more);
    const { usage } = (await explainAccess(open(), project, checkpoint)).gates;
    assert.deepEqual(usage.evidence, whole.evidence);
  });

  it('knows a shutdown by the date that the API has, before the table', async () => {
    const organization = open();
    await organization.catalog.add([{ id: checkpoint, findings: [], shutdownDate: '2026-01-05' }]);
    const { gates, verdict } = explanationOf(organization, project, checkpoint);
    assert.deepEqual(
      [gates.shutdown.state, gates.shutdown.source, gates.shutdown.inferred],
      ['closed', 'models', undefined],
    );
    assert.deepEqual(verdict.closed, ['shutdown']);
    assert.equal(gates.shutdown.closedSince, Date.UTC(2026, 0, 6));
  });
});

import assert from 'node:assert/strict';
import {
  areNamesDue,
  loadCheckpointForTool,
  loadProjectForTool,
  requestsForCheckpoint,
  requestsForProject,
} from '../../../../src/access/agents/loadForTool';
import { projectCoverage } from '../../../../src/access/agents/projectCoverage';
import type { Organization } from '../../../../src/access/organization';
import { mostToolRequests, oldAfter } from '../../../../src/access/thresholds';
import { faults, gateways } from '../../../emulator';
import { checkpoint, organizationAt, projectsOnServer, usePlace } from '../support';

const never = () => new AbortController().signal;
const others = Array.from(
  { length: mostToolRequests + 4 },
  (_, at) => `ft:gpt-4o-mini-2024-07-18:harbor-labs:tool-${at}:Ab${String(at).padStart(2, '0')}Yy8X`,
);

describe('what a tool loads', () => {
  const place = usePlace(3, ({ organization }) => {
    for (const id of others) organization.addCheckpoint(id);
  });
  const opened: Organization[] = [];
  let clock = 0;
  let project = '';
  const open = (checkpoints: readonly string[]): Organization => {
    const organization = organizationAt(place.emulator, checkpoints, () => clock);
    opened.push(organization);
    return organization;
  };
  const lists = () => place.emulator.requests.filter(({ path }) => path.endsWith('/permissions')).length;
  const coverage = (organization: Organization) => projectCoverage(organization, project, clock);

  beforeEach(() => {
    clock = Date.now();
    [project = ''] = projectsOnServer(place.emulator);
  });
  afterEach(() => {
    for (const organization of opened.splice(0)) organization.dispose();
  });

  it('is of a project what is unknown, then what is old, and each is dated', async () => {
    const [other = '', third = ''] = others;
    const organization = open([checkpoint, other, third]);
    await organization.permissions.read(checkpoint);
    const loadedAt = clock;
    clock += oldAfter;
    await organization.permissions.read(other);
    assert.deepEqual(coverage(organization), {
      unknown: [third],
      old: [checkpoint],
      oldest: loadedAt,
      failures: new Map(),
    });
    const before = lists();
    assert.equal(requestsForProject(organization, project), 3, 'two checkpoints, and the names');
    await loadProjectForTool(organization, project, never());
    assert.equal(lists() - before, 2);
    assert.deepEqual(coverage(organization), { unknown: [], old: [], oldest: clock, failures: new Map() });
    assert.equal(requestsForProject(organization, project), 0);
    await loadProjectForTool(organization, project, never());
    assert.equal(lists() - before, 2, 'what is current is not loaded again');
  });

  it('has a limit, and the rest is left for the next call', async () => {
    const organization = open(others);
    assert.equal(requestsForProject(organization, project), mostToolRequests + 1);
    await loadProjectForTool(organization, project, never());
    assert.equal(lists(), mostToolRequests);
    assert.equal(coverage(organization).unknown.length, others.length - mostToolRequests);
  });

  it('is of one checkpoint alone where the server ignores the filter by project', async () => {
    place.emulator.fail('permissions.list', gateways.ignoresProject);
    // The first checkpoint has permissions, which show it.
    const organization = open([checkpoint, ...others]);
    for (const left of [others.length, others.length - 1]) {
      const before = lists();
      await loadProjectForTool(organization, project, never());
      assert.equal(coverage(organization).unknown.length, left);
      assert.ok(lists() - before <= 2, 'the filtered request, and the whole list');
    }
  });

  it('waits for what a person asks for', async () => {
    const [other = ''] = others;
    const organization = open([checkpoint, other]);
    const asked: unknown[] = [];
    const { api } = organization;
    const list = api.list.bind(api);
    Object.assign(api, {
      list: (...args: Parameters<typeof list>) => {
        asked.push(args[2]?.priority);
        return list(...args);
      },
    });
    await loadCheckpointForTool(organization, checkpoint, never());
    await loadProjectForTool(organization, project, never());
    assert.deepEqual(asked, ['background', 'background']);
  });

  it('ends with the first refusal of the key', async () => {
    place.emulator.fail('permissions.list', faults.status(403));
    const organization = open(others);
    await loadProjectForTool(organization, project, never());
    assert.equal(lists(), 1);
    assert.deepEqual([...coverage(organization).failures.keys()], [others[0]]);
    // The next call begins with another one.
    await loadProjectForTool(organization, project, never());
    assert.deepEqual([...coverage(organization).failures.keys()], others.slice(0, 2));
  });

  it('counts the list of projects exactly if it is loaded', async () => {
    const organization = open([checkpoint]);
    await organization.projects.read();
    await loadCheckpointForTool(organization, checkpoint, never());
    assert.deepEqual(
      [areNamesDue(organization), requestsForCheckpoint(organization, checkpoint)],
      [false, 0],
    );
    const listed = place.emulator.requests.filter(({ path }) => path.endsWith('/projects')).length;
    const gate = place.emulator.hold('projects.list');
    const refreshed = organization.projects.readAgain();
    await place.emulator.requested(listed + 1, 'projects.list');
    organization.projects.pause();
    organization.projects.resume();
    gate.release();
    await refreshed;
    assert.deepEqual([areNamesDue(organization), requestsForCheckpoint(organization, checkpoint)], [true, 1]);
    const before = place.emulator.requests.length;
    await loadCheckpointForTool(organization, checkpoint, never());
    assert.ok(place.emulator.requests.length > before);
    assert.equal(areNamesDue(organization), false);
  });
});

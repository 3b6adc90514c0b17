import assert from 'node:assert/strict';
import { draftAccessFile } from '../../../../src/access/accessFile/draftAccessFile';
import { driftOf, stepsWithReasons } from '../../../../src/access/accessFile/drift';
import { acceptDrift, nameEdits } from '../../../../src/access/accessFile/editAccessFile';
import { formatEdits, withEdits } from '../../../../src/access/accessFile/jsonText';
import {
  loadForAccessFile,
  reloadProjectsOfErrors,
} from '../../../../src/access/accessFile/loadForAccessFile';
import { parseAccessFile } from '../../../../src/access/accessFile/parseAccessFile';
import { type FilePlan, planAccessFile } from '../../../../src/access/accessFile/planAccessFile';
import { railsOf } from '../../../../src/access/accessFile/rails';
import { readSavedPlan, savePlan, whyStale } from '../../../../src/access/accessFile/savedPlan';
import type { Organization } from '../../../../src/access/organization';
import { apply } from '../../../../src/access/plan/apply';
import { planGrants } from '../../../../src/access/plan/plan';
import { atOnce } from '../../../../src/access/slices';
import {
  acceptedReason,
  beyondInWords,
  draftComment,
  driftSummary,
  endedInWords,
  fileErrorInWords,
  fileNoticeInWords,
  grantLens,
  leftOutInWords,
  missingInWords,
  notListedInWords,
  notSavedPlanInWords,
  plannedStepInWords,
  railInWords,
  staleInWords,
  unmanagedInWords,
  unreadInWords,
} from '../../../../src/words/accessFile';
import { hostileNames } from '../../../hostileNames';
import { World } from '../plan/world';
import { fileText } from './fileSamples';

const today = '2026-11-21';

type Listed = Readonly<Record<string, unknown>>;

function parsed(text: string) {
  const reading = atOnce(parseAccessFile(text));
  assert.ok('file' in reading, JSON.stringify(reading));
  return reading.file;
}

describe('the plan of an access file', () => {
  let world: World;
  let organization: Organization;
  let a: string;
  let b: string;
  let c: string;
  let first: string;
  let second: string;

  beforeEach(() => {
    world = new World(2, 3);
    organization = world.organization;
    [a = '', b = '', c = ''] = world.projects;
    [first = '', second = ''] = world.checkpoints;
  });
  afterEach(() => world.organization.dispose());

  const textOf = (grants: readonly Listed[], ownership = 'exact', more: Listed = {}): string =>
    fileText({ [first]: { ownership, grants } }, more);

  async function planned(text: string, day = today): Promise<FilePlan> {
    const file = parsed(text);
    world.passTime(1);
    const { checkpoints, projects } = await loadForAccessFile(file, organization, { maxAge: 0 });
    assert.deepEqual([checkpoints.size, projects], [0, undefined]);
    return atOnce(planAccessFile(file, organization, day));
  }

  const short = ({ checked }: FilePlan): string[] =>
    checked.plan.steps.map(({ action, project }) => `${action} ${world.projects.indexOf(project)}`);

  const linesOf = (plan: FilePlan): string[] =>
    stepsWithReasons(plan).map(({ step, reason }) => plannedStepInWords(organization, step, reason));

  it('grants what is listed, with its reason, before it revokes what an exact list lacks', async () => {
    world.grant(first, b);
    const plan = await planned(textOf([{ project: a, reason: 'TICK-1', until: '2027-01-10' }]));
    assert.deepEqual(short(plan), ['grant 0', 'revoke 1']);
    assert.equal(plan.removals, 1);
    const [grant = '', revoke = ''] = linesOf(plan);
    assert.match(grant, /^Grant Project 0 \(proj_\w+\) · TICK-1 · until Jan 10, 2027$/);
    assert.match(revoke, /^Revoke Project 1 \(proj_\w+\), cp_\w+ · not in the file$/);
    assert.equal(plan.checked.plan.basis?.get(first)?.listing?.permissions.length, 1);
  });

  it('never revokes beyond an additive list, and reports it', async () => {
    world.grant(first, b);
    const plan = await planned(textOf([], 'additive'));
    assert.deepEqual(short(plan), []);
    const drift = driftOf(plan);
    assert.deepEqual([drift.differences, drift.strictDifferences], [0, 2]);
    assert.deepEqual(
      drift.beyond.map(({ project }) => project),
      [b],
    );
    const [beyond] = drift.beyond;
    assert.match(beyond ? beyondInWords(organization, beyond) : '', /^Project 1 .* It stays/);
    assert.match(driftSummary(drift, false), /^Access is as the file says\. 2 more/);
    assert.match(driftSummary(drift, true), /differs from the file in 2 places/);
  });

  it('takes an empty exact list for nobody', async () => {
    for (const project of [a, b]) world.grant(first, project);
    assert.deepEqual(short(await planned(textOf([]))).sort(), ['revoke 0', 'revoke 1']);
  });

  it('never touches a checkpoint that is not in the file', async () => {
    world.grant(second, a);
    const plan = await planned(textOf([]));
    assert.deepEqual(short(plan), []);
    assert.deepEqual(plan.unmanaged, [{ checkpoint: second }]);
    await organization.permissions.readAll(second);
    const again = await planned(textOf([]));
    assert.deepEqual(again.unmanaged, [{ checkpoint: second, count: 1 }]);
    const [unmanaged] = again.unmanaged;
    const said = unmanaged ? unmanagedInWords(organization, unmanaged) : '';
    assert.match(said, /isn't in the file\. It has 1/);
    assert.ok(unmanaged && said.includes(`(${unmanaged.checkpoint})`), said);
  });

  it('revokes all permissions of a project', async () => {
    world.grant(first, a);
    world.grant(first, a);
    const count = world.permissions(first).length;
    assert.deepEqual(
      short(await planned(textOf([]))),
      Array.from({ length: count }, () => 'revoke 0'),
    );
  });

  describe('until', () => {
    const grants = () => [{ project: a, reason: 'TICK-1', until: '2026-11-21' }];

    it('is a whole day in UTC', async () => {
      world.grant(first, a);
      assert.deepEqual(short(await planned(textOf(grants()), '2026-11-21')), []);
      assert.deepEqual(short(await planned(textOf(grants()), '2026-11-22')), ['revoke 0']);
    });

    it('ends access of an additive list, too, and does not count as a removal', async () => {
      world.grant(first, a);
      const plan = await planned(textOf(grants(), 'additive', { limits: { removals: 0 } }), '2026-11-22');
      assert.deepEqual(short(plan), ['revoke 0']);
      assert.deepEqual([plan.removals, railsOf(plan)], [0, []]);
      assert.match(linesOf(plan)[0] ?? '', /· ended Nov 21, 2026 · TICK-1$/);
      const [{ step } = { step: undefined }] = driftOf(plan).ended;
      assert.ok(step);
      assert.match(endedInWords(organization, step, '2026-11-21'), /still has access/);
    });

    it('grants nothing after its day, and says that the line can go', async () => {
      const plan = await planned(textOf(grants()), '2026-11-22');
      assert.deepEqual(short(plan), []);
      assert.deepEqual(
        plan.notices.map(({ kind }) => kind),
        ['endedAlready'],
      );
      assert.equal(driftOf(plan).differences, 0);
    });

    it('is announced two weeks before', async () => {
      world.grant(first, a);
      const text = textOf([{ project: a, until: '2026-12-05' }]);
      assert.deepEqual((await planned(text, '2026-11-20')).notices, []);
      const [notice] = (await planned(text, '2026-11-21')).notices;
      assert.ok(notice?.kind === 'endsSoon' && notice.days === 14);
      assert.match(fileNoticeInWords(organization, notice), /ends on Dec 5, 2026, in 14 days\.$/);
      const [last] = (await planned(text, '2026-12-05')).notices;
      assert.ok(last);
      assert.match(fileNoticeInWords(organization, last), /ends today/);
    });
  });

  describe('errors', () => {
    async function errorOf(grants: readonly Listed[]): Promise<string> {
      const plan = await planned(textOf(grants));
      assert.deepEqual(short(plan), []);
      const [error] = plan.errors;
      assert.ok(error && plan.errors.length === 1);
      // A grant that can't be made is still a difference.
      assert.equal(driftOf(plan).differences, 1);
      return fileErrorInWords(organization, error, world.now());
    }

    it('new access needs a reason, and access in effect does not', async () => {
      assert.match(await errorOf([{ project: a }]), /Add a “reason”/);
      world.grant(first, a);
      const plan = await planned(textOf([{ project: a }]));
      assert.deepEqual([plan.errors, short(plan)], [[], []]);
    });

    it('a project that the organization does not have', async () => {
      assert.match(
        await errorOf([{ project: 'proj_gone', name: 'Gone', reason: 'x' }]),
        /no project Gone \(proj_gone\) \(project list loaded just now\)\. Correct the ID/,
      );
    });

    describe('by a list of projects that is older than the file', () => {
      const { signal } = new AbortController();
      const plan = (project: string) =>
        atOnce(planAccessFile(parsed(textOf([{ project, reason: 'x' }])), organization, today));

      beforeEach(async () => {
        await planned(textOf([]));
        world.passTime(1);
        world.requests.length = 0;
      });

      it('are looked up once more: the project may be newer than the list', async () => {
        const created = world.sample.state.addProject('New').id;
        const before = plan(created);
        assert.deepEqual(
          before.errors.map(({ kind }) => kind),
          ['noSuchProject'],
        );
        assert.ok(await reloadProjectsOfErrors(before, organization.projects, world.now(), signal));
        const after = plan(created);
        assert.deepEqual([after.errors, after.checked.plan.steps.length], [[], 1]);
        assert.deepEqual(world.requests, ['GET 200']);
      });

      it('are looked up once more where a project was archived', async () => {
        const { state } = world.sample;
        const project = state.addProject('Reopened', 1, 2);
        await organization.projects.readAgain();
        world.passTime(1);
        world.requests.length = 0;
        state.projects.set(project.id, { ...project, status: 'active' });
        const before = plan(project.id);
        assert.equal(before.errors.length, 1);
        assert.ok(await reloadProjectsOfErrors(before, organization.projects, world.now(), signal));
        assert.deepEqual(plan(project.id).errors, []);
      });

      it('are looked up no more than once, and never for another error', async () => {
        const wrong = plan('proj_gone');
        const { projects } = organization;
        const readAt = world.now();
        assert.ok(await reloadProjectsOfErrors(wrong, projects, readAt, signal));
        assert.equal(await reloadProjectsOfErrors(plan('proj_gone'), projects, readAt, signal), false);
        world.passTime(1);
        const text = textOf([{ project: a }]);
        const other = atOnce(planAccessFile(parsed(text), organization, today));
        assert.equal(other.errors.length, 1);
        assert.equal(await reloadProjectsOfErrors(other, projects, world.now(), signal), false);
        assert.deepEqual(world.requests, ['GET 200']);
      });
    });

    it('the owner, once known, with what the API says', async () => {
      const owner = world.sample.state.checkpoints.get(first)?.owner ?? '';
      await apply(planGrants([first], [owner]), organization.target);
      const words = await errorOf([{ project: owner, reason: 'x' }]);
      assert.ok(words.includes(`“Cannot modify checkpoint permissions for the owning project: ${owner}”`));
    });

    it('an archived project', async () => {
      const archived = world.sample.state.addProject('Old', 1, 2).id;
      assert.match(await errorOf([{ project: archived, reason: 'x' }]), /is archived/);
    });
  });

  it('warns of another name, and rewrites it', async () => {
    world.grant(first, a);
    world.grant(first, b);
    const text = textOf([{ project: a, name: 'Old name' }, { project: b }]);
    const plan = await planned(text);
    const [notice] = plan.notices;
    assert.ok(notice?.kind === 'otherName' && plan.notices.length === 1);
    assert.match(fileNoticeInWords(organization, notice), /“Old name”.*“Project 0”/);
    const edited = withEdits(text, atOnce(nameEdits({ text, file: plan.file }, organization)));
    assert.deepEqual(
      parsed(edited).checkpoints[0]?.grants.map(({ name }) => name),
      ['Project 0', 'Project 1'],
    );
    assert.deepEqual(atOnce(nameEdits({ text: edited, file: parsed(edited) }, organization)), []);
    assert.deepEqual(formatEdits(edited), []);
  });

  it('says which accepted findings count again', async () => {
    const acceptance = { finding: 'unused', checkpoint: first, project: a, reason: 'x', until: '2026-11-20' };
    const { notices } = await planned(textOf([], 'exact', { accepted: [acceptance] }));
    const [notice] = notices;
    assert.ok(notice?.kind === 'acceptanceEnded');
    assert.match(fileNoticeInWords(organization, notice), /It counts again\.$/);
  });

  describe('what is not loaded', () => {
    it('plans nothing, neither grants nor revokes', async () => {
      world.grant(first, b);
      await organization.projects.read();
      const plan = atOnce(planAccessFile(parsed(textOf([{ project: a, reason: 'x' }])), organization, today));
      assert.deepEqual(short(plan), []);
      const [unread] = plan.unread;
      assert.equal(unread?.checkpoint, first);
      assert.match(
        unread ? unreadInWords(organization, unread, world.now()) : '',
        /Nothing is planned.*not loaded\.$/,
      );
    });

    it('is loaded with as many requests as there are pages', async () => {
      const file = parsed(
        fileText(Object.fromEntries([first, second].map((id) => [id, { ownership: 'exact', grants: [] }]))),
      );
      await loadForAccessFile(file, organization);
      assert.equal(world.requests.length, 3);
      await loadForAccessFile(file, organization);
      assert.equal(world.requests.length, 3, 'what is recent is not loaded again');
    });

    it('is said where it fails, and stops no other list', async () => {
      const unknown = first.replace('Zz9Yy8Xx', 'Zz9Yy8Xy');
      const managed = { ownership: 'exact', grants: [] };
      const file = parsed(fileText({ [unknown]: managed, [first]: managed }));
      const progress: string[] = [];
      const { checkpoints } = await loadForAccessFile(file, organization, {
        onProgress: (done, total) => progress.push(`${done}/${total}`),
      });
      assert.deepEqual([...checkpoints.keys()], [unknown]);
      assert.deepEqual(progress, ['1/3', '2/3', '3/3']);
      const plan = atOnce(planAccessFile(file, organization, today));
      assert.deepEqual(
        plan.unread.map(({ checkpoint, standing }) => [checkpoint, standing.state]),
        [[unknown, 'failed']],
      );
    });

    it('ends with the signal', async () => {
      const signal = AbortSignal.abort(new Error('enough'));
      await assert.rejects(loadForAccessFile(parsed(textOf([])), organization, { signal }), /enough/);
    });
  });

  describe('rails', () => {
    it('refuse another organization', async () => {
      const plan = await planned(textOf([]));
      assert.equal(plan.organization.is, 'unknown');
      assert.deepEqual(railsOf(plan), []);
      const other: FilePlan = { ...plan, organization: { is: 'other', live: 'org-other' } };
      assert.match(railsOf(other).map(railInWords).join(), /“org-acme”.*“org-other”/);
    });

    it('refuse more removals than the file allows, unless exactly so many are allowed for once', async () => {
      for (const project of [a, b]) world.grant(first, project);
      const plan = await planned(textOf([], 'exact', { limits: { removals: 1 } }));
      assert.match(
        railsOf(plan).map(railInWords).join(),
        /revokes 2 permissions, and the file allows at most 1/,
      );
      assert.deepEqual(railsOf(plan, { allowRemovals: 2 }), []);
      const [rail] = railsOf(plan, { allowRemovals: 3 });
      assert.ok(rail?.kind === 'tooManyRemovals' && rail.allowed === 3);
      assert.match(railInWords(rail), /You allowed 3\. The number must be exactly 2\./);
    });
  });

  describe('a saved plan', () => {
    async function saved(text: string) {
      const plan = await planned(text);
      const reading = readSavedPlan(savePlan({ fileText: text, plan }, Date.UTC(2026, 10, 21, 14, 5, 9)));
      assert.ok('saved' in reading, JSON.stringify(reading));
      return { plan, saved: reading.saved };
    }

    it('is read back as it was', async () => {
      world.grant(first, b);
      const text = textOf([{ project: a, reason: 'x' }]);
      const { plan, saved: read } = await saved(text);
      assert.deepEqual(read.steps, plan.checked.plan.steps);
      assert.deepEqual(
        [read.organization, read.day, read.createdAt],
        ['org-acme', today, '2026-11-21T14:05:09Z'],
      );
      assert.equal(whyStale(read, { fileText: text, plan: await planned(text) }), undefined);
    });

    it('is stale after any change of what it was made from', async () => {
      world.grant(first, b);
      const text = textOf([
        { project: a, reason: 'x' },
        { project: c, reason: 'y', until: today },
      ]);
      const { saved: read } = await saved(text);
      const why = async (changed: string, day = today) =>
        whyStale(read, { fileText: changed, plan: await planned(changed, day) });
      assert.equal(await why(text), undefined);
      assert.equal(await why(`${text}\n`), 'file');
      assert.equal(await why(text.replace('org-acme', 'org-b')), 'organization');
      assert.equal(await why(text, '2026-11-22'), 'changes');
      world.revoke(first, b);
      world.grant(first, b);
      assert.equal(await why(text), 'live', 'a new permission of the same project is another one');
      for (const each of ['organization', 'file', 'live', 'changes'] as const)
        assert.match(staleInWords(each), /No change was sent/);
    });

    it('is refused if anything in it is damaged', async () => {
      world.grant(first, b);
      const text = textOf([{ project: a, reason: 'x' }]);
      const whole = savePlan({ fileText: text, plan: await planned(text) }, world.now());
      const problem = (changed: string) => {
        const reading = readSavedPlan(changed);
        return 'problem' in reading ? reading.problem : undefined;
      };
      assert.equal(problem(whole), undefined);
      const damages: readonly (readonly [from: string | RegExp, to: string, problem: string])[] = [
        [/^\{/, '', 'notJSON'],
        ['checkpoint-access-plan', 'other', 'notAPlan'],
        ['"version": 1', '"version": 2', 'version'],
        [/"file": "./, '"file": "x', 'damaged'],
        ['"action": "grant"', '"action": "Grant"', 'damaged'],
        [a, first, 'damaged'],
        [/"permissionId": "\w+"/, '"permissionId": ""', 'damaged'],
        [/"createdAt": \d+/, '"createdAt": "1"', 'damaged'],
        [/"day": ".*"/, '"day": "2026-02-30"', 'damaged'],
      ];
      for (const [from, to, expected] of damages) {
        assert.notEqual(whole.replace(from, to), whole, String(from));
        assert.equal(problem(whole.replace(from, to)), expected, String(from));
      }
      for (const text of ['null', '[]', '""', '{"__proto__":{"format":"checkpoint-access-plan"}}'])
        assert.equal(problem(text), 'notAPlan');
      assert.match(notSavedPlanInWords('damaged'), /Plan again/);
    });
  });

  describe('a draft', () => {
    it('has every complete list, additive, and says what it skipped', async () => {
      world.grant(first, b);
      world.grant(first, a);
      await organization.permissions.readAll(first);
      await organization.projects.read();
      const draft = atOnce(
        draftAccessFile(organization, { organization: 'harbor-labs', comment: draftComment }),
      );
      assert.deepEqual([draft.checkpoints, draft.grants], [1, 2]);
      const [left] = draft.leftOut;
      assert.ok(left?.why === 'notComplete' && left.checkpoint === second);
      assert.match(leftOutInWords(organization, left, world.now()), /^Skipped .*: not loaded\.$/);
      assert.ok(draft.text.startsWith('// Which projects'));
      assert.deepEqual(formatEdits(draft.text), [], 'it is written as the editor formats it');
      const [checkpoint] = parsed(draft.text).checkpoints;
      assert.equal(checkpoint?.ownership, 'additive');
      assert.deepEqual(
        checkpoint?.grants.map(({ name }) => name),
        ['Project 0', 'Project 1'],
      );
    });

    it('shows what hostile names are made of, and skips IDs that no file can have', async () => {
      for (const name of Object.values(hostileNames))
        world.grant(first, world.sample.state.addProject(name).id);
      const state = world.sample.state.checkpoints.get(first);
      assert.ok(state);
      world.sample.state.addPermission(state, 'proj_\u202eevil');
      await organization.permissions.readAll(first);
      await organization.projects.read();
      const draft = atOnce(draftAccessFile(organization, { organization: 'harbor-labs' }));
      assert.doesNotMatch(draft.text, /[^\P{C}\n]/u);
      assert.equal(draft.grants, Object.keys(hostileNames).length);
      assert.deepEqual(
        draft.leftOut.map(({ why }) => why),
        ['id', 'notComplete'],
      );
      const plan = await planned(draft.text);
      assert.deepEqual([short(plan), plan.notices, plan.errors], [[], [], []]);
      assert.equal(plan.beyond.length, 1);
    });
  });

  describe('accepting drift', () => {
    it('adds what is live and removes what is gone, and keeps comments and order', async () => {
      for (const project of [b, c]) world.grant(first, project);
      const text = `// Top
{
  "version": 1,
  "organization": "org-acme",
  "checkpoints": {
    // Support
    "${first}": {
      "ownership": "exact",
      "grants": [
        // The first
        { "project": "${a}", "reason": "gone" }, // of a
        // The second
        { "project": "${b}" } // of b
      ]
    }
  }
}
`;
      const plan = await planned(text);
      const [missing] = driftOf(plan).missing;
      const [notListed] = driftOf(plan).notListed;
      assert.ok(missing && notListed);
      assert.match(missingInWords(organization, missing.checkpoint, missing.grant), /doesn't have access/);
      assert.match(notListedInWords(organization, notListed.step), /the file doesn't grant it/);
      const accepted = atOnce(
        acceptDrift({ text, file: plan.file }, plan, organization, { reason: acceptedReason(today) }),
      );
      assert.deepEqual([accepted.added, accepted.removed, accepted.notTaken], [1, 1, []]);
      assert.equal(
        withEdits(text, accepted.edits),
        `// Top
{
  "version": 1,
  "organization": "org-acme",
  "checkpoints": {
    // Support
    "${first}": {
      "ownership": "exact",
      "grants": [
        // The first
        // The second
        { "project": "${b}" }, // of b
        {
          "project": "${c}",
          "name": "Project 2",
          "reason": "Accepted on 2026-11-21. Replace this with the reason."
        }
      ]
    }
  }
}
`,
      );
    });

    it('takes only what is selected, and checkpoints that the file does not manage on request', async () => {
      for (const project of [a, b]) world.grant(first, project);
      world.grant(second, c);
      await organization.permissions.readAll(second);
      const text = textOf([], 'additive');
      const plan = await planned(text);
      const { edits, checkpoints } = atOnce(
        acceptDrift({ text, file: plan.file }, plan, organization, {
          reason: 'x',
          select: (_, project) => project === b,
          add: [second],
        }),
      );
      const edited = withEdits(text, edits);
      assert.equal(checkpoints, 1);
      assert.deepEqual(formatEdits(edited), []);
      const again = await planned(edited);
      assert.deepEqual(
        again.file.checkpoints.map(({ id, grants }) => [id, grants.map(({ project }) => project)]),
        [
          [first, [b]],
          [second, [c]],
        ],
      );
      assert.deepEqual(again.unmanaged, []);
    });
  });

  it('has a line for each grant of the file', () => {
    const now = Date.UTC(2026, 10, 21);
    const lens = (facts: Partial<Parameters<typeof grantLens>[0]>) =>
      grantLens({ is: 'live', isOver: false, ...facts }, now);
    assert.equal(
      lens({ by: 'ines@example.com', at: now - 3 * 86_400_000, until: '2027-01-10' }),
      'Granted by ines@example.com 3 days ago · until Jan 10, 2027',
    );
    assert.equal(lens({}), 'Granted');
    assert.equal(lens({ is: 'notLive' }), 'Not granted yet');
    assert.equal(
      lens({ is: 'notLive', isOver: true, until: '2026-01-10' }),
      'Not granted · ended Jan 10, 2026',
    );
    assert.equal(lens({ is: 'unknown' }), "Access isn't loaded");
  });
});

describe('a grant to a batch with the owner', () => {
  it('is sent again without it, if that is wanted, and each change has its outcome', async () => {
    const world = new World(1, 2);
    const { organization } = world;
    const [checkpoint = ''] = world.checkpoints;
    const owner = world.sample.state.checkpoints.get(checkpoint)?.owner ?? '';
    const [a = '', b = ''] = world.projects;
    const plan = planGrants([checkpoint], [a, owner, b]);
    const sendings: number[] = [];
    const recorder = {
      sending: async (steps: readonly unknown[]) => {
        sendings.push(steps.length);
      },
      answered: async () => undefined,
      judged: async () => undefined,
    };
    const outcomes = await apply(plan, organization.target, { recorder, sendRest: true });
    assert.deepEqual(
      outcomes.map(({ result }) => result),
      ['done', 'failed', 'done'],
    );
    assert.deepEqual(sendings, [3, 2]);
    assert.deepEqual(world.access[checkpoint], [a, b].sort());
    assert.equal(organization.owners.projectOf(checkpoint), owner);
    organization.dispose();
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { draftAccessFile } from '../../../../src/access/accessFile/draftAccessFile';
import { driftOf } from '../../../../src/access/accessFile/drift';
import { acceptDrift } from '../../../../src/access/accessFile/editAccessFile';
import { formatEdits, withEdits } from '../../../../src/access/accessFile/jsonText';
import { listEdits } from '../../../../src/access/accessFile/listEdits';
import { loadForAccessFile } from '../../../../src/access/accessFile/loadForAccessFile';
import { parseAccessFile } from '../../../../src/access/accessFile/parseAccessFile';
import { planAccessFile } from '../../../../src/access/accessFile/planAccessFile';
import type { PermissionsAPI } from '../../../../src/access/api';
import { Catalog } from '../../../../src/access/catalog/catalog';
import { PermissionStore } from '../../../../src/access/loading/permissionStore';
import type { Organization } from '../../../../src/access/organization';
import { apply } from '../../../../src/access/plan/apply';
import { atOnce } from '../../../../src/access/slices';
import { assertLinear } from '../../../growth/measure';
import { hostileNames } from '../../../hostileNames';
import { World } from '../plan/world';
import { keptInMemory } from '../support';
import { fileText, model } from './fileSamples';

const today = '2026-11-21';

function parsed(text: string) {
  const reading = atOnce(parseAccessFile(text));
  assert.ok('file' in reading, `${JSON.stringify(reading)}\n${text.slice(0, 5000)}`);
  return reading.file;
}

/** An organization with three checkpoints and projects with names of any kind, and which of them have access to which. */
const organizations = fc.record({
  names: fc.array(
    fc.oneof(
      fc.constantFrom(...Object.values(hostileNames)),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    ),
    { minLength: 4, maxLength: 4 },
  ),
  access: fc.array(fc.tuple(fc.nat(2), fc.nat(3)), { maxLength: 10 }),
});

function worldOf({ names, access }: { names: string[]; access: [number, number][] }) {
  const world = new World(3, 0);
  const projects = names.map((name) => world.sample.state.addProject(name).id);
  for (const [checkpoint, project] of access)
    world.grant(world.checkpoints[checkpoint] ?? '', projects[project] ?? '');
  return { world, projects };
}

/** What a file says of one checkpoint. `project`: 4 is the owner. */
const managed = fc.record({
  ownership: fc.constantFrom('exact', 'additive'),
  grants: fc.uniqueArray(
    fc.record({
      project: fc.nat(4),
      until: fc.constantFrom(undefined, '2026-11-20', '2026-11-21', '2027-01-10'),
    }),
    { selector: ({ project }) => project, maxLength: 5 },
  ),
});

async function planOf(text: string, organization: Organization) {
  const file = parsed(text);
  const notLoaded = await loadForAccessFile(file, organization);
  assert.deepEqual([notLoaded.checkpoints.size, notLoaded.projects], [0, undefined]);
  return atOnce(planAccessFile(file, organization, today));
}

describe('properties of the access file', () => {
  it('a draft of any organization plans nothing, and is formatted', async () => {
    await fc.assert(
      fc.asyncProperty(organizations, async (some) => {
        const { world, projects } = worldOf(some);
        const { organization } = world;
        for (const id of world.checkpoints) await organization.permissions.readAll(id);
        await organization.projects.read();
        const { text, leftOut } = atOnce(draftAccessFile(organization, { organization: 'harbor-labs' }));
        assert.deepEqual(leftOut, []);
        assert.deepEqual(formatEdits(text), []);
        const plan = await planOf(text, organization);
        assert.deepEqual([plan.errors, plan.notices, driftOf(plan).strictDifferences], [[], [], 0]);
        assert.equal(plan.file.checkpoints.length, 3);
        const listed = plan.file.checkpoints.map(({ grants }) => grants.map(({ project }) => project).sort());
        assert.deepEqual(
          listed,
          [0, 1, 2].map((at) =>
            [
              ...new Set(some.access.filter(([one]) => one === at).map(([, project]) => projects[project])),
            ].sort(),
          ),
        );
        organization.dispose();
      }),
      { numRuns: 60 },
    );
  });

  it('applying any file leaves no drift, and touches nothing else', async () => {
    let [owners, batches] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        organizations,
        fc.array(fc.option(managed), { minLength: 3, maxLength: 3 }),
        async (some, wanted) => {
          const { world, projects } = worldOf(some);
          const ownerOf = (id: string) => world.sample.state.checkpoints.get(id)?.owner ?? '';
          const expected: Record<string, string[]> = {};
          const file: Record<string, unknown> = {};
          const ownerListed = new Set<string>();
          for (const [index, id] of world.checkpoints.entries()) {
            const before = world.access[id] ?? [];
            const wish = wanted[index];
            expected[id] = before;
            if (!wish) continue;
            const grants = wish.grants.map(({ project, ...grant }) => {
              const isOwner = project === 4;
              return { project: isOwner ? ownerOf(id) : projects[project], reason: 'TICK-1', ...grant };
            });
            file[id] = { ...wish, grants };
            const current = grants.filter(({ until }) => until === undefined || until >= today);
            if (current.some(({ project }) => project === ownerOf(id))) ownerListed.add(id);
            const over = new Set(
              grants.filter((each) => !current.includes(each)).map(({ project }) => project),
            );
            const kept = wish.ownership === 'exact' ? [] : before.filter((project) => !over.has(project));
            const listed = current.flatMap(({ project = '' }) => (project === ownerOf(id) ? [] : [project]));
            expected[id] = [...new Set([...kept, ...listed])].sort();
            if (ownerListed.has(id) && current.length > 1) batches += 1;
          }
          owners += ownerListed.size;
          const text = fileText(file);
          const plan = await planOf(text, world.organization);
          assert.deepEqual(plan.errors, []);
          const outcomes = await apply(plan.checked.plan, world.organization.target, { sendRest: true });
          for (const { step, result } of outcomes) {
            const isOwner = step.project === ownerOf(step.checkpoint);
            assert.equal(result, isOwner ? 'failed' : 'done');
          }
          assert.deepEqual(world.access, expected);
          const again = world.open();
          const drift = driftOf(await planOf(text, again));
          assert.deepEqual(drift.missing.map(({ checkpoint }) => checkpoint).sort(), [...ownerListed].sort());
          assert.equal(drift.differences, ownerListed.size);
          again.dispose();
          world.organization.dispose();
        },
      ),
      { numRuns: 80 },
    );
    assert.ok(owners > 0 && batches > 0);
  });

  it('accepting the drift of any file leaves none, and revokes only what has ended', async () => {
    await fc.assert(
      fc.asyncProperty(organizations, managed, fc.boolean(), async (some, wish, isCRLF) => {
        const { world, projects } = worldOf(some);
        const [id = ''] = world.checkpoints;
        const grants = wish.grants
          .filter(({ project }) => project < 4)
          .map(({ project, ...grant }) => ({ project: projects[project], reason: 'x', ...grant }));
        const lf = fileText({ [id]: { ...wish, grants } });
        const text = isCRLF ? lf.replaceAll('\n', '\r\n') : lf;
        const plan = await planOf(text, world.organization);
        const edited = { text, file: plan.file };
        const { edits } = atOnce(acceptDrift(edited, plan, world.organization, { reason: 'Seen' }));
        const result = withEdits(text, edits);
        assert.deepEqual(formatEdits(result), []);
        const drift = driftOf(await planOf(result, world.organization));
        assert.deepEqual([drift.differences - drift.ended.length, drift.beyond], [0, []]);
        world.organization.dispose();
      }),
      { numRuns: 60 },
    );
  });
});

/** How an item of a list is written: what comes before it, behind it, and where its comma is. */
const item = fc.record({
  isRemoved: fc.boolean(),
  isOnOwnLine: fc.boolean(),
  isInLines: fc.boolean(),
  comment: fc.constantFrom('none', 'before', 'behind', 'both'),
  comma: fc.constantFrom('at once', 'after the comment', 'on the next line'),
});

describe('edits of a list', () => {
  it('keep the order of items, and the comments of those that stay, however they are written', () => {
    fc.assert(
      fc.property(
        fc.array(item, { maxLength: 6 }),
        fc.nat(3),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.constantFrom('', ' ', 'line', '/* inside */'),
        (items, appended, eol, hasTrailingComma, closing) => {
          let list = '[';
          const comments: string[] = [];
          for (const [index, each] of items.entries()) {
            const isLast = index === items.length - 1;
            const comma = isLast && !hasTrailingComma ? '' : ',';
            if (each.comment === 'before' || each.comment === 'both') {
              list += `${eol}    // before ${index}`;
              comments.push(`// before ${index}`);
              list += eol;
            }
            if (each.isOnOwnLine) list += `${eol}    `;
            const space = each.isInLines ? eol : ' ';
            list += `{${space}"project": "proj_${index}"${space}}`;
            const hasBehind = each.comment === 'behind' || each.comment === 'both';
            const behind = hasBehind ? ` // behind ${index}${eol}` : '';
            if (hasBehind && !each.isRemoved) comments.push(`// behind ${index}`);
            if (each.comma === 'at once') list += comma + behind;
            else if (each.comma === 'after the comment') list += behind + comma;
            else list += behind + eol + comma;
          }
          list += closing === 'line' ? `${eol}  ]` : `${closing}]`;
          if (closing.startsWith('/*')) comments.push(closing);
          const text = `{ "version": 1, "organization": "org-a",${eol}  "checkpoints": { "${model}": { "ownership": "exact", "grants": ${list} } } }`;
          const [checkpoint] = parsed(text).checkpoints;
          assert.ok(checkpoint);
          const removed = new Set(items.flatMap(({ isRemoved }, index) => (isRemoved ? [index] : [])));
          const writers = Array.from(
            { length: appended },
            (_, index) => () => `{"project": "proj_new_${index}"}`,
          );
          const places = {
            list: checkpoint.places.grants,
            items: checkpoint.grants.map(({ places: { grant } }) => grant),
          };
          const edited = withEdits(text, listEdits(text, places, removed, writers));
          const reading = atOnce(parseAccessFile(edited));
          assert.ok('file' in reading, `${text}\n\n${edited}`);
          assert.deepEqual(
            reading.file.checkpoints[0]?.grants.map(({ project }) => project),
            [
              ...items.flatMap((_, index) => (removed.has(index) ? [] : [`proj_${index}`])),
              ...writers.map((_, index) => `proj_new_${index}`),
            ],
            `${text}\n\n${edited}`,
          );
          for (const comment of comments)
            assert.ok(edited.includes(comment), `${comment}\n${text}\n\n${edited}`);
          if (!hasTrailingComma) assert.doesNotMatch(edited.replace(/\/\/.*|\/\*.*?\*\//g, ''), /,\s*\]/);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('the time for an access file', () => {
  const grantsOf = (size: number) =>
    Array.from({ length: size }, (_, index) => ({ project: `proj_${index}`, reason: 'x' }));

  /** A file has a limit, so that what takes little time is done more often. */
  function tenTimes(work: () => unknown): void {
    for (let times = 0; times < 10; times += 1) work();
  }

  async function loaded(permissions: number) {
    const world = new World(1, 0);
    const [id = ''] = world.checkpoints;
    const data = Array.from({ length: permissions }, (_, index) => ({
      id: `cp_${index}`,
      object: 'checkpoint.permission' as const,
      created_at: 1_700_000_000 - index,
      project_id: `proj_live_${index}`,
    }));
    const list = async () => ({ data, has_more: false });
    const store = new PermissionStore({ list } as unknown as PermissionsAPI, world.now);
    Object.assign(world.organization, { permissions: store });
    await store.readAll(id);
    await world.organization.projects.read();
    return { world, id };
  }

  it('Truth 16: to plan and accept drift grows in proportion to its access', async () => {
    const prepared = new Map<number, () => unknown>();
    await assertLinear(async (size) => {
      const known = prepared.get(size);
      if (known) return known;
      const { world, id } = await loaded(size);
      const { organization } = world;
      const text = fileText({ [id]: { ownership: 'exact', grants: grantsOf(size) } });
      const file = parsed(text);
      const work = () =>
        tenTimes(() => {
          const plan = atOnce(planAccessFile(file, organization, today));
          const { edits } = atOnce(acceptDrift({ text, file }, plan, organization, { reason: 'x' }));
          withEdits(text, edits);
        });
      prepared.set(size, work);
      return work;
    }, 100);
  });

  it('Truth 16: to plan and draft grows in proportion to its checkpoints', async () => {
    await assertLinear(async (size) => {
      const ids = Array.from({ length: size }, (_, step) => `${model}:ckpt-step-${step + 1}`);
      const world = new World(0, 0);
      const organization: Organization = Object.assign(world.organization, {
        catalog: new Catalog(keptInMemory(ids)),
      });
      const file = parsed(
        fileText(Object.fromEntries(ids.map((id) => [id, { ownership: 'exact', grants: grantsOf(3) }]))),
      );
      return () =>
        tenTimes(() => {
          atOnce(draftAccessFile(organization, { organization: 'org-a' }));
          atOnce(planAccessFile(file, organization, today));
        });
    }, 200);
  });
});

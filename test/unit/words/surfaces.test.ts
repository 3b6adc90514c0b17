import assert from 'node:assert/strict';
import { toMarkdown } from '../../../src/access/evidence/export/markdown';
import { matrixData } from '../../../src/access/evidence/export/matrixData';
import { reviewOf } from '../../../src/access/evidence/review/review';
import { parseCheckpointId, shortName } from '../../../src/access/ids/checkpointId';
import { scannedIds } from '../../../src/access/ids/scannedIds';
import { accessState } from '../../../src/access/loading/accessState';
import type { Ending, Listing } from '../../../src/access/loading/listing';
import type { Snapshot } from '../../../src/access/loading/snapshot';
import { type Doubt, doubts } from '../../../src/access/loading/standing';
import { Matrix } from '../../../src/access/matrix/matrix';
import type { Organization } from '../../../src/access/organization';
import { atOnce } from '../../../src/access/slices';
import { cellLabel } from '../../../src/pages/access/matrix/labels';
import { MatrixModel } from '../../../src/pages/access/matrix/model';
import { parsePageUpdate } from '../../../src/protocol/matrix';
import { Keys } from '../../../src/views/access/keys';
import { checkpointHeading, rowMessage } from '../../../src/views/access/matrix/headings';
import { addressOf, type DetailsSubject } from '../../../src/views/details/subject';
import { detailsText } from '../../../src/views/details/text';
import { hoverText } from '../../../src/views/hover/text';
import { checkpointRow } from '../../../src/words/checkpoints';
import { matrixTable } from '../../../src/words/exports/matrixTable';
import { grantRow } from '../../../src/words/projects';
import { notReviewedInWords } from '../../../src/words/review';
import { standingInWords } from '../../../src/words/standing';
import { organizationAt } from '../access/support';
import { rendered } from '../views/rendered';

// How far a list can be trusted: every surface shows the same first clause.

const now = Date.UTC(2026, 10, 21, 12);
const checkpoint = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:test-bot:Zz9Yy8Xx';
const project = 'proj_berth';
const permission = {
  id: 'cp_1',
  object: 'checkpoint.permission',
  created_at: now / 1000 - 86_400,
  project_id: project,
} as const;
const error = new Error('broken');

const complete: Listing = {
  permissions: [permission],
  ending: { kind: 'complete' },
  isNewestFirst: true,
  readAt: now,
};

function endsWith(ending: Ending): (snapshot: Snapshot) => Snapshot {
  return ({ listing = complete, ...rest }) => ({ ...rest, listing: { ...listing, ending } });
}

/** The flags of a snapshot that raise each doubt. */
const flags: Readonly<Record<Doubt, (snapshot: Snapshot) => Snapshot>> = {
  beforeYourChange: (snapshot) => ({ ...snapshot, beforeChange: true }),
  refreshFailed: (snapshot) => ({ ...snapshot, failure: { error, during: 'read' } }),
  beforeYourRefresh: (snapshot) => ({ ...snapshot, outdated: true }),
  brokenOff: endsWith({ kind: 'incomplete', reason: 'emptyPage' }),
  moreToLoad: endsWith({ kind: 'more', after: 'cp_1' }),
  old: ({ listing = complete, ...rest }) => ({
    ...rest,
    listing: { ...listing, readAt: now - 3 * 3_600_000 },
  }),
};

/** The first clause for each doubt alone. A new doubt does not compile until it stands here. */
const alone: Readonly<Record<Doubt, string>> = {
  beforeYourChange: 'loaded before your last change',
  refreshFailed: 'the last refresh failed (loaded just now)',
  beforeYourRefresh: 'not refreshed (loaded just now)',
  brokenOff: 'list incomplete: only 1 permission loaded',
  moreToLoad: 'only 1 permission loaded',
  old: 'loaded 3 hours ago',
};

/** The same for each two that can come together. A list that broke off has nothing more to load. */
const pairs: readonly (readonly [Doubt, Doubt, string])[] = [
  ['beforeYourChange', 'refreshFailed', 'loaded before your last change'],
  ['beforeYourChange', 'beforeYourRefresh', 'loaded before your last change'],
  ['beforeYourChange', 'brokenOff', 'loaded before your last change'],
  ['beforeYourChange', 'moreToLoad', 'loaded before your last change'],
  ['beforeYourChange', 'old', 'loaded before your last change'],
  ['refreshFailed', 'beforeYourRefresh', 'the last refresh failed (loaded just now)'],
  ['refreshFailed', 'brokenOff', 'the last refresh failed (loaded just now)'],
  ['refreshFailed', 'moreToLoad', 'the last refresh failed (loaded just now)'],
  ['refreshFailed', 'old', 'the last refresh failed (loaded 3 hours ago)'],
  ['beforeYourRefresh', 'brokenOff', 'not refreshed (loaded just now)'],
  ['beforeYourRefresh', 'moreToLoad', 'not refreshed (loaded just now)'],
  ['beforeYourRefresh', 'old', 'not refreshed (loaded 3 hours ago)'],
  ['brokenOff', 'old', 'list incomplete: only 1 permission loaded'],
  ['moreToLoad', 'old', 'only 1 permission loaded'],
];

/** The states in which nothing is loaded. */
const nothing: readonly (readonly [string, Snapshot])[] = [
  ['not loaded', { reading: false }],
  ["couldn't be loaded", { failure: { error, during: 'read' }, reading: false }],
];

type Surface = 'tree' | 'projects' | 'matrix' | 'details' | 'hover' | 'export' | 'review';

/** The output of each surface for the checkpoint. */
const surfaces: Readonly<Record<Surface, (organization: Organization) => string>> = {
  tree(organization) {
    const standing = organization.standingOf(checkpoint);
    const names = { id: checkpoint, name: 'test-bot', baseModel: 'gpt-4o-mini', step: undefined };
    const facts = { standing, shutdown: undefined, note: '' };
    const row = checkpointRow({ ...names, isUnderModel: false, isSample: false }, facts, now);
    assert.ok(saysTheSame(row.spoken, row.description));
    return row.description;
  },
  projects(organization) {
    const standing = standingInWords(organization.standingOf(checkpoint), now);
    const names = { checkpoint: 'test-bot', checkpointId: checkpoint, permission: 'cp_1', project };
    const facts = { standing, grantedAt: permission.created_at * 1000, shutdown: undefined };
    return grantRow(names, facts, now).description;
  },
  matrix: (organization) => matrixCell(organization),
  details: (organization) => details(organization, { kind: 'checkpoint', organization: 'test', checkpoint }),
  hover(organization) {
    const [id] = scannedIds(checkpoint);
    assert.ok(id);
    return readable(hoverText(id, { kind: 'organization', organization }, now));
  },
  export(organization) {
    const lines = [...toMarkdown(matrixTable(atOnce(matrixData(organization, now))))].join('').split('\n');
    const missing = lines.filter((line) => line.startsWith('- ') && line.includes('test-bot'));
    return readable(missing.join('\n'));
  },
  review(organization) {
    const { notReviewed } = atOnce(reviewOf(organization, { notLoaded: true, requests: 1 }, now));
    const nameOf = (id: string) => shortName(parseCheckpointId(id) ?? assert.fail(id));
    const own = notReviewed.filter(({ about }) => about === 'checkpoint');
    return own.map((gap) => notReviewedInWords(gap, { checkpoint: nameOf, project: String }, now)).join('\n');
  },
};

/** As screen readers have it, with commas in place of dots. */
function saysTheSame(spoken: string, shown: string): boolean {
  return shown.split(' · ').every((part) => part === checkpoint || spoken.includes(part));
}

/** The cell as the page shows it, after its message has come as JSON. */
function matrixCell(organization: Organization, of = project): string {
  const matrix = new Matrix(organization, () => now);
  const [shown] = matrix.checkpoints;
  assert.ok(shown);
  const keys = new Keys();
  const projects = [{ key: keys.keyOf(of), name: 'Berth planning', id: of, archived: false, note: '' }];
  const row = rowMessage(0, matrix.row(checkpoint), keys);
  const sent = {
    type: 'matrix',
    checkpoints: [checkpointHeading(organization, 0, shown)],
    projects,
    rows: [row],
  };
  const message = parsePageUpdate(JSON.parse(JSON.stringify(sent)));
  assert.ok(message);
  const model = new MatrixModel();
  model.apply(message);
  const [ofCheckpoint] = model.checkpoints;
  const [ofProject] = model.projects;
  assert.ok(ofCheckpoint && ofProject);
  return cellLabel(model, ofCheckpoint, ofProject, now);
}

function details(organization: Organization, subject: DetailsSubject): string {
  return readable(
    detailsText(addressOf(subject, 'x').query, { kind: 'organization', organization }, now, () => undefined),
  );
}

function readable(markdown: string): string {
  return rendered(markdown).text.replace(/\u200b/g, '');
}

/** An organization that knows one checkpoint like this, and sends nothing. */
function organizationWith(snapshot: Snapshot): Organization {
  const nowhere = { adminAPIKey: 'sk-admin-none', baseURL: 'http://127.0.0.1:9/v1' };
  const organization = organizationAt(nowhere, [checkpoint], () => now);
  Object.defineProperty(organization.permissions, 'snapshot', { value: () => snapshot });
  return organization;
}

describe('Truth 2: a project without a permission', () => {
  const idle = 'proj_idle';
  const ofIdle: DetailsSubject = { kind: 'project', organization: 'test', project: idle };

  /** What each surface says of the project, by who owns the model. */
  function said(owner: string | undefined): Readonly<Record<string, string>> {
    const organization = organizationWith({ listing: complete, reading: false });
    if (owner !== undefined) {
      const entry = { id: checkpoint, findings: [], owner };
      Object.defineProperty(organization.catalog, 'entry', { value: () => entry });
    }
    const project = {
      id: idle,
      object: 'organization.project',
      created_at: 0,
      name: 'Idle',
      status: 'active',
    };
    Object.defineProperty(organization.projects, 'snapshot', {
      value: { projects: new Map([[idle, project]]), readAt: now, reading: false },
    });
    try {
      const { notReviewed } = atOnce(reviewOf(organization, { notLoaded: true, requests: 1 }, now));
      return {
        matrix: matrixCell(organization, idle),
        details: details(organization, ofIdle),
        checkpoint: surfaces.details(organization),
        hover: surfaces.hover(organization),
        export: [...toMarkdown(matrixTable(atOnce(matrixData(organization, now))))].join(''),
        review: notReviewed
          .map((gap) => notReviewedInWords(gap, { checkpoint: String, project: String }, now))
          .join('\n'),
        state: accessState(organization, checkpoint, idle).known,
      };
    } finally {
      organization.dispose();
    }
  }

  it('may own the model while the owner is unknown, and no surface says that it has no access', () => {
    const {
      matrix,
      details,
      checkpoint: ofCheckpoint,
      hover,
      export: table,
      review,
      state,
    } = said(undefined);
    assert.match(matrix ?? '', /: not granted, but may own the model$/);
    assert.match(details ?? '', /isn't granted access to 1 checkpoint, but may own it/);
    assert.match(ofCheckpoint ?? '', /Owner \| unknown/);
    assert.match(hover ?? '', /owner unknown/);
    assert.match(table ?? '', /\| not granted \|/);
    assert.match(table ?? '', /The owner of 1 checkpoint is unknown/);
    assert.match(review ?? '', /the owner of 1 checkpoint is unknown/);
    assert.equal(state, 'notGranted');
  });

  it('has no access where another project is known to be the owner', () => {
    const { matrix, details, hover, export: table, review, state } = said(project);
    assert.match(matrix ?? '', /: no access$/);
    assert.doesNotMatch(details ?? '', /may own/);
    assert.match(hover ?? '', new RegExp(`owner ${project}`));
    assert.match(table ?? '', /\| not granted \|/);
    for (const each of [table, review]) assert.doesNotMatch(each ?? '', /owner of 1 checkpoint is unknown/);
    assert.equal(state, 'none');
  });

  it('has access where it is the owner itself', () => {
    const { matrix, details, hover, export: table, state } = said(idle);
    assert.match(matrix ?? '', /owns the model/);
    assert.match(details ?? '', /It owns ft:/);
    assert.match(hover ?? '', /owner proj_idle/);
    assert.match(table ?? '', /\| owner \|/);
    assert.equal(state, 'owner');
  });
});

describe('how far a list can be trusted', () => {
  const base: Snapshot = { listing: complete, reading: false };
  const names = Object.keys(surfaces) as Surface[];
  let organization: Organization;
  afterEach(() => organization.dispose());

  function check(clause: string, snapshot: Snapshot, where: readonly Surface[] = names): void {
    organization = organizationWith(snapshot);
    for (const name of where) {
      const shown = surfaces[name](organization);
      assert.ok(shown.includes(clause), `${name}: “${clause}” in\n${shown}`);
    }
  }

  for (const doubt of doubts) {
    const clause = alone[doubt];
    it(`${doubt} is “${clause}” on every surface`, () => {
      const snapshot = flags[doubt](base);
      check(clause, snapshot);
      // Pages of details about something else than the checkpoint say the same.
      const others: readonly DetailsSubject[] = [
        { kind: 'permission', organization: 'test', checkpoint, permission: 'cp_1' },
        { kind: 'permission', organization: 'test', checkpoint, permission: 'cp_gone' },
        { kind: 'project', organization: 'test', project },
        { kind: 'model', organization: 'test', checkpoint },
      ];
      for (const subject of others) {
        const shown = details(organization, subject);
        assert.ok(shown.includes(clause), `${subject.kind}: ${shown}`);
      }
    });
  }

  for (const [first, second, clause] of pairs) {
    it(`${first} before ${second} is “${clause}” on every surface`, () =>
      check(clause, flags[second](flags[first](base))));
  }

  it('has every pair that can come together', () => {
    const all = doubts.flatMap((first, index) =>
      doubts.slice(index + 1).map((second) => `${first} ${second}`),
    );
    const listed = pairs.map(([first, second]) => `${first} ${second}`);
    assert.deepEqual(
      all.filter((pair) => !listed.includes(pair)),
      ['brokenOff moreToLoad'],
    );
  });

  for (const [clause, snapshot] of nothing) {
    it(`is “${clause}” on every surface where nothing is loaded`, () =>
      // Without a list, no project has a row for it.
      check(
        clause,
        snapshot,
        names.filter((name) => name !== 'projects'),
      ));
  }

  it('is in no doubt where all is well', () => {
    organization = organizationWith(base);
    for (const name of names) {
      const shown = surfaces[name](organization);
      for (const doubt of doubts) assert.ok(!shown.includes(alone[doubt]), `${name}: ${shown}`);
    }
    assert.equal(surfaces.review(organization), '');
  });
});

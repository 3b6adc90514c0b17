import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { Catalog } from '../../../../src/access/catalog/catalog';
import { accessState } from '../../../../src/access/loading/accessState';
import { completeLists } from '../../../../src/access/loading/completion';
import { loadProjectAccess } from '../../../../src/access/loading/loadProjectAccess';
import { standingOf } from '../../../../src/access/loading/standing';
import { MatrixLoader } from '../../../../src/access/matrix/loader';
import { Organization } from '../../../../src/access/organization';
import { OpenAIAdmin } from '../../../../src/openai/index';
import { createSampleOrganization } from '../../../../src/sample/index';
import { steadyClock } from '../../../../src/text/steadyClock';
import { type GatewayBehavior, gateways, hash, InProcessEmulator } from '../../../emulator/index';
import { keptInMemory } from '../support';

// A model of reading: whatever happens in whatever order, what is shown as certain was so at some moment since its
// reading began, by the record of the emulator. A list that lags is true as of the moment that it shows; it never goes
// back. No predicate of the product judges, only what a surface would say: complete, its doubts, and its rows.

const runs = Number(process.env.MODEL_RUNS ?? 300);
const seed = Number(process.env.MODEL_SEED ?? Date.now() % 1_000_000_000);

const model = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:model:Zz9Yy8Xx';
const checkpoints = [model, `${model}:ckpt-step-1`] as const;
const projectCount = 5;
const minute = 60_000;
const noon = Date.UTC(2026, 10, 21, 12);
/** The age that {@link oldAfter} promises to say, written out so that the product does not judge itself. */
const sayOldAfter = 15 * minute;

const where = fc.nat(checkpoints.length - 1);
const who = fc.nat(projectCount - 1);
const any = fc.nat(20);
const lag = fc.constantFrom(0, 0.5, 0.8, 1);

const operation = fc.oneof(
  { weight: 20, arbitrary: fc.record({ does: fc.constant('deliver' as const), any, lag }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('process' as const), any, lag }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('lose' as const),
      any,
      how: fc.constantFrom('connection' as const, 'gateway' as const),
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      does: fc.constantFrom(
        'read' as const,
        'readMore' as const,
        'readMore' as const,
        'readAll' as const,
        'readAgain' as const,
        'readCurrent' as const,
        'complete' as const,
      ),
      where,
      isForPerson: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom('readProject' as const, 'loadProject' as const),
      where,
      who,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constantFrom('refresh' as const, 'outdate' as const), where }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('cancel' as const), any }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('switch' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom('showMatrix' as const, 'reloadMatrix' as const, 'stopMatrix' as const),
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      does: fc.constantFrom('grant' as const, 'revoke' as const, 'regrant' as const, 'regrant' as const),
      where,
      who,
      isOurs: fc.constantFrom(false, false, false, true),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('setClock' as const), by: fc.integer({ min: -300, max: 300 }) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('wait' as const), minutes: fc.nat(20) }) },
);
type Operation = typeof operation extends fc.Arbitrary<infer O> ? O : never;

const setting = fc.record({
  pageSize: fc.constantFrom(2, 2, 3, 100),
  /** The number of permissions of each checkpoint. */
  counts: fc.tuple(fc.integer({ min: 4, max: 12 }), fc.nat(6)),
  lag: fc.constantFrom(0, 0, 8, 20),
  isShuffled: fc.constantFrom(false, false, true),
  endsAtLostCursor: fc.boolean(),
  ignoresOrder: fc.constantFrom(false, false, true),
  ignoresProject: fc.constantFrom('no' as const, 'no' as const, 'yes' as const, 'afterPaging' as const),
  times: fc.constantFrom(
    'right' as const,
    'right' as const,
    'right' as const,
    'rough' as const,
    'none' as const,
  ),
  rows: fc.constantFrom('once' as const, 'once' as const, 'twice' as const, 'twins' as const),
});
type Setting = typeof setting extends fc.Arbitrary<infer S> ? S : never;

const roughTime = gateways.changesRows('rough times', (rows) =>
  rows.map((row) => {
    const by = [0, 0, 0, 2, -2, 3600, -7200][hash(row.id) % 7] ?? 0;
    return { ...row, created_at: row.created_at + by };
  }),
);
const noTime = gateways.changesRows('no times', (rows) => rows.map((row) => ({ ...row, created_at: 0 })));

function gatewayOf(given: Setting): GatewayBehavior {
  const {
    ignoresOrder,
    ignoresProject,
    times,
    rows,
    pageSize,
    lag: most,
    isShuffled,
    endsAtLostCursor,
  } = given;
  return {
    pageSize,
    lag: most,
    isShuffled,
    endsAtLostCursor,
    faults: [
      ...(ignoresOrder ? [gateways.ignoresOrder] : []),
      ...(ignoresProject === 'yes' ? [gateways.ignoresProject] : []),
      ...(ignoresProject === 'afterPaging' ? [gateways.filtersPages] : []),
      ...(times === 'rough' ? [roughTime] : []),
      ...(times === 'none' ? [noTime] : []),
      ...(rows === 'twice' ? [gateways.repeatsRow] : []),
      ...(rows === 'twins' ? [gateways.twins] : []),
    ],
  };
}

/** How often what occurred, over all runs. */
const tally = {
  runs: 0,
  operations: 0,
  requests: 0,
  disordered: 0,
  duplicated: 0,
  lagged: 0,
  lost: 0,
  cancelled: 0,
  clockSet: 0,
  switched: 0,
  certain: 0,
  certainOfSeveralPages: 0,
  changedWhileLoading: 0,
  noAccessJudged: 0,
  answersJudged: 0,
};

/** When something began: the moment of the record, and the oldest list that could be seen then. */
interface Beginning {
  readonly moment: number;
  readonly elapsed: number;
  readonly oldest: readonly number[];
}

class Run {
  readonly emulator: InProcessEmulator;
  readonly organization: Organization;
  readonly loader: MatrixLoader;
  readonly projects: readonly string[];
  /** The beginnings, by what the clock of the product said. It says nothing twice. */
  readonly #began = new Map<number, Beginning>();
  /** When what is known became old, by checkpoint. */
  readonly #refreshed = [0, 0];
  readonly #changed = [0, 0];
  readonly #aborts: AbortController[] = [];
  readonly #now: () => number;
  #wall = noon;
  #elapsed = 1000;
  #isPaused = false;
  /** Claims that were found untrue in answers. */
  readonly lies: string[] = [];

  constructor(private readonly setting: Setting) {
    const steady = steadyClock(
      () => this.#wall,
      () => this.#elapsed,
    );
    this.#now = () => {
      this.#elapsed += 1;
      this.#wall += 1;
      const now = steady();
      const { moment } = this.emulator.record;
      const oldest = checkpoints.map((each) => this.emulator.oldest(each));
      if (!this.#began.has(now)) this.#began.set(now, { moment, oldest, elapsed: this.#elapsed });
      return now;
    };
    const sample = createSampleOrganization({ fill: () => undefined, now: () => noon + this.#elapsed });
    const { state } = sample;
    this.projects = Array.from(
      { length: projectCount },
      (_, index) => state.addProject(`Project ${index}`).id,
    );
    for (const [index, id] of checkpoints.entries()) {
      const { counts } = setting;
      const granted = Array.from(
        { length: counts[index] ?? 0 },
        (_, each) => this.projects[each % projectCount] ?? '',
      );
      sample.addCheckpoint(id, { permissions: granted });
    }
    this.emulator = new InProcessEmulator(sample, gatewayOf(setting));
    const { adminAPIKey, baseURL } = sample;
    const client = new OpenAIAdmin({
      adminAPIKey,
      baseURL,
      maxRetries: 0,
      transport: this.emulator.transport,
    });
    this.organization = new Organization({
      id: 'test',
      name: 'Test',
      isSample: false,
      client,
      catalog: new Catalog(keptInMemory(checkpoints)),
      now: this.#now,
    });
    this.loader = new MatrixLoader(this.organization);
    this.loader.setVisibleRows([]);
  }

  async do(operation: Operation): Promise<void> {
    this.emulator.record.note();
    this.#begin(operation);
    await nextTurn();
    this.judge();
  }

  /** Answers all that is asked for, until nothing more is. */
  async end(): Promise<void> {
    if (this.#isPaused) this.organization.resume();
    for (let quiet = 0; quiet < 3; quiet += 1) {
      while (this.emulator.pending.length > 0) {
        quiet = 0;
        this.emulator.deliver(0, 0);
        await nextTurn();
        this.judge();
      }
      await nextTurn();
    }
    this.loader.dispose();
    this.organization.dispose();
    tally.requests += this.emulator.counts.requests;
    tally.lagged += this.emulator.counts.lagged;
    tally.lost += this.emulator.counts.lost;
    const { isShuffled, ignoresOrder, times, rows } = this.setting;
    if (isShuffled || ignoresOrder || times !== 'right') tally.disordered += this.emulator.counts.requests;
    if (rows !== 'once') tally.duplicated += this.emulator.counts.requests;
  }

  #begin(operation: Operation): void {
    const { permissions } = this.organization;
    const { pending } = this.emulator;
    switch (operation.does) {
      case 'deliver':
        this.emulator.deliver(operation.any % Math.max(1, pending.length), operation.lag);
        break;
      case 'process':
        this.emulator.process(operation.any % Math.max(1, pending.length), operation.lag);
        break;
      case 'lose':
        this.emulator.lose(operation.any % Math.max(1, pending.length), operation.how);
        break;
      case 'readProject':
      case 'loadProject':
        this.#ask(operation);
        break;
      case 'refresh':
        this.#refreshed[operation.where] = this.emulator.record.moment;
        this.#await(permissions.refresh(this.#at(operation.where), 'person', this.#signal()));
        break;
      case 'outdate':
        this.#refreshed[operation.where] = this.emulator.record.moment;
        permissions.outdate(this.#at(operation.where));
        break;
      case 'cancel': {
        const abort = this.#aborts[operation.any % Math.max(1, this.#aborts.length)];
        if (abort && !abort.signal.aborted) tally.cancelled += 1;
        abort?.abort();
        break;
      }
      case 'switch':
        tally.switched += 1;
        this.#isPaused = !this.#isPaused;
        if (this.#isPaused) this.organization.pause();
        else this.organization.resume();
        break;
      case 'showMatrix':
        this.loader.show();
        break;
      case 'reloadMatrix':
        for (const index of checkpoints.keys()) this.#refreshed[index] = this.emulator.record.moment;
        this.loader.reload();
        break;
      case 'stopMatrix':
        this.loader.stop();
        break;
      case 'grant':
      case 'revoke':
      case 'regrant':
        this.#change(operation);
        break;
      case 'setClock':
        tally.clockSet += 1;
        this.#wall += operation.by * minute;
        break;
      case 'wait':
        this.#wall += operation.minutes * minute;
        this.#elapsed += operation.minutes * minute;
        break;
      default:
        this.#read(operation);
    }
  }

  #read({ does, where: index, isForPerson }: Extract<Operation, { isForPerson: boolean }>): void {
    const { permissions } = this.organization;
    const id = this.#at(index);
    const priority = isForPerson ? 'person' : 'background';
    const signal = this.#signal();
    if (does === 'complete') {
      this.#await(completeLists(permissions, [id], signal, () => undefined));
      return;
    }
    if (does !== 'readCurrent') {
      const read =
        does === 'readAgain'
          ? permissions.readAgain(id, 4, priority, signal)
          : permissions[does](id, priority, signal);
      this.#await(read);
      return;
    }
    const since = Math.max(this.#changed[index] ?? 0, this.#refreshed[index] ?? 0);
    const askedAt = this.#elapsed;
    this.#await(
      permissions.readCurrent(id, minute, signal).then(({ readAt }) => {
        const began = this.#beginning(readAt);
        if (began.moment < since) this.lies.push('what decides is from before a change or a refresh');
        if (began.elapsed < askedAt - minute) this.lies.push('what decides is old');
      }),
    );
  }

  #ask({
    does,
    where: index,
    who: asked,
  }: Extract<Operation, { does: 'readProject' | 'loadProject' }>): void {
    const { permissions } = this.organization;
    const [id, project] = [this.#at(index), this.projects[asked] ?? ''];
    if (does === 'loadProject') {
      this.#await(loadProjectAccess(permissions, project, [id], this.#signal(), () => undefined));
      return;
    }
    const since = this.#changed[index] ?? 0;
    this.#await(
      permissions.readOfProject(id, project, this.#signal()).then(({ permissions: found, at }) => {
        tally.answersJudged += 1;
        const began = this.#beginning(at);
        if (began.moment < since) this.lies.push('an answer about one project is from before a change');
        this.#claim(index, project, found.length > 0, began, 'an answer about one project');
      }),
    );
  }

  #change({ does, where: index, who: changed, isOurs }: Extract<Operation, { isOurs: boolean }>): void {
    const { state } = this.emulator.organization;
    const checkpoint = state.checkpoints.get(this.#at(index));
    const project = this.projects[changed] ?? '';
    if (!checkpoint) return;
    const before = checkpoint.permissions.ofProject(project);
    // First the new one, so that a project that is regranted has access all the time.
    if (does === 'grant' ? before.length === 0 : does === 'regrant' && before.length > 0) {
      state.addPermission(checkpoint, project);
    }
    this.emulator.record.note();
    if (does !== 'grant') for (const { id } of before) state.removePermission(checkpoint, id);
    this.emulator.record.note();
    if (!isOurs) return;
    this.#changed[index] = this.emulator.record.moment;
    this.organization.permissions.changed(this.#at(index));
  }

  /** Everything that is shown, against the record. */
  judge(): void {
    const { permissions } = this.organization;
    const elapsed = this.#elapsed;
    const now = this.#now();
    for (const [index, id] of checkpoints.entries()) {
      const { listing } = permissions.snapshot(id);
      const standing = standingOf(permissions.snapshot(id), now);
      if (listing) {
        const began = this.#beginning(listing.readAt);
        const isOld = standing.doubts.includes('old');
        assert.ok(isOld || elapsed - began.elapsed < sayOldAfter, 'an old list does not say so');
        assert.ok(listing.readAt <= now, 'a list is from the future');
        if (standing.isComplete && standing.doubts.every((doubt) => doubt === 'old')) {
          this.#judgeCertain(index, listing.permissions, began);
        }
        if (standing.brokenOff === 'changedWhileLoading') tally.changedWhileLoading += 1;
      }
      for (const project of this.projects) {
        const state = accessState(this.organization, id, project);
        if (state.known === 'unknown' || state.known === 'owner') continue;
        const began = this.#beginning(state.at);
        this.#isAfter(index, began, 'the access of a project');
        this.#claim(index, project, state.known === 'granted', began, 'the access of a project');
      }
    }
    assert.deepEqual(this.lies, []);
  }

  #judgeCertain(index: number, rows: readonly { readonly project_id: string }[], began: Beginning): void {
    tally.certain += 1;
    if (rows.length > this.setting.pageSize) tally.certainOfSeveralPages += 1;
    this.#isAfter(index, began, 'a certain list');
    for (const project of this.projects) {
      const has = rows.some(({ project_id }) => project_id === project);
      this.#claim(index, project, has, began, 'a certain list');
    }
  }

  #isAfter(index: number, { moment }: Beginning, what: string): void {
    const since = Math.max(this.#changed[index] ?? 0, this.#refreshed[index] ?? 0);
    if (moment < since) this.lies.push(`${what} is from before a change or a refresh, and does not say so`);
  }

  /** What is said of a project was so at some moment since the reading began. */
  #claim(index: number, project: string, has: boolean, { oldest }: Beginning, what: string): void {
    if (!has) tally.noAccessJudged += 1;
    const { record } = this.emulator;
    const { had, hadNot } = record.access(this.#at(index), project, oldest[index] ?? 0, record.moment);
    if (has ? !had : !hadNot)
      this.lies.push(`${what} says ${has ? 'access' : 'no access'}, which never was so`);
  }

  #beginning(readAt: number): Beginning {
    const began = this.#began.get(readAt);
    assert.ok(began, 'a time that the clock never said');
    return began;
  }

  #at(index: number): string {
    return checkpoints[index] ?? model;
  }

  #signal(): AbortSignal {
    const abort = new AbortController();
    this.#aborts.push(abort);
    return abort.signal;
  }

  #await(read: Promise<unknown>): void {
    read.catch(() => undefined);
  }
}

describe('Truth 1–7: whatever happens while lists are read', () => {
  it(`nothing is shown that never was so, and nothing old or partial is unmarked (${runs} runs)`, async function () {
    this.timeout(runs * 50 + 20_000);
    await fc.assert(
      fc.asyncProperty(
        setting,
        fc.array(operation, { minLength: 10, maxLength: 40, size: 'max' }),
        async (given, operations) => {
          tally.runs += 1;
          tally.operations += operations.length;
          const run = new Run(given);
          for (const each of operations) await run.do(each);
          await run.end();
        },
      ),
      { numRuns: runs, seed },
    );
    console.log(`Reading, seed ${seed}: ${JSON.stringify(tally)}`);
    for (const [what, count] of Object.entries(tally)) assert.ok(count > 0, `${what} never occurred`);
  });
});

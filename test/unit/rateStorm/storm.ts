import { Catalog } from '../../../src/access/catalog/catalog';
import { Organization } from '../../../src/access/organization';
import { OpenAIAdmin, type RequestReport, type Waiting } from '../../../src/openai';
import { type Emulator, ManualClock, type RateLimiter, startEmulator } from '../../emulator';
import { keptInMemory, newProjects } from '../access/support';

/** Ten steps of one model, each shared with ten projects. */
const checkpoints = Array.from(
  { length: 10 },
  (_, index) => `ft:gpt-4o-mini-2024-07-18:harbor-labs:storm:Zz9Yy8Xx:ckpt-step-${index + 1}`,
);
const sharedWith = 10;

/** An organization behind a rate limit. Client and server share a clock. */
export interface Storm {
  readonly clock: ManualClock;
  readonly emulator: Emulator;
  readonly organization: Organization;
  readonly checkpoints: readonly string[];
  /** Three projects without access. */
  readonly projects: readonly string[];
  readonly reports: readonly RequestReport[];
  readonly waits: readonly Waiting[];
  /** Awaits work, and advances the clock whenever only time can continue it. */
  passTimeUntil<T>(work: Promise<T>): Promise<T>;
  end(): Promise<void>;
}

/** @param limiter Created for the clock of the storm. In force from the first request. */
export async function startStorm(limiter: (clock: ManualClock) => RateLimiter): Promise<Storm> {
  const clock = new ManualClock();
  const emulator = await startEmulator({ clock, limiter: limiter(clock) });
  for (const id of checkpoints) emulator.organization.addCheckpoint(id, { permissions: sharedWith });
  const projects = newProjects(emulator, 3);
  const reports: RequestReport[] = [];
  const waits: Waiting[] = [];
  // As in the extension, except for the clock. Default time limits and retries apply.
  const client = new OpenAIAdmin({
    adminAPIKey: emulator.adminAPIKey,
    baseURL: emulator.baseURL,
    clock: { now: clock.now, sleep: clock.delay, random: () => 0.5 },
    onRequest: (report) => reports.push(report),
    onWait: (waiting) => waits.push(waiting),
  });
  const catalog = new Catalog(keptInMemory(checkpoints));
  const organization = new Organization({
    id: 'storm',
    name: 'Storm',
    isSample: false,
    client,
    catalog,
    now: clock.now,
  });
  return {
    clock,
    emulator,
    organization,
    checkpoints,
    projects,
    reports,
    waits,
    passTimeUntil: (work) => passTimeUntil(work, clock, emulator),
    async end() {
      organization.dispose();
      await emulator.stop();
      await client.close();
    },
  };
}

/** Awaits work, and advances the clock whenever only time can continue it. */
export async function passTimeUntil<T>(work: Promise<T>, clock: ManualClock, emulator: Emulator): Promise<T> {
  let isOver = false;
  const ended = work.then(
    () => {
      isOver = true;
    },
    () => {
      isOver = true;
    },
  );
  while (!isOver) {
    await Promise.race([ended, clock.slept()]);
    await emulator.idle();
    if (!isOver) clock.advanceToNext();
  }
  return work;
}

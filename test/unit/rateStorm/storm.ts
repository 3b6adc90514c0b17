import { Catalog } from '../../../src/access/catalog/catalog';
import { Organization } from '../../../src/access/organization';
import { OpenAIAdmin, type RequestReport, type Waiting } from '../../../src/openai';
import { type Emulator, ManualClock, type RateLimiter, startEmulator } from '../../emulator';
import { keptInMemory, newProjects } from '../access/support';

/** Ten checkpoints that ten projects each may use, all of them steps of one model. */
const checkpoints = Array.from(
  { length: 10 },
  (_, index) => `ft:gpt-4o-mini-2024-07-18:harbor-labs:storm:Zz9Yy8Xx:ckpt-step-${index + 1}`,
);
const sharedWith = 10;

/** An organization behind a rate limit, and the client's and the server's common time. */
export interface Storm {
  readonly clock: ManualClock;
  readonly emulator: Emulator;
  readonly organization: Organization;
  readonly checkpoints: readonly string[];
  /** Three projects that no checkpoint is shared with yet. */
  readonly projects: readonly string[];
  readonly reports: readonly RequestReport[];
  readonly waits: readonly Waiting[];
  /** Waits for work, and lets time pass whenever nothing but time can bring it on. */
  passTimeUntil<T>(work: Promise<T>): Promise<T>;
  end(): Promise<void>;
}

/** @param limiter made for the clock of the storm; it is in force from the first request on */
export async function startStorm(limiter: (clock: ManualClock) => RateLimiter): Promise<Storm> {
  const clock = new ManualClock();
  const emulator = await startEmulator({ clock, limiter: limiter(clock) });
  for (const id of checkpoints) emulator.organization.addCheckpoint(id, { permissions: sharedWith });
  const projects = newProjects(emulator, 3);
  const reports: RequestReport[] = [];
  const waits: Waiting[] = [];
  // As the extension makes it, but for the clock: its own time limits and retries count.
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

async function passTimeUntil<T>(work: Promise<T>, clock: ManualClock, emulator: Emulator): Promise<T> {
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

import assert from 'node:assert/strict';
import type { ClientOptions, OpenAIAdmin, OpenAIError } from '../../../../src/openai';
import { clientOf, type TestClient, testCheckpoint } from './client';
import { deleted, list } from './replies';
import { type Reply, type ScriptedServer, serve } from './server';

export type Operation = 'list' | 'create' | 'delete';

/** How an operation is expected to end while a fault lasts. */
export interface Ending {
  /** The error's class, or `done` if the operation outlasts the fault. */
  readonly name: string;
  /** The explanation for users. */
  readonly message?: RegExp;
  /** Other fields of the error, such as `kind` or `reason`. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** How many requests the server counted. */
  readonly sent: number;
  /** Whether a change may have taken effect. Default: false. */
  readonly uncertain?: boolean;
}

export interface Fault {
  readonly what: string;
  /** The replies one after the other; the last one stays until the fault is over. */
  readonly replies: readonly Reply[];
  /** How each operation ends; `all` stands for those that are not named. */
  readonly endings: Partial<Record<Operation | 'all', Ending>>;
  readonly options?: () => Partial<ClientOptions>;
  /** The time of each attempt is up once its request has arrived. */
  readonly neverEnds?: boolean;
}

/** One of the three things that the client does with permissions, always the same way. */
export function perform(
  client: OpenAIAdmin,
  operation: Operation,
  options: { signal?: AbortSignal; onWait?: () => void } = {},
): PromiseLike<unknown> {
  const { permissions } = client.fineTuning.checkpoints;
  if (operation === 'list') return permissions.list(testCheckpoint, { limit: 100 }, options);
  if (operation === 'create') return permissions.create(testCheckpoint, { project_ids: ['proj_a'] }, options);
  return permissions.delete('cp_1', { fine_tuned_model_checkpoint: testCheckpoint }, options);
}

export const healthy: Reply = (response, seen) =>
  (seen.method === 'DELETE' ? deleted('cp_1') : list(['cp_1']))(response, seen);

/** Performs an operation and checks that it ended as expected, with as many requests as expected. */
export async function check(
  operation: Operation,
  ending: Ending,
  { client }: TestClient,
  server: Pick<ScriptedServer, 'seen'>,
): Promise<void> {
  const error = await perform(client, operation).then(
    () => undefined,
    (reason: OpenAIError) => reason,
  );
  assert.equal(error?.name ?? 'done', ending.name, error?.stack);
  if (error) {
    if (ending.message) assert.match(error.message, ending.message);
    for (const [field, value] of Object.entries(ending.fields ?? {}))
      assert.deepEqual((error as unknown as Record<string, unknown>)[field], value, field);
    assert.equal(error.uncertain, ending.uncertain ?? false, 'uncertain');
  }
  assert.equal(server.seen.length, ending.sent, 'requests at the server');
}

/** Checks that nothing is wrong afterwards: the same client does all three operations, each with one request. */
export async function checkAfterwards(
  { client, clock }: TestClient,
  server: Pick<ScriptedServer, 'seen'>,
): Promise<void> {
  const before = server.seen.length;
  await clock.sleep(24 * 3_600_000);
  for (const operation of ['list', 'create', 'delete'] as const) await perform(client, operation);
  assert.deepEqual(
    server.seen.slice(before).map(({ method }) => method),
    ['GET', 'POST', 'DELETE'],
  );
}

/** One test for each operation that a fault names. */
export function testFault({ what, replies, endings, options, neverEnds }: Fault): void {
  const { all, ...named } = endings;
  const operations: Operation[] = all ? ['list', 'create', 'delete'] : (Object.keys(named) as Operation[]);
  for (const operation of operations) {
    const ending = named[operation] ?? all;
    if (!ending) continue;
    const end = ending.name === 'done' ? 'is outlasted' : `is ${ending.name}`;
    const uncertain = ending.uncertain ? ', uncertain' : '';
    it(`${what}: ${operation} ${end}${uncertain}, ${ending.sent} sent`, async () => {
      let isOver = false;
      const server = await serve(
        ...replies.map<Reply>((reply) => (response, seen) => (isOver ? healthy : reply)(response, seen)),
      );
      const tested = clientOf(server.baseURL, options?.());
      if (neverEnds) {
        let attempts = 0;
        tested.clock.timer = (_, callback) => {
          let isOff = isOver;
          void server.arrived(++attempts).then(() => setImmediate(() => isOff || callback()));
          return () => {
            isOff = true;
          };
        };
      }
      await check(operation, ending, tested, server);
      isOver = true;
      await checkAfterwards(tested, server);
    });
  }
}

import type { PeerName } from '../peers/peer';
import { permissionID } from '../server/pages';
import type { Contender, Contest } from './contest';

export const LIST = 10_000;
export const PAGE = 100;
export const REVOKES = 1000;
export const AT_ONCE = 16;

/** A checkpoint with so many permissions. */
export const checkpointOf = (count: number) => `ft:gpt-4.1-2025-04-14:bench:${count}:AAAAAAAA`;

const list = (title: string, peer: PeerName, limit = PAGE, count = LIST): Contender => ({
  title,
  peer,
  work: { do: 'list', checkpoint: checkpointOf(count), limit },
});

const ids = Array.from({ length: REVOKES }, (_, index) => permissionID(index)).sort();

const revoke = (title: string, peer: PeerName): Contender => ({
  title,
  peer,
  work: { do: 'revoke', checkpoint: checkpointOf(LIST), ids, atOnce: AT_ONCE },
});

export const names = {
  sdk: 'SDK',
  sdkDefault: 'SDK, 10 a page (its default)',
  undici: 'bare undici',
  list: 'ours: list',
  revoke: 'ours',
} as const;

const reading = (latency: number, rounds: number, warmUps: number): Contest => ({
  title: 'Read 10,000 permissions, 100 a page',
  latency,
  rounds,
  warmUps,
  contenders: [list(names.sdk, 'sdk'), list(names.undici, 'undici'), list(names.list, 'ours')],
});

/** For information only: what a person feels who reads one long list and no more. */
const readingOnce: Contest = {
  ...reading(0, 5, 0),
  title: 'The same, as the first thing that a process does',
  inNewProcesses: true,
};

/** For information only: what the page size costs whoever leaves it as it is. */
const readingByDefault = (latency: number, count: number): Contest => ({
  title: `Read ${count.toLocaleString('en')} permissions, 10 a page`,
  latency,
  rounds: 1,
  warmUps: 0,
  contenders: [list(names.sdkDefault, 'sdk', 10, count)],
});

const revoking = (latency: number, rounds: number, warmUps: number): Contest => ({
  title: `Revoke 1,000 permissions, ${AT_ONCE} at a time`,
  latency,
  rounds,
  warmUps,
  contenders: [revoke(names.sdk, 'sdk'), revoke(names.undici, 'undici'), revoke(names.revoke, 'ours')],
});

/** What is timed, in order: what needs no waiting first, because it warms everybody up. */
export const contests: readonly Contest[] = [
  reading(0, 31, 10),
  readingOnce,
  readingByDefault(0, LIST),
  revoking(0, 7, 2),
  reading(20, 6, 0),
  readingByDefault(20, LIST / 10),
  revoking(20, 3, 0),
];

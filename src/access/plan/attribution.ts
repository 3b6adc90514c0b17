import type { Permission } from '../api';
import type { Known } from './basis';
import type { Step } from './plan';

/** Who made a change that is in effect. `perhapsUs`: nothing proves who it was. */
export type By = 'us' | 'others' | 'perhapsUs';

/** When a response was sent. The two clocks are never compared: the first is the server's, the second measures a span. */
export interface ServerTime {
  /** The `Date` of the response, in Unix seconds by the server's clock. */
  readonly date: number;
  /** Milliseconds from sending the request to the response. */
  readonly took: number;
}

/** All that decides who made a change, besides what is in effect. It outlasts a crash in the journal. */
export interface RequestEvidence {
  /**
   * `refused`: certainly without effect. `doubtful`: refused with a status that may follow an effect. `uncertain`: no
   * response, or none that tells.
   */
  readonly result: 'notSent' | 'accepted' | 'refused' | 'doubtful' | 'uncertain';
  readonly serverTime?: ServerTime;
  /** The project's permissions in the response to a grant. Absent when the response has no complete list. */
  readonly listed?: readonly Pick<Permission, 'id'>[];
  /** Absent when nothing was known. */
  readonly known?: Known;
}

/** Who made a change, and for a grant which permission it was. */
export interface Attribution {
  readonly by: By;
  readonly permission?: Permission;
}

/**
 * Who made a change that is in effect: the only function that decides it (docs/decisions/0008-who-made-a-change.md).
 * `permissions` are those that the project has now. An undo takes back by itself only what is `us`.
 */
export function attribute(
  step: Step,
  evidence: RequestEvidence,
  permissions: readonly Permission[] = [],
): Attribution {
  const { ids = [], wasTried } = evidence.known ?? {};
  // What an earlier request of ours may have done is not blamed on others.
  const unlessTried = (by: By, id = ''): By =>
    by === 'others' && wasTried && !ids.includes(id) ? 'perhapsUs' : by;
  if (step.action === 'revoke') return { by: unlessTried(revokedBy(evidence)) };
  const grants = permissions.map((permission) => ({
    permission,
    by: unlessTried(grantedBy(evidence, permission), permission.id),
  }));
  const most = (by: By) => grants.find((grant) => grant.by === by);
  return most('us') ?? most('perhapsUs') ?? grants[0] ?? { by: 'others' };
}

function revokedBy({ result }: RequestEvidence): By {
  if (result === 'accepted') return 'us';
  return result === 'notSent' || result === 'refused' ? 'others' : 'perhapsUs';
}

function grantedBy(
  { result, known, listed, serverTime }: RequestEvidence,
  { id, created_at }: Permission,
): By {
  if (result === 'notSent' || result === 'refused') return 'others';
  if (known?.ids.includes(id)) return 'others';
  // A grant of what a project has already is accepted, and answered with what it has.
  if (result === 'accepted' && listed && !listed.some((permission) => permission.id === id)) return 'others';
  // Some gateways send 0 for a time that they do not know.
  if (!serverTime || !(created_at > 0)) return 'perhapsUs';
  const { earliest, latest, surelyFrom } = secondsOf(serverTime);
  if (created_at < earliest) return 'others';
  // Only a request that has no final response may still have been processed after its response.
  if (created_at > latest && result !== 'uncertain' && !listed) return 'others';
  const isProven = result === 'accepted' && known?.isAll === true;
  return isProven && created_at >= surelyFrom && created_at <= latest ? 'us' : 'perhapsUs';
}

/**
 * The seconds in which a request can have created a permission, by the server's clock. `surelyFrom` leaves out those of a
 * slow request in which somebody else may have granted while it was under way.
 */
function secondsOf({ date, took }: ServerTime): { earliest: number; latest: number; surelyFrom: number } {
  const earliest = Math.floor(date - took / 1000);
  // Both times are cut to the second, so they may differ by one.
  return { earliest, latest: date + 1, surelyFrom: Math.max(earliest, date - 1) };
}

import { decidingGates, type GateBasis, type GateKind, type Gates } from './gates';

/** What a verdict is made of, for each gate. `lastDay`: the last day with usage, in milliseconds since 1970. */
export type GateFindings = Readonly<
  Record<
    GateKind,
    Pick<GateBasis, 'state' | 'inferred' | 'isOld' | 'closedSince'> & { readonly lastDay?: number }
  >
>;

/** A gate that decides a verdict. */
export type DecidingGate = (typeof decidingGates)[number];

/**
 * Whether a project can use a checkpoint:
 * - `cannot`: a deciding gate is closed.
 * - `can`: all deciding gates are open.
 * - `unknown`: no deciding gate is closed, and not all are known to be open.
 */
export interface Verdict {
  readonly kind: 'can' | 'cannot' | 'unknown';
  /** The deciding gates that are closed. Not empty exactly with `cannot`. */
  readonly closed: readonly DecidingGate[];
  /** The deciding gates that are unknown. Empty with `can`, not empty with `unknown`. */
  readonly unknown: readonly DecidingGate[];
  /** The gates that the verdict rests on whose state is inferred: all with `can`, the closed ones with `cannot`. */
  readonly inferred: readonly DecidingGate[];
  /** The same for gates whose evidence is old. */
  readonly old: readonly DecidingGate[];
  /** The project has no live key, so that no program can use it. People may. */
  readonly noLiveKey: boolean;
  /** The checkpoint was used in the last days of usage. */
  readonly isUsed: boolean;
  /**
   * The gates that are closed although the checkpoint was used. They may have closed since, or what says so may be
   * wrong. A gate that is known to have closed after the last use is none of them.
   */
  readonly usedAgainst: readonly GateKind[];
}

/** The only function that decides a verdict. */
export function verdictOf(gates: GateFindings): Verdict {
  const closed = decidingGates.filter((kind) => gates[kind].state === 'closed');
  const unknown = decidingGates.filter((kind) => gates[kind].state === 'unknown');
  const kind = closed.length > 0 ? 'cannot' : unknown.length > 0 ? 'unknown' : 'can';
  const basis = kind === 'can' ? decidingGates : closed;
  const { usage, key } = gates;
  const isUsed = usage.state === 'open';
  const closedGates: readonly GateKind[] = key.state === 'closed' ? [...closed, 'key'] : closed;
  return {
    kind,
    closed,
    unknown,
    inferred: basis.filter((each) => gates[each].inferred),
    old: basis.filter((each) => gates[each].isOld),
    noLiveKey: key.state === 'closed',
    isUsed,
    usedAgainst: isUsed ? closedGates.filter((each) => isAgainst(gates[each], usage.lastDay)) : [],
  };
}

/** Usage is known by day, so a use on the day on which a gate closed may have been before. */
function isAgainst({ closedSince }: Pick<GateBasis, 'closedSince'>, lastDay: number | undefined): boolean {
  return closedSince === undefined || lastDay === undefined || lastDay >= closedSince;
}

/** What the verdict of these gates is made of. */
export function findingsOf(gates: Gates): GateFindings {
  const { usage } = gates;
  const { evidence } = usage;
  return { ...gates, usage: { ...usage, ...(evidence.kind === 'used' && { lastDay: evidence.lastDay }) } };
}

import type { Ineffective, WhyWithoutEffect } from '../withoutEffect';
import {
  type GatesSource,
  type PolicyGate,
  type ProjectGate,
  permissionGate,
  policyGate,
  projectGate,
  type ShutdownGate,
  shutdownGate,
} from './gates';
import type { Pair } from './pairUse';
import { type Verdict, verdictOf } from './verdict';

/** Whether a permission is effective: whether its project can use the checkpoint, and what decides that. */
export type Effect = Pick<Verdict, 'kind' | 'closed' | 'unknown' | 'inferred' | 'old'>;

/** Neither decides. */
const leftOut = { key: { state: 'unknown' }, usage: { state: 'unknown' } } as const;

/**
 * Whether access has an effect, by what is loaded. Sends no request. It is for one look at many permissions: what is about
 * a project or a checkpoint is looked up once for it, so that later changes of that are not seen.
 */
export class Effects {
  readonly #projects = new Map<string, ProjectGate>();
  /** Of projects without a policy that names models. */
  readonly #policies = new Map<string, PolicyGate>();
  readonly #shutdowns = new Map<string, ShutdownGate>();

  /** @param now milliseconds since 1970 */
  constructor(
    private readonly source: GatesSource,
    private readonly now: number,
  ) {}

  /** Whether a permission is effective. */
  of(pair: Pair): Effect {
    return verdictOf({
      project: this.#project(pair),
      permission: permissionGate(this.source, pair),
      policy: this.#policy(pair),
      shutdown: this.#shutdown(pair),
      ...leftOut,
    });
  }

  /**
   * What is known to make granted access useless. A shutdown is none of it, because it is about the model and not about
   * this access: reviews and plans say it of the model.
   */
  ineffectiveBy(pair: Pair): Ineffective {
    const project = this.#project(pair);
    const policy = this.#policy(pair);
    const why: WhyWithoutEffect[] = [];
    if (project.state === 'closed') why.push(project.evidence.kind === 'notFound' ? 'notFound' : 'archived');
    if (policy.state === 'closed') why.push(policy.evidence.kind === 'listed' ? 'blocked' : 'notAllowed');
    if (why.length === 0) return nothing;
    const old = [project, policy].flatMap(({ state, isOld, loadedAt }) =>
      state === 'closed' && isOld && loadedAt !== undefined ? [loadedAt] : [],
    );
    return { why, ...(old.length > 0 && { asOf: Math.min(...old) }) };
  }

  #project(pair: Pair): ProjectGate {
    const known = this.#projects.get(pair.project) ?? projectGate(this.source, pair);
    this.#projects.set(pair.project, known);
    return known;
  }

  #policy(pair: Pair): PolicyGate {
    const known = this.#policies.get(pair.project);
    if (known) return known;
    const gate = policyGate(this.source, pair);
    const { kind } = gate.evidence;
    if (kind === 'noPolicy' || kind === 'notLoaded' || kind === 'failed')
      this.#policies.set(pair.project, gate);
    return gate;
  }

  #shutdown({ checkpoint }: Pair): ShutdownGate {
    const known = this.#shutdowns.get(checkpoint) ?? shutdownGate(this.source, checkpoint, this.now);
    this.#shutdowns.set(checkpoint, known);
    return known;
  }
}

const nothing: Ineffective = { why: [] };

// Runs in pages too, so it imports nothing.

/**
 * Why access has no effect although it is, or would be, granted:
 * - `notFound`: the organization has no such project.
 * - `archived`: the project is archived.
 * - `notAllowed`: the model policy of the project has a list of allowed models, without this one.
 * - `blocked`: the model policy of the project has a list of blocked models, with this one.
 */
export const reasonsWithoutEffect = ['notFound', 'archived', 'notAllowed', 'blocked'] as const;
export type WhyWithoutEffect = (typeof reasonsWithoutEffect)[number];

/** What is known to make access useless. */
export interface Ineffective {
  /** Empty if nothing is known to. */
  readonly why: readonly WhyWithoutEffect[];
  /** When that was loaded, in milliseconds since 1970. Present if it may be out of date. */
  readonly asOf?: number;
}

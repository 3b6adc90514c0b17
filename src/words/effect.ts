import type { DecidingGate, Verdict } from '../access/explain/verdict';
import type { Ineffective, WhyWithoutEffect } from '../access/withoutEffect';
import { ago } from '../text/dates';
import { listOf, metadata, sentences } from '../text/lists';
import { number, plural } from '../text/numbers';

// Whether granted access is effective, and the model policies that decide it. Runs in the page, too. Moments are
// milliseconds since 1970.

/** Whether access is effective, in a word. */
export const effectiveInWords: Readonly<Record<Verdict['kind'], string>> = {
  can: 'yes',
  cannot: 'no',
  unknown: 'unknown',
};

/** What decides whether access is effective, as parts of a cell. */
export const decidersInShort: Readonly<Record<DecidingGate, string>> = {
  project: 'project',
  permission: 'owner or permission',
  policy: 'model policy',
  shutdown: 'shutdown',
};

/** What of access decides whether it is effective, by what is loaded. */
export interface EffectInShort {
  readonly kind: Verdict['kind'];
  /** With `can` what is inferred, with `cannot` what is against it, else what is unknown. */
  readonly gates: readonly DecidingGate[];
}

/** The cell of a permission. */
export function effectCell({ kind, gates }: EffectInShort): string {
  const deciders = kind === 'can' ? [] : gates;
  return metadata(effectiveInWords[kind], deciders.map((gate) => decidersInShort[gate]).join(', '));
}

/** The same with what it rests on, as sentences. */
export function effectTooltip({ kind, gates }: EffectInShort): string {
  const deciders = listOf(gates.map((gate) => decidersInShort[gate]));
  switch (kind) {
    case 'can':
      return sentences(
        'The project can use the checkpoint.',
        deciders && `Inferred, not confirmed: ${deciders}.`,
      );
    case 'cannot':
      return `The project can't use the checkpoint. What keeps it from that: ${deciders}.`;
    case 'unknown':
      return `Whether the project can use the checkpoint is unknown, because of this: ${deciders}.`;
  }
}

/** Why access has no effect, as a part of a row. */
export const withoutEffectClauses: Readonly<Record<WhyWithoutEffect, string>> = {
  notFound: 'the organization has no such project',
  archived: 'the project is archived',
  notAllowed: "the project's model policy doesn't list this model",
  blocked: "the project's model policy blocks this model",
};

/** What is said of gates both in an explanation and in a preview. */
export const gateSentences = {
  noProject: 'This organization has no such project.',
  archived: 'The project is archived.',
  allow_list: 'The model policy of the project allows only the models in its list.',
  deny_list: 'The model policy of the project blocks the models in its list.',
  listed: 'This checkpoint is in the list.',
  notListed: "This checkpoint isn't in the list.",
} as const;

const ineffectiveSentences: Readonly<Record<WhyWithoutEffect, string>> = {
  notFound: gateSentences.noProject,
  archived: gateSentences.archived,
  notAllowed: sentences(gateSentences.allow_list, gateSentences.notListed),
  blocked: sentences(gateSentences.deny_list, gateSentences.listed),
};

/** What is said of a grant first, before what keeps it from having an effect. */
export const noEffect = 'Granting access will have no effect.';

/** Why granting access has no effect, for previews. Empty if nothing is known to keep it from having one. */
export function withoutEffectInWords({ why, asOf }: Ineffective, now: number): string {
  if (why.length === 0) return '';
  return sentences(
    noEffect,
    ...why.map((each) => ineffectiveSentences[each]),
    asOf === undefined ? '' : `This was loaded ${ago(asOf, now)}, and may be out of date.`,
  );
}

/** Facts about the model policies that decide whether permissions have an effect. Numbers of projects. */
export interface PolicyFacts {
  readonly projects: number;
  readonly notLoaded: number;
  readonly old: number;
  readonly failed: number;
  readonly loadedAt?: number | undefined;
  readonly progress?: { readonly done: number; readonly total: number } | undefined;
  /** Why the first of the failed ones failed, as a sentence. */
  readonly failure?: string | undefined;
}

/** Model policies are loading. `done` and `total` are requests. */
export function policiesLoading({ done, total }: { readonly done: number; readonly total: number }): string {
  return plural(
    total,
    `Loading model policies: ${number(done)} of 1 request…`,
    (requests) => `Loading model policies: ${number(done)} of ${requests} requests…`,
  );
}

/** The button that loads model policies, with its cost. `isLoaded`: none is missing, but some are old. */
export function loadPolicies(requests: number, isLoaded: boolean): string {
  return isLoaded
    ? plural(
        requests,
        'Load Model Policies Again (1 request)',
        (count) => `Load Model Policies Again (${count} requests)`,
      )
    : plural(
        requests,
        'Load Model Policies (1 request)',
        (count) => `Load Model Policies (${count} requests)`,
      );
}

/** How far the model policies are loaded, while none is loading. Empty if no permission depends on one. */
export function policiesNote(facts: PolicyFacts, now: number): string {
  const { projects, notLoaded, failed, loadedAt, failure = '' } = facts;
  if (projects === 0) return '';
  const missing = plural(
    notLoaded,
    `The model policy of 1 of ${number(projects)} projects isn't loaded.`,
    (count) =>
      notLoaded === projects
        ? `The model policies of ${count} projects aren't loaded.`
        : `The model policies of ${count} of ${number(projects)} projects aren't loaded.`,
  );
  const failures = plural(
    failed,
    "The model policy of 1 project couldn't be loaded.",
    (count) => `The model policies of ${count} projects couldn't be loaded.`,
  );
  return sentences(
    notLoaded === 0 ? '' : projects === 1 ? "The model policy of 1 project isn't loaded." : missing,
    failed === 0 ? '' : failures,
    failed === 0 ? '' : failure,
    loadedAt === undefined ? '' : `Model policies were loaded ${ago(loadedAt, now)}.`,
  );
}

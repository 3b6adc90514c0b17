import type { AccessExplanation } from '../access/explain/explainAccess';
import {
  type Gate,
  type GateKind,
  type GateSource,
  type GateState,
  type Gates,
  type GrantedPermission,
  gateKinds,
  type NoEvidence,
} from '../access/explain/gates';
import { type KeyCounts, liveKeys } from '../access/explain/projectKeys';
import type { Verdict } from '../access/explain/verdict';
import { factsOf, isWithoutServer } from '../access/failures';
import { ago, dayInWords, dayOf, daysFromTo, exactlyInUTC } from '../text/dates';
import { listOf, metadata, sentences } from '../text/lists';
import { plural } from '../text/numbers';
import { gateSentences, noEffect } from './effect';
import { type Explanation, explain } from './errors';
import { actorInWords } from './history';
import { shutdownSource } from './shutdown';

// Why a project can, or can't, use a checkpoint. Names are already escaped. Texts of the API are not: callers escape
// them. Moments are milliseconds since 1970.

/** What the project and the checkpoint of an explanation are called in sentences. */
export interface ExplainedNames {
  readonly project: string;
  readonly checkpoint: string;
  /** The name of any project, from its ID. */
  nameOf(project: string): string;
}

/** A gate, as a person reads it. */
export interface GateInWords {
  readonly title: string;
  readonly state: string;
  /** What is known, as sentences. */
  readonly evidence: string;
  /** Where that is from, and how old it is. Not a sentence. */
  readonly source: string;
  /** What to do, as sentences. Empty if there is nothing to do. */
  readonly advice: string;
  /** The message of the API, the network or the system for a request that failed. Of any form and length. */
  readonly detail?: string;
  /** Action for a button, after a request that failed. */
  readonly offer?: Explanation['offer'];
}

export const gateTitles: Readonly<Record<GateKind, string>> = {
  project: 'Project',
  permission: 'Owner or permission',
  policy: 'Model policy',
  shutdown: 'Shutdown',
  key: 'API keys',
  usage: 'Usage',
};

const states: Readonly<Record<GateState, string>> = { open: 'Open', closed: 'Closed', unknown: 'Unknown' };

/** The verdict alone, as a sentence. */
export function verdictLine({ verdict }: Pick<AccessExplanation, 'verdict'>, names: ExplainedNames): string {
  const { project, checkpoint } = names;
  switch (verdict.kind) {
    case 'can':
      return `${project} can use ${checkpoint}.`;
    case 'cannot':
      return `${project} can't use ${checkpoint}.`;
    case 'unknown':
      return `Whether ${project} can use ${checkpoint} is unknown.`;
  }
}

/** The reasons of a verdict, and what it rests on, as sentences. Empty if there is nothing to say. */
export function reasonsOfVerdict({ verdict, gates }: AccessExplanation, names: ExplainedNames): string {
  const inferred = verdict.inferred.map((kind) => inferredInWords(gates, kind));
  const old = oldInWords(verdict);
  switch (verdict.kind) {
    case 'can':
      return sentences(...inferred, old);
    case 'cannot':
      return sentences(
        ...verdict.closed.map((kind) => evidenceInWords(gates[kind], names)),
        ...inferred,
        old,
      );
    case 'unknown':
      return sentences(
        ...verdict.unknown.map((kind) => evidenceInWords(gates[kind], names)),
        // What was used may still work.
        verdict.isUsed ? evidenceInWords(gates.usage, names) : '',
      );
  }
}

/** The verdict, its reasons, and what it rests on. */
export function verdictInWords(explanation: AccessExplanation, names: ExplainedNames): string {
  return sentences(verdictLine(explanation, names), reasonsOfVerdict(explanation, names));
}

/**
 * What the cell of a matrix adds to the permission that it shows: what else keeps the project from using the checkpoint,
 * and warnings. Empty if nothing is known to.
 */
export function beyondPermission(explanation: AccessExplanation, names: ExplainedNames): string {
  const { verdict, gates } = explanation;
  if (gates.permission.state !== 'open') return uselessToGrant(explanation, names);
  const warnings = warningsInWords(explanation);
  if (verdict.kind === 'cannot') return sentences(verdictInWords(explanation, names), ...warnings);
  return sentences(...warnings);
}

/** Why a grant would have no effect, the shutdown of the model included. Empty if nothing is known to keep it from having one. */
function uselessToGrant({ verdict, gates }: AccessExplanation, names: ExplainedNames): string {
  const others = verdict.closed.filter((kind) => kind !== 'permission');
  if (others.length === 0) return '';
  return sentences(noEffect, ...others.map((kind) => evidenceInWords(gates[kind], names)));
}

function inferredInWords({ shutdown }: Gates, kind: GateKind): string {
  if (kind === 'policy') return 'Inferred, not confirmed: the project has no model policy.';
  if (kind !== 'shutdown' || shutdown.evidence.kind !== 'dated') return '';
  return `Inferred, not confirmed: the shutdown date, announced for the base model as of ${dayInWords(shutdown.evidence.knownAsOf ?? '')}.`;
}

function oldInWords({ old }: Verdict): string {
  if (old.length === 0) return '';
  const titles = listOf(old.map((kind) => gateTitles[kind]));
  return old.length === 1
    ? `The information under ${titles} may be out of date.`
    : `The information under these headings may be out of date: ${titles}.`;
}

/** What a person should know beside the verdict, a sentence or two each. */
export function warningsInWords({ verdict, gates }: AccessExplanation): string[] {
  const { evidence } = gates.usage;
  const warnings: string[] = [];
  if (verdict.noLiveKey)
    warnings.push(
      verdict.kind === 'cannot'
        ? 'The project also has no live API key.'
        : 'The project has no live API key, so no program can use the model. People may still use it.',
    );
  if (evidence.kind === 'used' && verdict.usedAgainst.length > 0) {
    const titles = listOf(verdict.usedAgainst.map((kind) => gateTitles[kind]));
    warnings.push(
      sentences(
        `The project used the checkpoint on ${dayOf(evidence.lastDay)}. That contradicts what is shown under ${titles}.`,
        'The project may have lost access since then, or the information may be wrong.',
      ),
    );
  }
  return warnings;
}

/** A gate with its state, evidence, source, age, and what to do. */
export function gateInWords(gate: Gate, names: ExplainedNames, now: number): GateInWords {
  const { detail, offer } = gate.failure === undefined ? ({} as Partial<Explanation>) : explainGate(gate);
  return {
    title: gateTitles[gate.kind],
    state: stateInWords(gate),
    evidence: evidenceInWords(gate, names),
    source: sourceInWords(gate, now),
    advice: adviceInWords(gate),
    ...(detail && { detail }),
    ...(offer && { offer }),
  };
}

/** The whole explanation as a text of several lines, for the clipboard. */
export function explanationAsText(explanation: AccessExplanation, names: ExplainedNames): string {
  const { project, checkpoint, gates, at } = explanation;
  return [
    verdictInWords(explanation, names),
    ...warningsInWords(explanation),
    '',
    ...gateKinds.map((kind) => {
      const { title, state, evidence, source, advice } = gateInWords(gates[kind], names, at);
      return `- ${metadata(`${title}: ${state.toLowerCase()}`, sentences(evidence, advice), source)}`;
    }),
    '',
    `Project: ${project}`,
    `Checkpoint: ${checkpoint}`,
    `As of: ${exactlyInUTC(at)}`,
  ].join('\n');
}

/** A gate in one line, for rows and screen readers. */
export function gateLine(gate: Gate, names: ExplainedNames, now: number): string {
  const { title, state, evidence, source } = gateInWords(gate, names, now);
  return metadata(`${title}: ${state.toLowerCase()}`, evidence, source);
}

/** Usage is a witness, not a gate: what was not used may work. */
function stateInWords({ kind, state, evidence }: Gate): string {
  if (kind !== 'usage') return states[state];
  if (evidence.kind === 'used') return 'Used';
  return evidence.kind === 'notUsed' ? 'Not used' : states.unknown;
}

function evidenceInWords(gate: Gate, names: ExplainedNames): string {
  switch (gate.kind) {
    case 'project':
      if (isFound(gate.evidence)) return projectEvidence(gate.evidence);
      break;
    case 'permission':
      if (isFound(gate.evidence)) return permissionEvidence(gate.evidence, names);
      break;
    case 'policy':
      if (isFound(gate.evidence)) return policyEvidence(gate.evidence);
      break;
    case 'shutdown':
      return shutdownEvidence(gate.evidence);
    case 'key':
      if (isFound(gate.evidence)) return keyEvidence(gate.evidence);
      break;
    case 'usage':
      if (isFound(gate.evidence)) return usageEvidence(gate.evidence);
  }
  if (gate.failure === undefined) return notLoaded[gate.kind];
  return sentences(failed[gate.kind], `${explainGate(gate).what}.`);
}

function isFound<E extends { readonly kind: string }>(evidence: E): evidence is Exclude<E, NoEvidence> {
  return evidence.kind !== 'notLoaded' && evidence.kind !== 'failed';
}

const notLoaded: Readonly<Record<Exclude<GateKind, 'shutdown'>, string>> = {
  project: "The project isn't loaded.",
  permission: "The permission of the project isn't loaded.",
  policy: "The model policy of the project isn't loaded.",
  key: "The API keys of the project aren't loaded.",
  usage: "Usage isn't loaded.",
};

const failed: Readonly<Record<Exclude<GateKind, 'shutdown'>, string>> = {
  project: "The project couldn't be loaded.",
  permission: "The permission of the project couldn't be loaded.",
  policy: "The model policy of the project couldn't be loaded.",
  key: "The API keys of the project couldn't be loaded.",
  usage: "Usage couldn't be loaded.",
};

type Evidence<K extends GateKind> = Exclude<Gates[K]['evidence'], NoEvidence>;

function projectEvidence(evidence: Evidence<'project'>): string {
  switch (evidence.kind) {
    case 'active':
      return 'The project is active in this organization.';
    case 'archived':
      return evidence.archivedAt === undefined
        ? gateSentences.archived
        : `The project was archived on ${dayOf(evidence.archivedAt)}.`;
    case 'notFound':
      return gateSentences.noProject;
    case 'otherStatus':
      return evidence.status === ''
        ? "The API didn't report whether the project is active."
        : `The API reported the status “${evidence.status}” for the project. What it means for access is unknown.`;
  }
}

function permissionEvidence(evidence: Evidence<'permission'>, { nameOf }: ExplainedNames): string {
  switch (evidence.kind) {
    case 'owner':
      return 'The project owns the model, so it needs no permission.';
    case 'granted': {
      const permissions = evidence.permissions.map(permissionInWords);
      return plural(
        permissions.length,
        `The project has permission ${listOf(permissions)}.`,
        (count) => `The project has ${count} permissions: ${listOf(permissions)}.`,
      );
    }
    case 'none':
      return `The project has no permission, and ${nameOf(evidence.owner.project)} owns the model.`;
    case 'notGranted':
      return 'The project has no permission. It may still own the model, because the owner is unknown.';
  }
}

/** `cp_… (granted Mar 4, 2026 UTC by ines@…)`. */
function permissionInWords({ id, since, by }: GrantedPermission): string {
  const author = by && actorInWords(by);
  if (since === undefined) return author === undefined ? id : `${id} (granted by ${author})`;
  const day = dayOf(since);
  return author === undefined ? `${id} (granted ${day})` : `${id} (granted ${day} by ${author})`;
}

function policyEvidence(evidence: Evidence<'policy'>): string {
  if (evidence.kind === 'noPolicy') return 'The API found no model policy for the project.';
  const policy = gateSentences[evidence.mode];
  switch (evidence.kind) {
    case 'listed':
      return sentences(policy, gateSentences.listed);
    case 'notListed':
      return sentences(policy, gateSentences.notListed);
    case 'related':
      return sentences(
        policy,
        `The list has ${listOf(evidence.models)}. Whether that includes this checkpoint is unknown.`,
      );
  }
}

function shutdownEvidence(evidence: Evidence<'shutdown'>): string {
  if (evidence.kind === 'undated')
    return `No shutdown date is known for the model. The announcements in this extension are as of ${dayInWords(evidence.knownAsOf)}.`;
  const day = dayInWords(evidence.shutdown.shutsDownOn);
  if (evidence.daysLeft < 0) return `The model shut down on ${day}.`;
  if (evidence.daysLeft === 0) return 'The model shuts down today. It may still respond.';
  return plural(
    evidence.daysLeft,
    `The model shuts down on ${day}, in 1 day.`,
    (days) => `The model shuts down on ${day}, in ${days} days.`,
  );
}

function keyEvidence({ counts, isComplete }: Evidence<'key'>): string {
  const live = liveKeys(counts);
  const { expired, withoutAccess, lastUsedAt, expiresAt } = counts;
  const known = live + expired + withoutAccess;
  const head =
    live > 0
      ? plural(live, 'The project has 1 live API key.', (keys) => `The project has ${keys} live API keys.`)
      : known > 0
        ? 'The project has API keys, but none that is live.'
        : 'The project has no API key.';
  return sentences(
    isComplete || live > 0 ? head : 'No live API key of the project is loaded.',
    live > 0 ? keyOwners(counts) : '',
    expired === 0 ? '' : plural(expired, '1 key has expired.', (keys) => `${keys} keys have expired.`),
    withoutAccess === 0
      ? ''
      : plural(
          withoutAccess,
          'The owner of 1 key has no access to the project.',
          (keys) => `The owners of ${keys} keys have no access to the project.`,
        ),
    expiresAt === undefined ? '' : `The last live key expires on ${dayOf(expiresAt)}.`,
    lastUsedAt === undefined ? '' : `A key was last used on ${dayOf(lastUsedAt)}.`,
    isComplete ? '' : 'Not all keys could be loaded.',
  );
}

function keyOwners({ people, serviceAccounts, others }: KeyCounts): string {
  const parts = [
    people === 0 ? '' : plural(people, '1 person', (count) => `${count} people`),
    serviceAccounts === 0
      ? ''
      : plural(serviceAccounts, '1 service account', (count) => `${count} service accounts`),
    others === 0 ? '' : plural(others, '1 other owner', (count) => `${count} other owners`),
  ].filter(Boolean);
  return `Keys by owner: ${listOf(parts)}.`;
}

function usageEvidence(evidence: Evidence<'usage'>): string {
  switch (evidence.kind) {
    case 'used':
      return plural(
        evidence.requests,
        `The project last used the checkpoint on ${dayOf(evidence.lastDay)}, with 1 request since ${dayOf(evidence.from)}.`,
        (requests) =>
          `The project last used the checkpoint on ${dayOf(evidence.lastDay)}, with ${requests} requests since ${dayOf(evidence.from)}.`,
      );
    case 'notUsed':
      return `The project didn't use the checkpoint: ${daysFromTo(evidence.from, evidence.until)}. That doesn't mean that it can't.`;
    case 'unattributed':
      return 'The API reported usage without a project or model, or of another kind. Whether this project used the checkpoint is unknown.';
  }
}

const sources: Readonly<Record<Exclude<GateSource, 'models' | 'table'>, string>> = {
  project: 'project',
  projectList: 'project list',
  permissions: 'permissions of the checkpoint',
  refusal: 'refusal of an earlier change',
  job: 'fine-tuning job of the project',
  policy: 'model policy of the project',
  keys: 'API keys of the project',
  usage: 'usage data',
};

function sourceInWords(gate: Gate, now: number): string {
  const { source, loadedAt, failure } = gate;
  if (gate.kind === 'shutdown')
    return gate.evidence.kind === 'dated' ? shutdownSource(gate.evidence.shutdown) : '';
  if (loadedAt === undefined) return source === 'job' ? sources.job : '';
  const label = source === 'models' || source === 'table' ? '' : sources[source];
  const isFailed = failure !== undefined && !(gate.kind === 'key' && gate.settledBy === 'loadAgain');
  return metadata(
    label,
    source === 'refusal' ? `reported ${ago(loadedAt, now)}` : `loaded ${ago(loadedAt, now)}`,
    isFailed ? 'the last refresh failed' : '',
  );
}

/** A failure to load what a gate needs. Its refusals are about a project, except for permissions. */
function explainGate({ kind, failure }: Gate): Explanation {
  return kind === 'permission' ? explain(failure) : explainOfProject(failure);
}

/** A failure to load something of one project: its policy, for example. */
export function explainOfProject(failure: unknown): Explanation {
  const explained = explain(failure);
  if (isWithoutServer(failure)) return explained;
  const refusal = refusals[factsOf(failure).kind as keyof typeof refusals];
  return refusal ? { ...refusal, ...(explained.detail && { detail: explained.detail }) } : explained;
}

const refusals = {
  badRequest: {
    what: 'The API rejected the request',
    next: 'Use Show Log for details.',
  },
  forbidden: {
    what: "The key isn't allowed to load this",
    next: 'Ask an organization owner, or use Set Admin API Key… with a key that may load it.',
    offer: 'setAdminKey',
  },
  notFound: {
    what: "The API doesn't have this for the project",
    next: 'Check the project ID, and the Base URL setting if you use a gateway.',
  },
} as const satisfies Readonly<Record<string, Explanation>>;

function adviceInWords(gate: Gate): string {
  if (gate.state === 'unknown') return settlementInWords(gate);
  if (gate.state === 'open') return '';
  switch (gate.kind) {
    case 'project':
      return gate.evidence.kind === 'notFound'
        ? 'Check the project ID, and that the admin API key is of the organization of the project.'
        : "Use another project. An archived project can't use models.";
    case 'permission':
      return 'Use Grant Access… to let the project use the checkpoint.';
    case 'policy':
      return gate.evidence.kind === 'listed'
        ? "Remove the checkpoint from the blocked models in OpenAI's settings of the project."
        : "Add the checkpoint to the allowed models in OpenAI's settings of the project.";
    case 'shutdown':
      return 'Use another model. Access to this one can be removed with Revoke Access….';
    case 'key':
      return "If a program needs the model, create an API key in OpenAI's settings of the project.";
    case 'usage':
      return '';
  }
}

function settlementInWords(gate: Gate): string {
  const { settledBy } = gate;
  if (settledBy === undefined) return '';
  switch (settledBy) {
    case 'load':
      return 'Load it to find out.';
    case 'loadAgain':
      return explainGate(gate).next;
    case 'findOwner':
      return 'To find the owner, use Find Checkpoints… with a project API key. If this project is the owner, the API says so when you grant it access.';
    case 'findShutdownDate':
      return 'To load the date from the API, use Find Checkpoints… with a project API key.';
    case 'openSettings':
      return "Check the project in OpenAI's settings.";
    case 'wait':
      return 'Check again tomorrow.';
  }
}

import type { AccessErrorKind, ErrorPlace } from '../access/explain/accessError';
import { plural } from '../text/numbers';
import { buttons, commandTitles } from './titles';

// The Explain tab of the Access page. Runs in the page, too.

/** Texts of the tab that never change. */
export const explainTab = {
  heading: "Why a project can, or can't, use a checkpoint",
  gates: 'What was checked',
  verdict: 'Verdict',
  actions: 'Explanation',
  choose: 'Choose Another Project or Checkpoint…',
  copy: 'Copy Explanation',
  loading: 'Loading what decides about access…',
  stopped: 'Loading was stopped. What is shown was loaded before.',
  notSent: 'Nothing has been sent for this yet.',
  empty:
    'Choose a project and a checkpoint to see whether the project can use it. You see what decides it, with its evidence and what to do.',
} as const;

/** The buttons of what can be done about a gate. */
export const gateActionsInWords = {
  grant: commandTitles.grant,
  revoke: commandTitles.revoke,
  findCheckpoints: commandTitles.findCheckpoints,
  setAdminKey: commandTitles.setAdminKey,
  settings: buttons.openSettings,
  choose: explainTab.choose,
} as const;

/** The button that loads again what one gate needs. */
export const loadGateAgain = 'Load Again';

/** A button of a gate, for screen readers. */
export function ofGate(action: string, gate: string): string {
  return `${action}: ${gate}`;
}

/** The project and the checkpoint of an explanation, as its heading. */
export function explainedPair(project: string, checkpoint: string): string {
  return `${project} · ${checkpoint}`;
}

/** The button that loads what is missing or old. API keys can have further pages. */
export function loadExplanation(requests: number): string {
  return plural(requests, 'Load (at least 1 request)', (least) => `Load (at least ${least} requests)`);
}

/** The button that loads everything again. */
export function loadExplanationAgain(requests: number): string {
  return plural(
    requests,
    'Load Again (at least 1 request)',
    (least) => `Load Again (at least ${least} requests)`,
  );
}

const places: Readonly<Record<ErrorPlace, string>> = {
  selection: 'the selected text',
  terminal: 'the selected text of the terminal',
  clipboard: 'the clipboard',
};

const heard: Readonly<Record<AccessErrorKind, (place: string) => string>> = {
  noAccess: (place) => `The error in ${place} says that the project has no access to the model.`,
  missingScopes: (place) => `The error in ${place} says that the key lacks a scope.`,
  owningProject: (place) =>
    `The error in ${place} says that a change was refused, because a project owns the model. The owner always has access, and that can't be changed.`,
  notFound: (place) =>
    `The error in ${place} says that there is no such model, or that the project has no access to it.`,
  other: (place) => `These IDs are from ${place}. No error of a known kind is beside them.`,
};

/** What an error said that led to an explanation. `canUse`: the verdict is that the project can use the checkpoint. */
export function heardInWords(kind: AccessErrorKind, from: ErrorPlace, canUse: boolean): string {
  const words = heard[kind](places[from]);
  return canUse && (kind === 'noAccess' || kind === 'notFound')
    ? `${words} That may have changed since then. A new permission can take a while to work.`
    : words;
}

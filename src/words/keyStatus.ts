import { type DueExpiry, dueExpiry, type ExpiryUnknown } from '../access/key/keyCheck';
import type { ScopeUse } from '../access/key/scopes';
import { dayOf, minuteOf } from '../text/dates';
import { listOf, sentences } from '../text/lists';
import { plural } from '../text/numbers';
import { escapeForMessage } from '../text/plainText';
import { moment } from './details';

// The badge and the notice of a key that expires, and the page of Key Status. Moments are milliseconds since 1970.

/** The title of the page. */
export const keyStatus = 'Key Status';

/** The badge and the notice of a key that expires soon or has expired. `organization` is escaped here. */
export function expiryNotice(organization: string, due: DueExpiry): string {
  const key = `The admin API key for ${escapeForMessage(organization, 60)}`;
  return due.isOver ? `${key} expired on ${dayOf(due.at)}. Set a new one to continue.` : expiresIn(key, due);
}

/** The first sentence of the page. `expires`: undefined if the key was not checked since it was saved. */
export function expiryInWords(
  expires: number | 'notReported' | ExpiryUnknown | undefined,
  now: number,
): string {
  if (typeof expires !== 'number')
    return expires === 'notReported' ? noExpiryReported : 'It is unknown when the key expires.';
  if (expires <= now) return `The key expired on ${dayOf(expires)}.`;
  const due = dueExpiry({ at: now, expires }, now);
  return due ? expiresIn('The key', due) : `The key expires on ${dayOf(expires)}.`;
}

function expiresIn(key: string, { daysLeft, at }: DueExpiry): string {
  if (daysLeft === 0) return `${key} expires today (${minuteOf(at)} UTC).`;
  return plural(
    daysLeft,
    `${key} expires on ${dayOf(at)} (in 1 day).`,
    (days) => `${key} expires on ${dayOf(at)} (in ${days} days).`,
  );
}

const noExpiryReported = 'The API reports no expiry date for the key.';

/** Why it is unknown when the key expires. */
export const whyUnknown: Readonly<Record<ExpiryUnknown | 'notChecked', string>> = {
  notChecked: "The key wasn't checked since it was saved in this VS Code profile.",
  noMatch: 'The API lists no admin API key that begins and ends like this one.',
  severalMatch:
    'The API lists several admin API keys that begin and end like this one, so it is unknown which of them it is.',
  furtherKeys:
    'The organization has more admin API keys than one request lists, so it is unknown which of them is this one.',
  notAllowed: "The key isn't allowed to list admin API keys.",
  noSuchList: 'The API has no list of admin API keys.',
};

export const keyHeadings = {
  key: 'Admin API key',
  lastCheckFailed: 'The last check failed',
  scopes: 'Missing scopes',
  projectKeys: 'Project API keys',
} as const;

export const keyColumns = {
  scopes: ['Scope', 'Last missed', 'Needed for'],
  projectKeys: ['Project', 'Saved'],
} as const;

export const keyProperties = {
  expires: 'Expires',
  checked: 'Checked',
  role: 'Role of its owner',
  origin: 'Sent only to',
} as const;

export const keyValues = {
  notReported: 'not reported',
  never: 'not since it was saved',
  roleUnknown: 'unknown',
  projectKey: 'Project API key',
} as const;

export const keySources = {
  thisComputer: 'this computer',
  checkNow: 'use Check Key Again to load it',
  keyList: (at: number, now: number) => `list of admin API keys, loaded ${moment(at, now)}`,
} as const;

export const keyNotes = {
  checkAgain: sentences(
    'Check Key Again, also an icon above this page, sends one request: it lists admin API keys.',
    'The characters that the API shows of each listed key tell which one is this key.',
    'They are compared in memory, and neither kept nor shown.',
  ),
  scopesMet:
    'Since the organization was opened in this window, requests were refused because the key lacks these scopes.',
  scopesAdded: 'A scope that you add to the key stays listed until the window is reloaded.',
  noScopes:
    'No request was refused for a missing scope since the organization was opened in this window. That is no proof that the key has every scope.',
  noProjectKeys: 'No project API key is saved for this organization.',
} as const;

const uses: Readonly<Record<ScopeUse, string>> = {
  readPermissions: 'who has access',
  changePermissions: 'granting and revoking access',
  history: 'the audit log in History and Find Checkpoints…',
  usage: 'the usage in Findings and Find Checkpoints…',
  projects: 'names and states of projects',
  modelPolicies: 'model policies of projects',
  projectKeys: 'API keys of projects',
  adminKeys: 'the check when this key expires',
};

/** What a missing scope would unlock. */
export function scopeUsesInWords(scope: readonly ScopeUse[]): string {
  return scope.length === 0 ? 'unknown' : listOf(scope.map((use) => uses[use]));
}

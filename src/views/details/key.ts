import { usesOfScope } from '../../access/key/scopes';
import type { Organization } from '../../access/organization';
import { exactlyInUTC } from '../../text/dates';
import * as details from '../../words/details';
import {
  expiryInWords,
  keyColumns,
  keyHeadings,
  keyNotes,
  keyProperties,
  keySources,
  keyStatus,
  keyValues,
  scopeUsesInWords,
  whyUnknown,
} from '../../words/keyStatus';
import { asCode, asMarkdown, table } from '../markdown/escape';
import { type DetailsFact, documentOf, factTable, failureParts, heading, momentMarkdown } from './parts';

/** Most project keys that the page lists. */
const maxRows = 1000;

/** What is known of the admin API key, with no part of it, as a Markdown document. `now` in milliseconds since 1970. */
export function keyDetails(organization: Organization, now: number): string {
  const { keyHealth } = organization;
  const { check, failure } = keyHealth;
  const expires = check?.expires;
  const isKnown = typeof expires === 'number' || expires === 'notReported';
  return documentOf([
    ...heading(keyStatus, details.kinds.key, organization, now),
    `**${asMarkdown(expiryInWords(expires, now))}**`,
    isKnown ? '' : asMarkdown(whyUnknown[expires ?? 'notChecked']),
    ...(failure ? failureParts(keyHeadings.lastCheckFailed, failure.error) : []),
    `## ${keyHeadings.key}`,
    factTable(factsOf(organization, now)),
    keyNotes.checkAgain,
    `## ${keyHeadings.scopes}`,
    ...scopeParts(organization, now),
    `## ${keyHeadings.projectKeys}`,
    projectKeys(organization),
  ]);
}

function factsOf({ keyHealth, identity }: Organization, now: number): (DetailsFact | undefined)[] {
  const { check, role } = keyHealth;
  const source = check ? asMarkdown(keySources.keyList(check.at, now)) : '';
  const { expires } = check ?? {};
  const date = typeof expires === 'number' ? asMarkdown(exactlyInUTC(expires)) : undefined;
  const value = date ?? (expires === 'notReported' ? keyValues.notReported : details.values.unknown);
  return [
    [keyProperties.expires, value, date || expires === 'notReported' ? source : ''],
    [keyProperties.checked, check ? momentMarkdown(check.at, now) : keyValues.never, keySources.thisComputer],
    role === undefined
      ? [keyProperties.role, keyValues.roleUnknown, keySources.checkNow]
      : [keyProperties.role, asMarkdown(role, 60), source],
    identity && [keyProperties.origin, asCode(identity.origin, 200), keySources.thisComputer],
  ];
}

function scopeParts({ keyHealth }: Organization, now: number): string[] {
  const met = keyHealth.missingScopes;
  if (met.length === 0) return [keyNotes.noScopes];
  const rows = met.map(({ scope, at }) => [
    asCode(scope, 200),
    momentMarkdown(at, now),
    asMarkdown(scopeUsesInWords(usesOfScope(scope))),
  ]);
  return [keyNotes.scopesMet, table(keyColumns.scopes, rows), keyNotes.scopesAdded];
}

function projectKeys(organization: Organization): string {
  const saved = organization.projectClients();
  if (saved.length === 0) return keyNotes.noProjectKeys;
  const rows = saved
    .slice(0, maxRows)
    .map(({ label, project }) => [`${asMarkdown(label, 100)} ${asCode(project, 100)}`, keyValues.projectKey]);
  return table(keyColumns.projectKeys, rows);
}

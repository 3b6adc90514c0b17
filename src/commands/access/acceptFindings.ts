import { type QuickPickItem, window } from 'vscode';
import {
  type AcceptedFinding,
  isDay,
  isDayToCome,
  longestReason,
} from '../../access/evidence/review/accepted';
import type { Organization } from '../../access/organization';
import { askForText, pickOne } from '../../editor/questions';
import { dayInWords, isoDay } from '../../text/dates';
import { acceptFor, acceptTexts, acceptTitle, reasonTooLong, tooManyToAccept } from '../../words/findings';
import { ensureStillCurrent, prefixWithOrganization } from '../shared/organizationInView';
import type { Services } from '../shared/services';

const dayLength = 24 * 60 * 60 * 1000;

/** For how many days a finding can be accepted without typing a date. */
const periods = [30, 90, 365] as const;

interface UntilItem extends QuickPickItem {
  /** `YYYY-MM-DD`; absent for another day. */
  readonly until?: string;
}

/**
 * Asks until which day findings are accepted, and why, and accepts them. Resolves to the day, or to undefined when
 * canceled or refused. `rows`: how many were selected. Rejects with the error of the storage.
 */
export async function acceptFindings(
  services: Services,
  organization: Organization,
  findings: readonly AcceptedFinding[],
  rows: number,
): Promise<string | undefined> {
  const title = prefixWithOrganization(organization, acceptTitle(rows));
  const until = await askUntil(title, organization.now());
  if (until === undefined) return undefined;
  const reason = await askForText({
    title,
    prompt: acceptTexts.reasonPrompt,
    placeHolder: acceptTexts.reasonExample,
    ignoreFocusOut: true,
    validateInput: (typed) => {
      if (typed.trim() === '') return acceptTexts.noReason;
      return typed.trim().length > longestReason ? reasonTooLong(longestReason) : undefined;
    },
  });
  if (reason === undefined || !(await ensureStillCurrent(services, organization))) return undefined;
  if (await organization.accepted.accept(findings, { reason, until })) return until;
  void window.showWarningMessage(prefixWithOrganization(organization, tooManyToAccept(rows)));
  return undefined;
}

/** Asks for the last day. `now` in milliseconds since 1970. */
async function askUntil(title: string, now: number): Promise<string | undefined> {
  const items = periods.map((days): UntilItem => {
    const until = isoDay(now + days * dayLength) ?? '';
    return { label: acceptFor(days), description: dayInWords(until), until };
  });
  const picked = await pickOne([...items, { label: acceptTexts.otherDay } satisfies UntilItem], {
    title,
    placeHolder: acceptTexts.untilQuestion,
    ignoreFocusOut: true,
  });
  if (!picked || picked.until !== undefined) return picked?.until;
  const typed = await askForText({
    title,
    prompt: acceptTexts.dayPrompt,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const day = text.trim();
      if (!isDay(day)) return acceptTexts.invalidDay;
      return isDayToCome(day, now) ? undefined : acceptTexts.pastDay;
    },
  });
  return typed?.trim();
}

import type { QuickPickItem } from 'vscode';
import type { HistoryFilter } from '../../access/evidence/history/filter';
import type { Organization } from '../../access/organization';
import { askForText, pickOne } from '../../editor/questions';
import { daysQuestion, filterHistoryTitle, lastDays } from '../../words/history';
import { prefixWithOrganization } from '../shared/organizationInView';

const dayLength = 24 * 60 * 60 * 1000;

interface DaysItem extends QuickPickItem {
  /** Number of days until now; undefined for the other choices. */
  readonly days?: number;
  readonly any?: true;
}

const choices: readonly DaysItem[] = [
  ...[7, 30, 90].map((days) => ({ label: lastDays(days), days })),
  { label: daysQuestion.custom },
  { label: daysQuestion.any, any: true },
];

/** Asks for a range of days in UTC. Undefined when canceled, empty for any. `now` in milliseconds since 1970. */
export async function askDays(
  organization: Organization,
  now: number,
): Promise<Pick<HistoryFilter, 'from' | 'to'> | undefined> {
  const title = prefixWithOrganization(organization, filterHistoryTitle);
  const picked = await pickOne(choices, {
    title,
    placeHolder: daysQuestion.placeHolder,
    ignoreFocusOut: true,
  });
  if (!picked) return undefined;
  if (picked.any) return {};
  if (picked.days !== undefined) return { from: startOfDayOf(now - picked.days * dayLength) };
  const from = await askDay(title, daysQuestion.start);
  if (from === undefined) return undefined;
  const to = await askDay(title, daysQuestion.end, from.at);
  if (to === undefined) return undefined;
  return {
    ...(from.at !== undefined && { from: from.at }),
    // The last day is included.
    ...(to.at !== undefined && { to: to.at + dayLength }),
  };
}

/** The filter is labeled with its first day, so all of that day is in it. */
function startOfDayOf(moment: number): number {
  return Math.floor(moment / dayLength) * dayLength;
}

async function askDay(
  title: string,
  prompt: string,
  notBefore = Number.NEGATIVE_INFINITY,
): Promise<{ readonly at: number | undefined } | undefined> {
  const text = await askForText({
    title,
    prompt,
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const at = dayOf(typed);
      if (typed.trim() === '') return undefined;
      if (at === undefined) return daysQuestion.noDate;
      return at < notBefore ? daysQuestion.endFirst : undefined;
    },
  });
  return text === undefined ? undefined : { at: dayOf(text) };
}

function dayOf(text: string): number | undefined {
  const [day] = /^\d{4}-\d{2}-\d{2}$/.exec(text.trim()) ?? [];
  const at = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`);
  // `Date.parse` accepts 2026-02-31.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? undefined : at;
}

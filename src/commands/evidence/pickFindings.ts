import { type QuickInputButton, type QuickPickItem, QuickPickItemKind, ThemeIcon } from 'vscode';
import type { Finding, FindingKind, NotReviewed, Review } from '../../access/evidence/review/finding';
import type { Organization } from '../../access/organization';
import { newPicker } from '../../editor/questions';
import { dayOf } from '../../text/dates';
import { escapeForMessage } from '../../text/plainText';
import { checkpointName } from '../../words/history';
import { count, projectName } from '../../words/names';
import { requestsInWords } from '../../words/requests';
import { titled } from '../shared/organizationInView';

/** What the person wants done with a review. */
export type ReviewAnswer =
  | { readonly does: 'stage'; readonly ticked: readonly Finding[] }
  | {
      readonly does: 'read';
      readonly ticked: readonly Finding[];
      readonly notReviewed: readonly NotReviewed[];
    }
  | { readonly does: 'export' };

interface ReviewItem extends QuickPickItem {
  readonly finding?: Finding;
  readonly gap?: NotReviewed;
}

const kinds: Readonly<Record<FindingKind, string>> = {
  ended: 'Model has ended',
  archived: 'Project is archived',
  unused90: 'Not used for 90 days or more',
  unused30: 'Not used for 30 days or more',
  endsSoon: 'Model ends within 60 days',
  everybody: 'Shared with everybody',
};

const exportButton: QuickInputButton = { iconPath: new ThemeIcon('export'), tooltip: 'Export This Review' };
const readButton: QuickInputButton = {
  iconPath: new ThemeIcon('cloud-download'),
  tooltip: 'Read What Was Not Reviewed',
};

/**
 * Shows findings to be ticked, by what is the matter with them. What was not reviewed stands below them and can be ticked,
 * too: then it is read first. Undefined when given up.
 */
export function pickFindings(
  organization: Organization,
  review: Review,
  ticked: readonly Finding[],
): Promise<ReviewAnswer | undefined> {
  const picker = newPicker<ReviewItem>();
  const readable = review.notReviewed.filter(({ requests }) => requests > 0);
  picker.title = titled(organization, 'Review Access: tick what is to be revoked');
  picker.placeholder = inShort(review);
  picker.canSelectMany = true;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.ignoreFocusOut = true;
  picker.buttons = readable.length > 0 ? [readButton, exportButton] : [exportButton];
  picker.items = itemsOf(organization, review);
  const names = new Set(ticked.map(nameOf));
  picker.selectedItems = picker.items.filter(({ finding }) => finding && names.has(nameOf(finding)));
  return new Promise((resolve) => {
    const chosen = () => picker.selectedItems.flatMap(({ finding }) => finding ?? []);
    const end = (answer: ReviewAnswer | undefined): void => {
      resolve(answer);
      picker.hide();
    };
    picker.onDidTriggerButton((button) =>
      end(
        button === exportButton
          ? { does: 'export' }
          : { does: 'read', ticked: chosen(), notReviewed: readable },
      ),
    );
    picker.onDidAccept(() => {
      const gaps = picker.selectedItems.flatMap(({ gap }) => (gap && gap.requests > 0 ? gap : []));
      if (gaps.length > 0) end({ does: 'read', ticked: chosen(), notReviewed: gaps });
      else end(chosen().length > 0 ? { does: 'stage', ticked: chosen() } : undefined);
    });
    picker.onDidHide(() => {
      picker.dispose();
      resolve(undefined);
    });
    picker.show();
  });
}

function inShort({ findings, grants, notReviewed }: Review): string {
  const found = findings.length === 0 ? 'Nothing found' : count(findings.length, 'finding');
  const gaps = notReviewed.length === 0 ? '' : `; ${count(notReviewed.length, 'thing')} not reviewed`;
  return `${found} in ${count(grants, 'grant')} that were read${gaps}`;
}

function itemsOf(organization: Organization, { findings, notReviewed }: Review): ReviewItem[] {
  const items: ReviewItem[] = [];
  let kind: FindingKind | undefined;
  for (const finding of findings) {
    if (finding.kind !== kind) items.push(separator(kinds[finding.kind]));
    kind = finding.kind;
    items.push(itemOf(organization, finding));
  }
  if (notReviewed.length > 0) items.push(separator('Not reviewed: tick to read it first'));
  return [...items, ...notReviewed.map(gapItem)];
}

function gapItem(gap: NotReviewed): ReviewItem {
  const { checkpoint, what, requests } = gap;
  const subject = checkpoint === undefined ? '' : `${checkpointName(checkpoint)}: `;
  return {
    gap,
    label: `$(question) ${escapeForMessage(`${subject}${what}`, 300)}`,
    ...(checkpoint !== undefined && { description: escapeForMessage(checkpoint, 200) }),
    detail: requests > 0 ? requestsInWords(requests) : 'Reading it again would not help',
  };
}

function itemOf(organization: Organization, finding: Finding): ReviewItem {
  const { checkpoint, access, reason, readAt } = finding;
  const [only] = access;
  const who =
    access.length === 1 && only ? projectName(organization, only.project) : count(access.length, 'project');
  const ids =
    access.length === 1 ? ` · ${only?.permissions.map(({ id }) => escapeForMessage(id, 60)).join(', ')}` : '';
  return {
    finding,
    label: `${who} · ${escapeForMessage(checkpointName(checkpoint), 100)}`,
    description: `${escapeForMessage(checkpoint, 200)}${ids}`,
    detail: `${escapeForMessage(reason, 300)}. Permissions as read ${dayOf(readAt)}.`,
  };
}

function separator(label: string): ReviewItem {
  return { label, kind: QuickPickItemKind.Separator };
}

/** The same finding of a later review. */
function nameOf({ kind, checkpoint, access }: Finding): string {
  return JSON.stringify([kind, checkpoint, access.length === 1 ? access[0]?.project : '']);
}

import { type QuickInputButton, type QuickPickItem, QuickPickItemKind, ThemeIcon } from 'vscode';
import type { Finding, FindingKind, NotReviewed, Review } from '../../access/evidence/review/finding';
import type { Organization } from '../../access/organization';
import { newPicker } from '../../editor/questions';
import { metadata } from '../../text/lists';
import { escapeForMessage } from '../../text/plainText';
import { findingKindInWords, reasonInWords } from '../../words/findings';
import { checkpointLabel, checkpointName, projectName } from '../../words/names';
import { requestsInWords } from '../../words/requests';
import {
  findingAge,
  notReviewedInWords,
  onlyFirstFindings,
  projectsInWords,
  reviewInShort,
  reviewTexts,
} from '../../words/review';
import { prefixWithOrganization } from '../shared/organizationInView';

/** The person's choice in a review. */
export type ReviewAnswer =
  | { readonly does: 'stage'; readonly selected: readonly Finding[] }
  | {
      readonly does: 'load';
      readonly selected: readonly Finding[];
      readonly notReviewed: readonly NotReviewed[];
    }
  | { readonly does: 'export' };

/** The most findings in the list: more rows would block the extension host. An export has all of them. */
const mostListed = 1000;

interface ReviewItem extends QuickPickItem {
  readonly finding?: Finding;
  readonly gap?: NotReviewed;
}

const exportButton: QuickInputButton = { iconPath: new ThemeIcon('export'), tooltip: reviewTexts.export };
const loadButton: QuickInputButton = {
  iconPath: new ThemeIcon('cloud-download'),
  tooltip: reviewTexts.loadMissing,
};

/**
 * Asks for findings, listed by kind. Lists that were not reviewed are below; selected ones are loaded first. Undefined
 * when canceled.
 */
export function pickFindings(
  organization: Organization,
  review: Review,
  selected: readonly Finding[],
): Promise<ReviewAnswer | undefined> {
  const picker = newPicker<ReviewItem>();
  const loadable = review.notReviewed.filter(({ requests }) => requests > 0);
  picker.title = prefixWithOrganization(organization, reviewTexts.title);
  picker.placeholder = reviewInShort(review);
  picker.canSelectMany = true;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.ignoreFocusOut = true;
  picker.buttons = loadable.length > 0 ? [loadButton, exportButton] : [exportButton];
  picker.items = itemsOf(organization, review);
  const keys = new Set(selected.map(findingKey));
  picker.selectedItems = picker.items.filter(({ finding }) => finding && keys.has(findingKey(finding)));
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
          : { does: 'load', selected: chosen(), notReviewed: loadable },
      ),
    );
    picker.onDidAccept(() => {
      const gaps = picker.selectedItems.flatMap(({ gap }) => (gap && gap.requests > 0 ? gap : []));
      if (gaps.length > 0) end({ does: 'load', selected: chosen(), notReviewed: gaps });
      else end(chosen().length > 0 ? { does: 'stage', selected: chosen() } : undefined);
    });
    picker.onDidHide(() => {
      picker.dispose();
      resolve(undefined);
    });
    picker.show();
  });
}

function itemsOf(organization: Organization, { findings, notReviewed, at }: Review): ReviewItem[] {
  const items: ReviewItem[] = [];
  let kind: FindingKind | undefined;
  for (const finding of findings.slice(0, mostListed)) {
    if (finding.kind !== kind) items.push(separator(findingKindInWords[finding.kind]));
    kind = finding.kind;
    items.push(itemOf(organization, finding, at));
  }
  if (findings.length > mostListed) items.push(separator(onlyFirstFindings(mostListed, findings.length)));
  if (notReviewed.length > 0) items.push(separator(reviewTexts.notReviewed));
  return [...items, ...notReviewed.map((gap) => gapItem(organization, gap, at))];
}

function gapItem(organization: Organization, gap: NotReviewed, now: number): ReviewItem {
  const { requests } = gap;
  return {
    gap,
    label: `$(question) ${escapeForMessage(
      notReviewedInWords(gap, (id) => checkpointName(id, organization), now),
      300,
    )}`,
    ...(gap.about === 'checkpoint' && { description: escapeForMessage(gap.checkpoint, 200) }),
    detail: requests > 0 ? requestsInWords(requests) : reviewTexts.uselessToLoad,
  };
}

function itemOf(organization: Organization, finding: Finding, now: number): ReviewItem {
  const { checkpoint, access } = finding;
  const [only] = access.length === 1 ? access : [];
  const who = only ? projectName(organization, only.project) : projectsInWords(access.length);
  const ids = only?.permissions.map(({ id }) => escapeForMessage(id, 60)) ?? [];
  const name = (project: string): string => projectName(organization, project);
  const reason = escapeForMessage(reasonInWords(finding, name, now), 300);
  return {
    finding,
    label: metadata(who, checkpointLabel(checkpoint, organization)),
    description: metadata(escapeForMessage(checkpoint, 200), ids.join(', ')),
    detail: metadata(reason, findingAge(finding, now)),
  };
}

function separator(label: string): ReviewItem {
  return { label, kind: QuickPickItemKind.Separator };
}

/** Identifies a finding in a later review. */
function findingKey({ kind, checkpoint, access }: Finding): string {
  return JSON.stringify([kind, checkpoint, access.length === 1 ? access[0]?.project : '']);
}

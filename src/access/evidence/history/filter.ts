import { hasTerms, type SearchedText, searchTerms } from '../../../text/searchTerms';
import { type Change, isBy, type Person, personsOf } from './change';

/** A filter of the history. An absent field matches every change. */
export interface HistoryFilter {
  readonly checkpoint?: string;
  readonly project?: string;
  readonly person?: Person;
  readonly action?: Change['action'];
  /** Milliseconds since 1970, inclusive. */
  readonly from?: number;
  /** Milliseconds since 1970, exclusive. */
  readonly to?: number;
  /** Words that the text of a row must have, as it was typed. */
  readonly text?: string;
}

/** What a filter looks at. */
export interface FilteredFacts extends Pick<Change, 'at' | 'action' | 'checkpoint' | 'project'> {
  readonly persons: readonly Person[];
  /** The log names no actor, so it may be anybody. */
  readonly isActorUnknown: boolean;
  /** The text of the row, folded. Called only where a filter has a text. */
  text(): SearchedText;
}

/** Gives the text of a change's row, folded, which the text of a filter is sought in. */
export type TextOfChange = (change: Change) => SearchedText;

/** Whether a filter shows a change: undefined if it may, but a value that decides it is unknown. */
export type Judge = (facts: FilteredFacts) => boolean | undefined;

/** The result of filtering a history. */
export interface FilteredHistory {
  readonly shown: readonly Change[];
  /** The number of changes that may match, but a value that decides it is unknown. They are not shown. */
  readonly undecided: number;
}

const validators: Readonly<Record<keyof HistoryFilter, (value: unknown) => boolean>> = {
  checkpoint: isText,
  project: isText,
  person: (value) => {
    const { kind, id } = (value ?? {}) as Partial<Record<keyof Person, unknown>>;
    return (kind === 'actor' || kind === 'account') && isText(id);
  },
  action: (value) => value === 'granted' || value === 'revoked',
  from: isMoment,
  to: isMoment,
  text: isText,
};

/** The valid fields of a filter that was stored or sent. `isWhole`: it has no other field. */
export function parseHistoryFilter(value: unknown): {
  readonly filter: HistoryFilter;
  readonly isWhole: boolean;
} {
  if (typeof value !== 'object' || value === null) return { filter: {}, isWhole: false };
  const given = Object.entries(value);
  const valid = given.filter(
    ([field, each]) => Object.hasOwn(validators, field) && validators[field as keyof HistoryFilter](each),
  );
  return { filter: Object.fromEntries(valid), isWhole: valid.length === given.length };
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= maxText;
}

/** Longer texts are a mistake. */
const maxText = 1000;

/** Within the dates that JavaScript has. */
function isMoment(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15;
}

export function isFilteringHistory(filter: HistoryFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined && value !== '');
}

/** The one judge of what a filter shows. */
export function judgeOf({ checkpoint, project, person, action, from, to, text = '' }: HistoryFilter): Judge {
  const terms = searchTerms(text);
  return (facts) => {
    if (action !== undefined && facts.action !== action) return false;
    if ((from !== undefined && facts.at < from) || (to !== undefined && facts.at >= to)) return false;
    const isOfCheckpoint = matches(facts.checkpoint, checkpoint);
    const isOfProject = matches(facts.project, project);
    const isByPerson = person === undefined || isBy(facts, person);
    if (isOfCheckpoint === false || isOfProject === false || isByPerson === false) return false;
    if (terms.length > 0 && !hasTerms(terms, facts.text())) return false;
    return isOfCheckpoint && isOfProject && isByPerson;
  };
}

/** What a filter looks at in a change. */
export function filteredFacts(change: Change, textOf: TextOfChange): FilteredFacts {
  const { at, action, checkpoint, project } = change;
  return {
    at,
    action,
    ...(checkpoint !== undefined && { checkpoint }),
    ...(project !== undefined && { project }),
    persons: personsOf(change),
    isActorUnknown: change.logged?.actor === undefined,
    text: () => textOf(change),
  };
}

/** The changes that a filter shows. */
export function filterHistory(
  changes: readonly Change[],
  filter: HistoryFilter,
  textOf: TextOfChange,
): FilteredHistory {
  const judge = judgeOf(filter);
  const shown: Change[] = [];
  let undecided = 0;
  for (const change of changes) {
    const isShown = judge(filteredFacts(change, textOf));
    if (isShown) shown.push(change);
    else if (isShown === undefined) undecided += 1;
  }
  return { shown, undecided };
}

/** Whether a value matches; undefined if the value is unknown. */
function matches(value: string | undefined, wanted: string | undefined): boolean | undefined {
  if (wanted === undefined) return true;
  return value === undefined ? undefined : value === wanted;
}

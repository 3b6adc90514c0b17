import { fold } from './fold';

/** What a prefix of a search restricts a word to. */
export type SearchPlace = 'model' | 'project';

/** A word of a search, folded. `only`: what a prefix restricts it to. */
export interface SearchTerm {
  readonly text: string;
  readonly only?: SearchPlace;
}

/** More than anyone types, in characters. The rest of a longer search is ignored. */
const longest = 1000;

/** A word, or several in quotation marks, after a prefix or none. A quotation mark without another one ends at the end. */
const pattern = /(?:(model|project):)?(?:"([^"]*)(?:"|$)|(\S*))/giu;

/**
 * The words of a search. `model:` and `project:` before a word, or before words in quotation marks, restrict it. The
 * Access page has one search for all tabs, so this is what it means in each of them.
 */
export function searchTerms(search: string): SearchTerm[] {
  return [...search.slice(0, longest).matchAll(pattern)].flatMap(([, prefix, quoted, word]): SearchTerm[] => {
    const text = fold(quoted ?? word ?? '').trim();
    if (text === '') return [];
    const only = prefix?.toLowerCase();
    return only === 'model' || only === 'project' ? [{ text, only }] : [{ text }];
  });
}

/** Gives the text of a row, or the part of it that a prefix restricts a word to. */
export type SearchedText = (only?: SearchPlace) => string;

/** The same text, folded when it is first looked for. */
export function foldedOnce(textOf: SearchedText): SearchedText {
  const known = new Map<SearchPlace | undefined, string>();
  return (only) => {
    let text = known.get(only);
    if (text === undefined) {
      text = fold(textOf(only));
      known.set(only, text);
    }
    return text;
  };
}

/** Whether a folded text has every word. */
export function hasTerms(terms: readonly SearchTerm[], textOf: SearchedText): boolean {
  return terms.every(({ text, only }) => textOf(only).includes(text));
}

import { fold } from '../../text/fold';

/** A word of the page's search, folded. `only`: what a prefix restricts it to. */
export interface SearchTerm {
  readonly text: string;
  readonly only?: 'model' | 'project';
}

/** A word, or several in quotation marks, after a prefix or none. A quotation mark without another one ends at the end. */
const pattern = /(?:(model|project):)?(?:"([^"]*)(?:"|$)|(\S*))/giu;

/** The words of the page's search. `model:` and `project:` before a word, or before words in quotation marks, restrict it. */
export function searchTerms(search: string): SearchTerm[] {
  return [...search.matchAll(pattern)].flatMap(([, prefix, quoted, word]): SearchTerm[] => {
    const text = fold(quoted ?? word ?? '').trim();
    if (text === '') return [];
    const only = prefix?.toLowerCase();
    return only === 'model' || only === 'project' ? [{ text, only }] : [{ text }];
  });
}

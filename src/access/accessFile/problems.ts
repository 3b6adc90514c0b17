import type { NotCheckpoint, NotProject } from '../ids/checkpointId';
import type { TextRange } from './accessFile';
import type { NotOrganization } from './fileIds';

/** The kinds of objects in a file. */
export type FileObject = 'file' | 'limits' | 'checkpoint' | 'grant' | 'acceptance';

/** The types of JSON. `integer` is what a value should have been. */
export type JSONKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
export type ExpectedKind = 'object' | 'array' | 'string' | 'integer';

/** What is wrong with a text that is no JSON with comments. */
export type SyntaxFault =
  | 'invalidSymbol'
  | 'invalidNumber'
  | 'propertyNameExpected'
  | 'valueExpected'
  | 'colonExpected'
  | 'commaExpected'
  | 'closeBraceExpected'
  | 'closeBracketExpected'
  | 'endOfFileExpected'
  | 'unterminatedComment'
  | 'unterminatedString'
  | 'invalidCharacter'
  | 'invalidEscape'
  | 'empty';

/** What is wrong with an access file. Texts of the file are neither shortened nor escaped. */
export type ProblemFacts =
  | { readonly kind: 'syntax'; readonly fault: SyntaxFault }
  | { readonly kind: 'fileTooLong'; readonly most: number }
  | { readonly kind: 'tooDeep'; readonly most: number }
  /** `key`: of the property; absent for an item of an array, and for the whole file. */
  | {
      readonly kind: 'wrongType';
      readonly key?: string;
      readonly expected: ExpectedKind;
      readonly found: JSONKind;
    }
  | {
      readonly kind: 'unknownKey';
      readonly key: string;
      readonly of: FileObject;
      readonly known: readonly string[];
    }
  | { readonly kind: 'duplicateKey'; readonly key: string; readonly firstLine: number }
  | { readonly kind: 'duplicateCheckpoint'; readonly checkpoint: string; readonly firstLine: number }
  | { readonly kind: 'duplicateGrant'; readonly project: string; readonly firstLine: number }
  | { readonly kind: 'duplicateAcceptance'; readonly firstLine: number }
  | { readonly kind: 'missingKey'; readonly key: string; readonly of: FileObject }
  | { readonly kind: 'wrongVersion'; readonly found: number }
  | { readonly kind: 'notRemovals'; readonly most: number }
  | { readonly kind: 'notOwnership'; readonly text: string }
  | { readonly kind: 'notFinding'; readonly text: string; readonly known: readonly string[] }
  | { readonly kind: 'notOrganization'; readonly text: string; readonly why: NotOrganization }
  | { readonly kind: 'notCheckpoint'; readonly text: string; readonly why: NotCheckpoint }
  | { readonly kind: 'notProject'; readonly text: string; readonly why: NotProject }
  /** `noSuchDay`: of the right form, as February 30. */
  | { readonly kind: 'notDay'; readonly text: string; readonly why: 'form' | 'noSuchDay' }
  | { readonly kind: 'blank'; readonly key: string }
  | { readonly kind: 'tooLong'; readonly key: string; readonly most: number }
  /** A text holds an API key, which is not repeated here. */
  | { readonly kind: 'holdsKey'; readonly key: string };

/** A problem of an access file, with its place. Line and column start at 1, and count as the editor does. */
export type AccessFileProblem = ProblemFacts & TextRange & { readonly line: number; readonly column: number };

/** Finds the lines of a text. They end as in the editor: with `\n`, `\r\n`, or `\r`. */
export class Lines {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) this.#starts.push(index + end.length);
  }

  /** The line and the column of an offset, from 1. */
  at(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}

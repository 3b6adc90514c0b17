import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { isPhrase, type StringToken, type Token, tokensOf } from './tokens';

export interface Phrase extends StringToken {
  /** With slashes, from the root of the project. */
  readonly file: string;
}

export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => relative('.', join(folder, name)).replaceAll(sep, '/'))
    .sort();
}

export function tokensIn(file: string): Token[] {
  try {
    return tokensOf(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${String(error)}`);
  }
}

/** Every string of two words or more in the files of a folder. */
export function phrasesUnder(folder: string): Phrase[] {
  return filesUnder(folder).flatMap((file) =>
    tokensIn(file)
      .filter((token) => token.kind === 'string')
      .filter(({ text }) => isPhrase(text))
      .map((token) => ({ ...token, file })),
  );
}

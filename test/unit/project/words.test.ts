import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type AllowedStrings, allowedStrings } from './allowedStrings';
import { filesUnder, type Phrase, phrasesUnder, tokensIn } from './phrases';
import { isPhrase } from './tokens';

/**
 * Banned phrases: VS Code and the API have other words, or English has plainer ones. Phrases instead of words, because
 * most of these words are right elsewhere.
 */
const banned: Readonly<Record<string, readonly string[]>> = {
  'load, refresh': [
    'read again',
    'read back',
    'read completely',
    'read whole',
    'read so far',
    'as read',
    'just read',
    'not read',
    'not been read',
    'could not be read',
  ],
  'loaded, unknown': ['not known', 'as known at', 'is known of', 'known from', 'as far as is known'],
  'shut down': [
    'ends soon',
    'end soon',
    'ended already',
    'has ended',
    'have ended',
    'no end is known',
    'end is known',
  ],
  'change, permission': [
    'choose steps',
    'more steps',
    'steps done',
    'a grant',
    'the grants',
    'a revoke',
    'the revokes',
  ],
  'base URL, host': ['another address', 'other address', 'an address of its own'],
  'your checkpoint list': ['in the list yet', 'in the list already'],
  'already in effect': ['so already', 'done already'],
  'undo, restore': ['take back', 'taken back', 'put back'],
  'skipped, canceled': ['left out', 'leaves out', 'broke off', 'breaks off', 'cancelled', 'cancelling'],
  'change history on this computer': ['journal', 'journal of'],
  'the API reported': [
    'asked of',
    'the server said',
    'the server says',
    'the server told',
    'the server tells',
    'the server asks',
    'what answered',
    'told by',
  ],
  'expand, collapse, select, clear': [
    'unfold',
    'unfolded',
    'fold',
    'folded',
    'tick',
    'ticked',
    'untick',
    'unticked',
  ],
  'someone, no one': ['somebody', 'nobody', 'whoever', 'everybody', 'anybody'],
  'plain English': [
    'anew',
    'meanwhile',
    'as a rule',
    'by itself',
    'for itself',
    'so many',
    'but for',
    'the other way round',
    'begin again',
    'go on',
    'goes on',
    'asks no more',
    'ask no more',
    'cannot be told',
    'in vain',
  ],
  'the titles of commands': [
    'set admin key',
    'remove admin key',
    'add project key',
    'remove project key',
    'explore a sample organization',
    'leave the sample organization',
    'refresh checkpoint',
    'refresh projects',
    'undo last change',
    'show interrupted changes',
    'group by fine-tuned model',
    'show as flat list',
    'show only what a project can use',
    'show what ends soon',
    'read who has access',
    'complete by project',
    'show its history',
    'view by project',
  ],
};

/** The files that hold sentences of the interface; elsewhere a phrase of the code may happen to be one of these. */
const words = filesUnder('src/words').flatMap((file) =>
  tokensIn(file)
    .filter((token) => token.kind === 'string')
    .map((token) => ({ ...token, file })),
);

/** What `package.json` shows to a person. */
function shownByManifest(): string[] {
  const { description, contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
  const texts: string[] = [description];
  JSON.stringify(contributes, (key, value) => {
    if (
      ['title', 'name', 'contents', 'description', 'markdownDescription'].includes(key) &&
      typeof value === 'string'
    )
      texts.push(value);
    return value;
  });
  return texts;
}

/** The README without its code. */
const readme = readFileSync('README.md', 'utf8')
  .replaceAll(/^```[\s\S]*?^```$/gm, '')
  .replaceAll(/`[^`]*`/g, '`…`');

/** Names of facts in exported JSON, which others may rely on; people are shown their labels. */
const namesInJSON = new Set(['Audit log read back to']);

interface Said {
  readonly where: string;
  readonly text: string;
}

const said: readonly Said[] = [
  // Keys and paths are no words, and names in exported JSON stay as they were.
  ...words
    .filter(({ text }) => isPhrase(text) && !namesInJSON.has(text))
    .map(({ file, line, text }) => ({ where: `${file}:${line}`, text })),
  ...shownByManifest().map((text) => ({ where: 'package.json', text })),
  ...readme.split('\n').map((text, index) => ({ where: `README.md, line ${index + 1} without code`, text })),
];

function matching(pattern: RegExp, texts: readonly Said[] = said): string[] {
  return texts.filter(({ text }) => pattern.test(text)).map(({ where, text }) => `${where}: ${text}`);
}

function isAllowed({ file, text }: Phrase, { files, strings }: AllowedStrings): boolean {
  const isIn = files === file || (files.endsWith('/') && file.startsWith(files));
  return (
    isIn &&
    (strings === 'all' ||
      strings.some((each) => (typeof each === 'string' ? each === text : each.test(text))))
  );
}

describe('the sentences', () => {
  const elsewhere = phrasesUnder('src').filter(({ file }) => !file.startsWith('src/words/'));

  it('are in src/words/; any other string of two words or more is in the list of those that are none', () => {
    const fresh = elsewhere.filter((phrase) => !allowedStrings.some((each) => isAllowed(phrase, each)));
    const list = fresh.map(({ file, line, text }) => `  ${file}:${line}: ${JSON.stringify(text)}`).join('\n');
    const hint =
      'Move these to src/words/, or say in test/unit/project/allowedStrings.ts why they are no sentences:';
    assert.ok(fresh.length === 0, `${hint}\n${list}`);
  });

  it('of that list are all needed', () => {
    const stale = allowedStrings.flatMap((each) => {
      const { files, strings } = each;
      const parts = strings === 'all' ? [each] : strings.map((text) => ({ ...each, strings: [text] }));
      return parts
        .filter((part) => !elsewhere.some((phrase) => isAllowed(phrase, part)))
        .map((part) => `${files}: ${String(part.strings)}`);
    });
    assert.deepEqual(stale, []);
  });

  for (const [right, wrong] of Object.entries(banned)) {
    it(`say ${right}`, () => {
      const found = wrong.flatMap((phrase) => matching(new RegExp(`(?<![\\w-])${phrase}(?![\\w-])`, 'i')));
      assert.deepEqual(found, []);
    });
  }

  it('say ID and IDs', () => assert.deepEqual(matching(/(?<=^|\s)(?:Ids?|ids?)(?=[\s.,:…)]|$)/), []));

  it('have no semicolons and no typographic apostrophes', () => {
    const inWords = words.map(({ file, line, text }) => ({ where: `${file}:${line}`, text }));
    const inManifest = shownByManifest().map((text) => ({ where: 'package.json', text }));
    assert.deepEqual(matching(/;|’/, [...inWords, ...inManifest]), []);
  });
});

describe('the display language', () => {
  const elsewhere = filesUnder('src').filter((file) => !file.startsWith('src/text/'));

  it('is chosen in src/text/ alone', () => {
    const literal = elsewhere.flatMap((file) =>
      tokensIn(file)
        .filter(({ kind, text }) => kind === 'string' && /^(?:[a-z]{2}-[A-Z]{2}|en)$/.test(text))
        .map(({ line, text }) => `${file}:${line}: ${text}`),
    );
    assert.deepEqual(literal, []);
  });

  it('formats in src/text/ alone', () => {
    const formatting = elsewhere.filter((file) => {
      const source = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      return /\bIntl\.|\.toLocale(?:Date|Time)?String\(|\.localeCompare\(/.test(source);
    });
    assert.deepEqual(formatting, []);
  });
});

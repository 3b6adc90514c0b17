import assert from 'node:assert/strict';
import { decodeText } from '../../../src/access/discovery/decodeText';
import { escapeFormulas, toCSV } from '../../../src/access/evidence/export/csv';
import { formatTable } from '../../../src/access/evidence/export/formatTable';
import { escapeMarkdown } from '../../../src/access/evidence/export/markdown';
import { type ExportTable, textCell } from '../../../src/access/evidence/export/table';
import { readAccessError } from '../../../src/access/explain/accessError';
import { factsOf } from '../../../src/access/failures';
import { parseCheckpointId, whyNotProject, whyRefused } from '../../../src/access/ids/checkpointId';
import { pastedIds, pastedProjects } from '../../../src/access/ids/pastedProjects';
import { isStrictId, scannedIdAt, scannedIds } from '../../../src/access/ids/scannedIds';
import { LookAlikes } from '../../../src/access/lookAlikes';
import { atOnce } from '../../../src/access/slices';
import { checkBaseURL } from '../../../src/openai/baseUrl';
import { connectionError } from '../../../src/openai/connectionError';
import { APIError } from '../../../src/openai/errors';
import { pathSegment } from '../../../src/openai/path';
import { jsonOf, responseError } from '../../../src/openai/responseErrors';
import { retryAfter } from '../../../src/openai/retry';
import { proxyOf } from '../../../src/openai/undici/proxy';
import { fold, searchWords } from '../../../src/text/fold';
import { escapeForMessage, pastedForMessage, plainText, visibleAndShort } from '../../../src/text/plainText';
import {
  containsKey,
  presentable,
  rememberKey,
  withoutKeys,
  withoutKeysInResponse,
} from '../../../src/text/redact';
import { searchTerms } from '../../../src/text/searchTerms';
import { curl } from '../../../src/views/details/curl';
import { addressOf, parseSubject } from '../../../src/views/details/subject';
import { asCode, asMarkdown } from '../../../src/views/markdown/escape';
import { explain } from '../../../src/words/errors';
import { headings } from '../../../src/words/exports/parts';
import { checkpointLabel, checkpointName } from '../../../src/words/names';
import { growthOf } from '../../growth/texts';

/** Made up, and of repetitions, so that a search for it has much to compare. */
const key = ['sk', 'proj', 'sk-sk-sk-sk-sk-sk', 'Zz'].join('-');

function tolerant(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

function table(text: string): ExportTable {
  return {
    title: text,
    facts: [{ name: 'a', label: text, text }],
    missing: [text],
    columns: [{ id: 'a', title: text }],
    rows: [[textCell(text)]],
    headings,
  };
}

const answer = (body: string, status: number, headers: Record<string, string> = {}) => ({
  status,
  body,
  headers: { 'content-type': 'text/html', ...headers },
});

/** Every function that gets text of a server, a file, the clipboard or another program. A new one belongs here. */
const functions: Readonly<Record<string, (text: string) => unknown>> = {
  presentable: (text) => presentable(text, [key]),
  'presentable, without a limit in effect': (text) => presentable(text, [key], text.length),
  withoutKeys,
  withoutKeysInResponse: (text) => withoutKeysInResponse()(text),
  containsKey,
  plainText: (text) => plainText(text),
  'plainText, without a limit in effect': (text) => plainText(text, text.length),
  escapeForMessage: (text) => escapeForMessage(text),
  pastedForMessage: (text) => pastedForMessage(text, 80),
  visibleAndShort: (text) => visibleAndShort(text),
  fold,
  searchWords,
  searchTerms: (text) => searchTerms(text),
  LookAlikes: (text) => new LookAlikes([['proj_a', text]]).isShared('proj_b', `${text}x`),
  asMarkdown: (text) => asMarkdown(text),
  asCode: (text) => asCode(text),
  escapeMarkdown: (text) => escapeMarkdown(text),
  'escapeFormulas with commas': (text) => escapeFormulas(text, ','),
  'escapeFormulas with semicolons': (text) => escapeFormulas(text, ';'),
  toCSV: (text) => [...toCSV(table(text), ',')],
  'formatTable as Markdown': (text) => [...atOnce(formatTable(table(text), 'markdown')).pieces],
  parseCheckpointId: (text) => parseCheckpointId(`ft:a:${text}`),
  whyRefused,
  whyNotProject,
  checkpointName: (text) => checkpointName(text),
  checkpointLabel: (text) => checkpointLabel(text),
  pastedIds,
  pastedProjects: (text) => pastedProjects(text, ['proj_a']),
  scannedIds,
  scannedIdAt: (text) => scannedIdAt(text, text.length / 2),
  isStrictId,
  readAccessError: (text) => readAccessError(text, text.length),
  'readAccessError, in a sentence': (text) =>
    readAccessError(`Project \`proj_a\` ${text} model ${text}`, text.length * 2),
  decodeText: (text) => decodeText(Buffer.from(text)),
  checkBaseURL: (text) => tolerant(() => checkBaseURL(`https://host/${text}`)),
  proxyOf: (text) => tolerant(() => proxyOf('https://host', { env: {}, noProxy: [text], httpProxy: text })),
  pathSegment: (text) => tolerant(() => pathSegment(text)),
  retryAfter: (text) => retryAfter({ 'retry-after': text, 'retry-after-ms': text }, 0),
  'a web page as an answer': (text) => tolerant(() => jsonOf(answer(text, 200), [key])),
  'JSON as an answer': (text) =>
    tolerant(() => jsonOf(answer(JSON.stringify({ text }), 200, { 'content-type': 'a/json' }), [key])),
  'a page that refuses': (text) => responseError(answer(text, 500), [key], 0),
  'an error that refuses': (text) =>
    responseError(answer(JSON.stringify({ error: { message: text, code: text } }), 401), [key], 0),
  'headers of an answer': (text) =>
    responseError(answer('', 302, { location: text, 'x-a': text, 'content-type': text }), [key], 0),
  'missing scopes': (text) => new APIError(401, { message: `missing scopes: ${text}` }, undefined, undefined),
  'a failed connection': (text) => explain(connectionError(new Error(text, { cause: text }), 'host', [key])),
  'a failure of the system': (text) => factsOf(new Error(text)),
  curl: (text) => curl('https://host', { method: 'POST', segments: [text], body: { a: text } }),
  addressOf: (text) => addressOf({ kind: 'organization' }, text),
  parseSubject: (text) => parseSubject(text),
};

/** What a hostile text is made of. */
const alphabets: readonly string[] = [
  'a.',
  '<title ',
  'a://a@',
  's\u200b',
  'authorization: a ',
  ' ',
  '\'"`',
  ')]}>\\',
  '/',
  '\u0301\u0323',
  '\ud800',
];

/** More of them, for functions that look for just this. */
const special: Readonly<Record<string, readonly string[]>> = {
  withoutKeys: ['sk-proj-sk-sk-', '&#x73;', '%73', '\\u0073'],
  containsKey: ['sk-', 'sk-a1'],
  presentable: ['cookie=', '\u202e', '\n'],
  fold: ['\u0130\u00df\u03c3', '\ufdfa', 'a\u0323\u0301'],
  'escapeFormulas with commas': ['=;', ';'],
  'escapeFormulas with semicolons': ['=,', ','],
  parseCheckpointId: ['a:', ':ckpt-step-1', '0'],
  whyRefused: ['a:', 'ft:a:', 'a.ft-0a'],
  scannedIds: ['a:', 'ft:a:', 'ft:a.b:c:d:Ab12Cd34', 'a:ft-a-', 'a.ft-0a', ':ckpt-step-1', '-2024-01-01'],
  readAccessError: ['project ', 'model `', 'proj_a', 'ft:a', '\\u0060', '\\', 'not found', 'model a not '],
  'readAccessError, in a sentence': ['does not have access to model ', '`'],
  pastedIds: ['proj_a,', '([{<'],
  decodeText: ['\u0000', 'a\u0000'],
  'missing scopes': ['a:a,', 'missing scopes: ', 'a:a, '],
  'a page that refuses': ['<title', '<title>', '<'],
};

describe('Truth 13: a hostile text takes time in proportion to its length', () => {
  before(() => rememberKey(key));

  for (const [name, work] of Object.entries(functions)) {
    it(`in ${name}`, function () {
      this.timeout(120_000);
      for (const alphabet of [...alphabets, ...(special[name] ?? [])]) {
        const textOf = (length: number): string =>
          alphabet.repeat(Math.ceil(length / alphabet.length)).slice(0, length);
        const { length, once, twice, isLinear } = growthOf(work, textOf);
        const times = `${once.toFixed(1)} ms for ${length} and ${twice.toFixed(1)} ms for twice as many`;
        assert.ok(isLinear, `${JSON.stringify(alphabet)}: ${times}`);
      }
    });
  }
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OpenAIError } from '../../../src/openai';
import { pathOf, pathSegment, queryOf } from '../../../src/openai/path';

describe('Paths', () => {
  const encoded: Record<string, string> = {
    'ft:gpt-4o-mini-2024-07-18:acme::B7R9VjQd:ckpt-step-16':
      'ft:gpt-4o-mini-2024-07-18:acme::B7R9VjQd:ckpt-step-16',
    "a-._~!$&'()*+,;=:@z": "a-._~!$&'()*+,;=:@z",
    'a/b': 'a%2Fb',
    'a?b#c%d e': 'a%3Fb%23c%25d%20e',
    '%2e': '%252e',
    '%2e%2E': '%252e%252E',
    '...': '...',
    '../..': '..%2F..',
    'a\\b"<>^`{|}': 'a%5Cb%22%3C%3E%5E%60%7B%7C%7D',
    'modèle\r\nx': 'mod%C3%A8le%0D%0Ax',
  };
  for (const [id, segment] of Object.entries(encoded))
    it(`writes ${JSON.stringify(id)} as ${segment}`, () => assert.equal(pathSegment(id), segment));

  for (const id of ['', '.', '..', '\ud800'])
    it(`refuses ${JSON.stringify(id)}`, () => assert.throws(() => pathSegment(id), OpenAIError));

  it('keeps every id one segment that reads back as itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (id) => {
        fc.pre(id !== '.' && id !== '..');
        const url = new URL(`http://host/v1${pathOf(['a', id, 'b'])}`);
        const segments = url.pathname.split('/');
        assert.deepEqual(segments.map(decodeURIComponent), ['', 'v1', 'a', id, 'b']);
        assert.equal(url.search + url.hash, '');
      }),
    );
  });
});

describe('Queries', () => {
  it('hold only what is given', () => {
    assert.equal(queryOf({ after: undefined, limit: null, order: 'ascending' }), '?order=ascending');
    assert.equal(queryOf({}), '');
    assert.equal(
      queryOf({ limit: 0, include_archived: false, after: '' }),
      '?limit=0&include_archived=false&after=',
    );
  });

  it('encode names and values, and repeat a key for a list', () => {
    assert.equal(queryOf({ 'a b': 'c&d=é' }), '?a%20b=c%26d%3D%C3%A9');
    assert.equal(
      queryOf({ project_ids: ['p/1', 'p2'], none: [] }),
      '?project_ids%5B%5D=p%2F1&project_ids%5B%5D=p2',
    );
  });

  it('name the field of an object in brackets', () => {
    assert.equal(
      queryOf({ effective_at: { gte: 5, lt: undefined, 'a&b': 0 }, none: {} }),
      '?effective_at%5Bgte%5D=5&effective_at%5Ba%26b%5D=0',
    );
  });
});

import assert from 'node:assert/strict';
import {
  compareIdentity,
  type OrganizationIdentity,
  organizationInHeaders,
  parseIdentity,
} from '../../../src/access/organizationIdentity';

describe('whose something is', () => {
  const origin = 'https://api.example';
  const first: OrganizationIdentity = { origin, organization: 'harbor-labs', key: 'key-1' };

  for (const [what, other, relation] of [
    ['the same key', { origin, key: 'key-1' }, 'same'],
    [
      'the same key, under a name that has changed since',
      { origin, organization: 'harbor', key: 'key-1' },
      'same',
    ],
    [
      'another key of an organization of the same name',
      { origin, organization: 'harbor-labs', key: 'key-2' },
      'same',
    ],
    ['a key of an organization of another name', { origin, organization: 'juniper', key: 'key-2' }, 'other'],
    ['another address', { ...first, origin: 'https://gateway.example' }, 'other'],
    ['another key where nobody tells', { origin, key: 'key-2' }, 'unknown'],
    ['no key and no name', { origin }, 'unknown'],
    ['nothing', undefined, 'unknown'],
  ] as const) {
    it(`is ${relation} with ${what}`, () => {
      assert.equal(compareIdentity(first, other), relation);
      assert.equal(compareIdentity(other, first), relation);
    });
  }

  it('is not the same because neither says anything', () => {
    assert.equal(compareIdentity({ origin }, { origin }), 'unknown');
    assert.equal(compareIdentity(undefined, undefined), 'unknown');
  });

  it('is read back as far as it makes sense', () => {
    assert.deepEqual(parseIdentity(JSON.parse(JSON.stringify(first))), first);
    assert.deepEqual(parseIdentity({ origin, organization: 3, key: null, more: 1 }), { origin });
    for (const damaged of [undefined, null, 'text', 7, {}, { organization: 'x' }])
      assert.equal(parseIdentity(damaged), undefined);
  });

  it('is told by a header, if it is one line of sensible length', () => {
    const told = (name: string) => organizationInHeaders(new Headers({ 'OpenAI-Organization': name }));
    assert.equal(told(' harbor-labs '), 'harbor-labs');
    assert.equal(told(' '), undefined);
    assert.equal(told('x'.repeat(300)), undefined);
    assert.equal(organizationInHeaders(new Headers()), undefined);
    assert.equal(organizationInHeaders(undefined), undefined);
  });
});

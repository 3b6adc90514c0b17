import assert from 'node:assert/strict';
import { fold, lookOf, searchWords } from '../../../src/text/fold';

describe('Truth 27: what counts as the same text', () => {
  const same: readonly (readonly [string, string])[] = [
    ['Caf\u00e9', 'Cafe\u0301'],
    ['\u0130stanbul', 'istanbul'],
    ['I\u0307stanbul', 'istanbul'],
    ['\u0131sparta', 'ISPARTA'],
    ['straße', 'STRASSE'],
    ['ẞ', 'ss'],
    ['ΟΔΟΣ', 'οδος'],
    ['οδοσ', 'οδος'],
    ['ﬁle', 'FILE'],
    ['ＡＢＣ', 'abc'],
    ['\ud55c', '\u1112\u1161\u11ab'],
    ['a\u200bb\ufe0f\u00ad', 'AB'],
  ];
  for (const [one, other] of same) {
    it(`${JSON.stringify(one)} and ${JSON.stringify(other)} are`, () => {
      assert.equal(fold(one), fold(other));
      assert.deepEqual(searchWords(`x ${one}`), searchWords(`X ${other}`));
    });
  }

  it('names are, too, if they differ in spaces only', () => {
    for (const name of [
      'Berth planning ',
      ' Berth  planning',
      'Berth\u00a0planning',
      'berth\tplanning\u200b',
    ])
      assert.equal(lookOf(name), lookOf('Berth planning'), JSON.stringify(name));
  });

  it('others are not', () => {
    for (const [one, other] of [
      ['Cafe', 'Café'],
      ['Berth planning', 'Berthplanning'],
      ['a1', 'a2'],
      ['', 'a'],
    ] as const)
      assert.notEqual(lookOf(one), lookOf(other));
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { obstaclesOf, type ReleaseFacts, sectionOf } from '../../package/releasing';

const changelog = `# Changelog

## Unreleased

## 0.2.0

- Shows this.

## 0.1.0

- Showed that.
`;
const ready: ReleaseFacts = {
  version: '0.2.0',
  repository: 'https://github.com/example/name',
  channel: 'release',
  changelog,
  uncommitted: '',
  tags: ['v0.2.0'],
};

describe('a release', () => {
  it('has nothing in its way when all is done', () => {
    assert.deepEqual(obstaclesOf(ready), []);
    assert.deepEqual(
      obstaclesOf({
        ...ready,
        version: '0.3.1',
        channel: 'preRelease',
        changelog: changelog.replace('0.2.0', '0.3.1'),
        tags: ['other', 'v0.3.1'],
      }),
      [],
    );
  });

  const cases: readonly [string, Partial<ReleaseFacts>, RegExp][] = [
    ['the project has no address', { repository: '' }, /"repository" in package\.json is empty/],
    ['an even version is for pre-releases', { channel: 'preRelease' }, /leave out --pre-release/],
    [
      'the changelog does not know the version',
      { changelog: changelog.replace('0.2.0', '0.1.9') },
      /nothing under "## 0\.2\.0"/,
    ],
    [
      'the changelog says nothing of the version',
      { changelog: changelog.replace('- Shows this.', '') },
      /nothing under "## 0\.2\.0"/,
    ],
    [
      'something is still under Unreleased',
      { changelog: changelog.replace('## Unreleased', '## Unreleased\n\n- Later.') },
      /empty "## Unreleased"/,
    ],
    [
      'there is no Unreleased to go on with',
      { changelog: changelog.replace('## Unreleased', '') },
      /empty "## Unreleased"/,
    ],
    ['something is not committed', { uncommitted: ' M a.ts' }, /Not everything is committed/],
    ['the commit has no tag of the version', { tags: ['v0.1.0'] }, /no tag v0\.2\.0/],
  ];
  for (const [what, facts, reason] of cases) {
    it(`stops if ${what}`, () => {
      const obstacles = obstaclesOf({ ...ready, ...facts });
      assert.equal(obstacles.length, 1);
      assert.match(obstacles[0] ?? '', reason);
    });
  }

  it('stops if an odd version is not for pre-releases', () => {
    const obstacles = obstaclesOf({
      ...ready,
      version: '0.3.0',
      changelog: changelog.replace('0.2.0', '0.3.0'),
      tags: ['v0.3.0'],
    });
    assert.equal(obstacles.length, 1);
    assert.match(obstacles[0] ?? '', /add -- --pre-release/);
  });
});

describe('CHANGELOG.md', () => {
  const text = readFileSync('CHANGELOG.md', 'utf8');
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);

  it('begins with what is not released, then has the versions, newest first', () => {
    assert.equal(headings[0], 'Unreleased');
    assert.equal(headings[1], version);
    const numbers = headings.slice(1).map((heading = '') => {
      assert.match(heading, /^\d+\.\d+\.\d+$/);
      return heading.split('.').map(Number);
    });
    const compared = ([a = 0, b = 0, c = 0]: number[], [d = 0, e = 0, f = 0]: number[]): number =>
      d - a || e - b || f - c;
    assert.deepEqual(numbers, [...numbers].sort(compared));
  });

  it('has whole sentences about what a person notices', () => {
    for (const heading of headings) {
      const lines = (sectionOf(text, heading ?? '') ?? '').split('\n').filter((line) => line !== '');
      for (const line of lines) assert.match(line, /^- .*\.$/, line);
    }
  });
});

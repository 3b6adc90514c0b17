import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';

/** Its output for a version, and its exit code. */
function checked(...version: string[]): [string, number | null] {
  const { stderr, status } = spawnSync(process.execPath, ['checkNode.js', ...version], { encoding: 'utf8' });
  return [stderr, status];
}

describe('checkNode.js', () => {
  for (const version of ['0.10.48', '6.17.1', '18.20.8', '20.18.3', '21.7.3', '22.11.0'])
    it(`says that Node.js ${version} is too old, and which one to use`, () => {
      assert.deepEqual(checked(version), [
        `Node.js ${version} is too old for this project: use 20.19 or a newer 20, or else 22.12 or newer.\n`,
        1,
      ]);
    });

  for (const version of ['20.19.0', '20.20.2', '22.12.0', '23.0.0', '24.21.0', '100.0.0'])
    it(`lets Node.js ${version} through in silence`, () => {
      assert.deepEqual(checked(version), ['', 0]);
    });

  it('asks about the Node.js that runs it when it is given no version', () => {
    assert.deepEqual(checked(), ['', 0]);
  });

  it('is understood by a Node.js of any age: written in ECMAScript 5, it needs nothing', async () => {
    const source = readFileSync('checkNode.js', 'utf8');
    // Newer syntax would be rewritten or refused.
    const [old, today] = await Promise.all(
      ['es5', 'esnext'].map((target) => transform(source, { target, minifyWhitespace: true })),
    );
    assert.equal(old?.code, today?.code);
    assert.doesNotMatch(source, /require|import/);
    // A comma after the last argument is ECMAScript 2017, and esbuild drops it unseen.
    assert.doesNotMatch(source, /,\s*\)/);
  });

  it('runs before the project is installed, tested and shown', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    for (const name of ['preinstall', 'pretest']) assert.equal(scripts[name], 'node checkNode.js');
    // A script of its own before it would be four more lines of npm's.
    assert.match(scripts.demo, /^node checkNode\.js && /);
  });
});

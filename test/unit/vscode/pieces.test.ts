import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { harnessSources, projectRoot } from '../../host/vscode/paths';
import { type Lane, pieces } from '../../host/vscode/pieces';

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const lanes: Lane[] = ['current', 'oldest'];

describe('the pieces of a real VS Code', () => {
  for (const [name, piece] of Object.entries(pieces))
    it(`${name} is pinned to a version and to its bytes`, () => {
      assert.match(piece.spec, /^[@\w/-]+@\d+\.\d+\.\d+$/);
      assert.equal(Buffer.from(piece.integrity.replace(/^sha512-/, ''), 'base64').length, 64);
    });

  for (const lane of lanes)
    it(`the modules of the ${lane} one are pinned to their bytes, and to no registry`, () => {
      const { packages } = read(join(harnessSources, 'modules', lane, 'package-lock.json'));
      const modules = Object.entries<{ integrity?: string; resolved?: string }>(packages).filter(
        ([path]) => path !== '',
      );
      assert.ok(modules.length > 30);
      for (const [path, { integrity, resolved }] of modules) {
        assert.match(integrity ?? '', /^sha512-/, path);
        assert.equal(resolved, undefined, path);
      }
    });

  it('the oldest one is what the manifest promises', () => {
    const { engines } = read(join(projectRoot, 'package.json'));
    const promised = engines.vscode.replace('^', '').split('.').slice(0, 2).join('.');
    assert.equal(pieces.oldest.vscode.split('.').slice(0, 2).join('.'), promised);
  });
});

import assert from 'node:assert/strict';
import { build } from 'esbuild';

describe('the sample organization’s bundle', () => {
  it('is small, stands alone and can open no port', async () => {
    const { metafile, outputFiles } = await build({
      entryPoints: ['src/sample/index.ts'],
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20.18',
      write: false,
      metafile: true,
    });
    const sources = Object.entries(metafile.inputs);
    assert.ok(sources.length > 10);
    for (const [source] of sources) assert.match(source, /^src\/sample\//);
    const modules = sources.flatMap(([, { imports }]) => imports.filter(({ external }) => external));
    assert.deepEqual(
      modules.map(({ path }) => path),
      ['node:timers/promises'],
    );
    const bytes = outputFiles[0]?.contents.length ?? 0;
    assert.ok(bytes > 0 && bytes <= 40 * 1024, `${bytes} bytes`);
  });
});

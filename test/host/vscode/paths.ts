import { join, resolve } from 'node:path';

/** The root folder of the project. This file runs as `out/test/host/vscode/paths.js`. */
export const projectRoot = resolve(__dirname, '../../../..');

/** The cache of fetched pieces (git-ignored; can be deleted at any time). */
export const cacheFolder = join(projectRoot, '.vscode-test');

/** The folder for screenshots and logs of a failed suite. */
export const failuresFolder = (suite: 'host' | 'ui') => join(cacheFolder, 'failures', suite);

/** Data files of the harness. They are read from the sources, because the test build copies no JSON. */
export const harnessSources = join(projectRoot, 'test/host/vscode');

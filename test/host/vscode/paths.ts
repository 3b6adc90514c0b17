import { join, resolve } from 'node:path';

/** The project's root folder; this file runs as `out/test/host/vscode/paths.js`. */
export const projectRoot = resolve(__dirname, '../../../..');

/** Where everything fetched is kept between runs (git-ignored; deleting it is always safe). */
export const cacheFolder = join(projectRoot, '.vscode-test');

/** Where a failing run of a suite leaves its screenshots and logs. */
export const failuresFolder = (suite: 'host' | 'ui') => join(cacheFolder, 'failures', suite);

/** The harness's data files, which are read from the sources: the test build copies no JSON. */
export const harnessSources = join(projectRoot, 'test/host/vscode');

// `node out/test/bench/tool/run.js`: packs and installs the command-line tool, and prints its figures as JSON.
import { resultPrefix } from '../child';
import { measureTool } from './measure';

measureTool().then(
  (figures) => console.log(`${resultPrefix}${JSON.stringify(figures)}`),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);

// Run by `test/unit/run.ts` in a process of its own: `apart.js <pattern> <file.test.js …>`.
import { endSoon, runMocha } from './mocha';

async function main([grep, ...files]: readonly string[]): Promise<void> {
  process.send?.(await runMocha(files, grep));
  endSoon();
}

void main(process.argv.slice(2));

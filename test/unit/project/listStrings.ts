// `node out/test/unit/project/listStrings.js [folder or file …]`: every string of two words or more, `src` if none is named.
import { phrasesUnder } from './phrases';

const asked = process.argv.slice(2).map((path) => path.replace(/\/$/, ''));
const isAsked = (file: string): boolean =>
  asked.length === 0 || asked.some((path) => file === path || file.startsWith(`${path}/`));
const phrases = phrasesUnder('src').filter(({ file }) => isAsked(file));
for (const { file, line, text } of phrases)
  console.log(`${file}:${line}: ${text.replaceAll(/\s*\n\s*/g, ' ')}`);
console.log(`${phrases.length} strings of two words or more`);

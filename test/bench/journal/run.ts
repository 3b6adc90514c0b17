// `node out/test/bench/journal/run.js`: measures the change history on this computer and prints the result as JSON.
import { resultPrefix } from '../child';
import { measureJournal } from './measure';

void measureJournal(10_000, 5000).then((figures) => console.log(`${resultPrefix}${JSON.stringify(figures)}`));

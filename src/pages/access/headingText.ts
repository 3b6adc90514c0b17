import { fold } from '../../text/fold';

/** A checkpoint or a project. */
interface Named {
  readonly name: string;
  readonly id: string;
  readonly baseModel?: string;
}

/** Folded once: a word is looked for with each key. */
const folded = new WeakMap<Named, string>();

/** What a search looks through of a checkpoint or a project: its name and IDs, folded. */
export function headingText(named: Named): string {
  let known = folded.get(named);
  if (known === undefined) {
    const { name, id, baseModel = '' } = named;
    known = fold(`${name} ${id} ${baseModel}`);
    folded.set(named, known);
  }
  return known;
}

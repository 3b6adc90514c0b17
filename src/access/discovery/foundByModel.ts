import { names } from '../../text/order';
import type { CatalogEntry } from '../catalog/catalogEntry';
import { modelOf, parseCheckpointId, shortName } from '../ids/checkpointId';

/** The found checkpoints of a fine-tuned model: the final model first, then its steps by number. */
export interface FoundModel {
  /** The ID of the final model, which need not be among the found. */
  readonly id: string;
  readonly entries: readonly CatalogEntry[];
}

/** Groups found checkpoints by their models, in the order of the models' names. */
export function foundByModel(entries: readonly CatalogEntry[]): FoundModel[] {
  const models = new Map<string, { name: string; found: { step: number; entry: CatalogEntry }[] }>();
  for (const entry of entries) {
    const parsed = parseCheckpointId(entry.id);
    const id = parsed ? modelOf(parsed) : entry.id;
    const known = models.get(id) ?? { name: nameOf(id), found: [] };
    known.found.push({ step: parsed?.step ?? -1, entry });
    models.set(id, known);
  }
  return [...models]
    .sort(
      ([oneId, one], [otherId, other]) =>
        names.compare(one.name, other.name) || names.compare(oneId, otherId),
    )
    .map(([id, { found }]) => ({
      id,
      entries: found.sort((one, other) => one.step - other.step).map(({ entry }) => entry),
    }));
}

function nameOf(model: string): string {
  const parsed = parseCheckpointId(model);
  return parsed ? shortName(parsed) : model;
}

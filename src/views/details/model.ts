import { modelOf, parseCheckpointId, shortName } from '../../access/ids/checkpointId';
import type { Organization } from '../../access/organization';
import { asCode, asMarkdown, table } from '../markdown/escape';
import { knownEnd } from '../shared/retirementWords';
import { knownAccess } from '../summary/access';
import { curlParts, documentOf, heading } from './parts';

/** All that is known of a fine-tuned model: its checkpoints in the list, and who has access to each. */
export function modelDetails(organization: Organization, model: string, now: number): string {
  const parsed = parseCheckpointId(model);
  const listed = organization.catalog.entries.flatMap(({ id, shutdownDate }) => {
    const checkpoint = parseCheckpointId(id);
    return checkpoint && modelOf(checkpoint) === model ? [{ checkpoint, shutdownDate }] : [];
  });
  const rows = listed.map(({ checkpoint, shutdownDate }) => {
    const known = knownAccess(organization, checkpoint.id, now);
    const end = knownEnd(checkpoint.baseModel, shutdownDate, now);
    return [
      asMarkdown(checkpoint.step === undefined ? 'Final model' : `Step ${checkpoint.step}`),
      asCode(checkpoint.id),
      asMarkdown([known.summary, ...known.notes].map((words) => words.replace(/\.$/, '')).join('. ')),
      known.age || 'not read',
      end ? `${end.when} (${asMarkdown(end.source)})` : 'not known',
    ];
  });
  const unlisted = organization.catalog.has(model)
    ? undefined
    : 'The final model itself is not in the list, so who has access to it is not looked at here.';
  return documentOf([
    ...heading(parsed ? shortName(parsed) : model, 'Fine-tuned model', organization, now),
    '## Its checkpoints in the list',
    'Each has permissions of its own: access to the model is not access to its steps, nor the other way round.',
    table(['Checkpoint', 'Id', 'Who has access', 'Read', 'End'], rows),
    unlisted,
    ...curlParts(
      organization,
      listed.map(({ checkpoint: { id, step } }) => [
        `List who has access to ${step === undefined ? 'the final model' : `step ${step}`}`,
        { method: 'GET', segments: ['fine_tuning', 'checkpoints', id, 'permissions'] },
      ]),
    ),
  ]);
}

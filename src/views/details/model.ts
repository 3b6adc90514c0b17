import { modelOf, parseCheckpointId, shortName } from '../../access/ids/checkpointId';
import type { Organization } from '../../access/organization';
import { ago } from '../../text/dates';
import { metadata, sentences } from '../../text/lists';
import { accessNotes } from '../../words/access';
import * as words from '../../words/details';
import { checkpointOfModel } from '../../words/names';
import { shutdownInWords, shutdownSource } from '../../words/shutdown';
import { doubtsInWords } from '../../words/standing';
import { asCode, asMarkdown, table } from '../markdown/escape';
import { summarizeAccess } from '../summary/access';
import { listRequest } from './curl';
import { curlParts, documentOf, heading } from './parts';

/**
 * The details of a fine-tuned model: its checkpoints in the list and their access. `now` in milliseconds since 1970.
 */
export function modelDetails(organization: Organization, model: string, now: number): string {
  const parsed = parseCheckpointId(model);
  const listed = organization.catalog.ids.flatMap((id) => {
    const checkpoint = parseCheckpointId(id);
    return checkpoint && modelOf(checkpoint) === model ? [checkpoint] : [];
  });
  const rows = listed.map(({ id, step }) => {
    const { standing, summary, owner } = summarizeAccess(organization, id, now);
    const { loadedAt } = standing;
    const end = organization.endOf(id);
    const access = `${metadata(summary, ...doubtsInWords(standing, now), loadedAt === undefined ? '' : owner)}.`;
    return [
      asMarkdown(checkpointOfModel(step)),
      asCode(id),
      asMarkdown(sentences(access, ...accessNotes(standing)), 1000),
      loadedAt === undefined ? words.values.notLoaded : ago(loadedAt, now),
      end ? asMarkdown(metadata(shutdownInWords(end, now), shutdownSource(end))) : words.values.unknown,
    ];
  });
  return documentOf([
    ...heading(parsed ? shortName(parsed) : model, words.kinds.model, organization, now),
    `## ${words.headings.checkpoints}`,
    words.notes.ownPermissions,
    table(words.columns.checkpoints, rows),
    organization.catalog.has(model) ? '' : words.notes.modelNotListed,
    ...curlParts(
      organization,
      listed.map(({ id, step }) => [
        step === undefined ? words.requests.listOfFinalModel : words.requests.listOfStep(step),
        listRequest(id),
      ]),
    ),
  ]);
}

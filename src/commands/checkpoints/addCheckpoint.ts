import { InputBoxValidationSeverity, window } from 'vscode';
import { whyRefused } from '../../access/ids/checkpointId';
import { pastedIds } from '../../access/ids/pastedProjects';
import type { Organization } from '../../access/organization';
import { askForText } from '../../editor/questions';
import { pastedForMessage } from '../../text/plainText';
import { addedInWords, addQuestion, alreadyListed, refusedInWords } from '../../words/checkpointList';
import { linkedCheckpoint } from '../shared/commandArguments';
import { ensureStillCurrent, organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import { revealListed } from '../shared/revealListed';
import type { Command, Services } from '../shared/services';

/** Adds checkpoints to the list, by typed or pasted IDs or by a link. Sends no request. */
export const addCheckpoint: Command = async (services, target) => {
  const link = linkedCheckpoint(target);
  const organization = await organizationInView(services, [], link);
  if (!organization) return;
  if (link) return addToList(services, organization, [link.checkpoint], 'openFile');
  const { catalog } = organization;
  const text = await askForText({
    ...addQuestion,
    title: prefixWithOrganization(organization, addQuestion.title),
    ignoreFocusOut: true,
    validateInput: (value) => {
      const ids = pastedIds(value);
      const refused = ids.flatMap((id) => {
        const why = whyRefused(id);
        return why ? [{ text: pastedForMessage(id, 80), why }] : [];
      });
      if (refused.length > 0) return refusedInWords(refused);
      const known = ids.filter((id) => catalog.has(id));
      if (known.length === 0) return undefined;
      const message = alreadyListed(known.length, ids.length);
      return { message, severity: InputBoxValidationSeverity.Info };
    },
  });
  const ids = text === undefined ? [] : pastedIds(text);
  if (ids.length > 0) await addToList(services, organization, ids);
};

/** Adds checkpoints to the list and reveals the first new one, else the first. */
export async function addToList(
  services: Services,
  organization: Organization,
  ids: readonly string[],
  foundIn: 'typed' | 'openFile' = 'typed',
): Promise<void> {
  const [first] = ids;
  if (first === undefined || !(await ensureStillCurrent(services, organization))) return;
  const finding = { in: foundIn, at: Date.now() };
  const added = await organization.catalog.add(ids.map((id) => ({ id, findings: [finding] })));
  const [fresh] = added;
  window.setStatusBarMessage(`$(check) ${addedInWords(added, organization)}`, 2000);
  await revealListed(services, organization, [fresh ?? first]);
}

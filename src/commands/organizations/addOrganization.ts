import { randomUUID } from 'node:crypto';
import { window } from 'vscode';
import { readSettings } from '../../editor/settings';
import { organizationAdded, organizationQuestions, organizationTitles } from '../../words/organizations';
import { withErrorReport } from '../shared/errorReport';
import type { Command, Services } from '../shared/services';
import { askAdminKey, keepKeyCheck } from './askAdminKey';
import { askBaseUrl, askName } from './askOrganization';

interface NewOrganization {
  readonly name: string;
  readonly baseUrl: string;
}

/** Asks for a name, a base URL and an admin API key, saves them together, and shows the organization. */
export const addOrganization: Command = async (services) => {
  const name = await askName(services, {
    title: organizationTitles.addName,
    prompt: organizationQuestions.name,
    mayBeEmpty: false,
  });
  if (name === undefined) return;
  const baseUrl = await askBaseUrl(organizationTitles.addBaseURL, readSettings().baseUrl);
  if (baseUrl !== undefined) await askKeyAndAdd(services, { name, baseUrl });
};

async function askKeyAndAdd(services: Services, organization: NewOrganization): Promise<void> {
  const { keys, profiles, current, log } = services;
  const { name, baseUrl } = organization;
  const asked = await askAdminKey(services, {
    title: organizationTitles.addKey,
    owner: { kind: 'admin API key', organization: name },
    baseUrl,
    // A retry asks for the key only; it is not stored before it is verified.
    tryAgain: () => withErrorReport(services, () => askKeyAndAdd(services, organization)),
    correct: [],
  });
  if (!asked) return;
  const { saved, checked } = asked;
  const id = randomUUID();
  let key: string;
  try {
    key = await keys.set(id, saved, { name, baseUrl });
    await profiles.add({ id, name, baseUrl });
  } catch (error) {
    await keys.remove(id).catch(() => undefined);
    throw error;
  }
  await current.show(id);
  await keepKeyCheck(services, id, key, checked);
  log.info(`An organization was added, with an admin API key for ${saved.origin}.`);
  window.setStatusBarMessage(`$(check) ${organizationAdded(name)}`, 5000);
}

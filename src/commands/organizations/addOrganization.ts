import { randomUUID } from 'node:crypto';
import { window } from 'vscode';
import { escapeForMessage } from '../../editor/plainText';
import { readSettings } from '../../editor/settings';
import { withErrorReport } from '../shared/errorReport';
import type { Command, Services } from '../shared/services';
import { askAdminKey } from './askAdminKey';
import { askBaseUrl, askName } from './askOrganization';

interface NewOrganization {
  readonly name: string;
  readonly baseUrl: string;
}

/** Asks for a name, an address and an admin API key, and shows the organization. Cancelled or refused, nothing is kept. */
export const addOrganization: Command = async (services) => {
  const name = await askName(services, {
    title: 'Add Organization (1/3)',
    prompt: 'Name of the organization, as you want to see it here',
    mayBeEmpty: false,
  });
  if (name === undefined) return;
  const baseUrl = await askBaseUrl('Add Organization (2/3)', readSettings().baseUrl);
  if (baseUrl !== undefined) await askKeyAndAdd(services, { name, baseUrl });
};

async function askKeyAndAdd(services: Services, organization: NewOrganization): Promise<void> {
  const { keys, profiles, current, log } = services;
  const { name, baseUrl } = organization;
  const saved = await askAdminKey(services, {
    title: 'Add Organization (3/3)',
    whose: `“${escapeForMessage(name, 100)}”`,
    baseUrl,
    // What was typed before is not asked for again; the key is, because it is not remembered.
    tryAgain: () => withErrorReport(services, () => askKeyAndAdd(services, organization)),
    correct: [],
  });
  if (!saved) return;
  const id = randomUUID();
  try {
    await keys.set(id, saved);
    await profiles.add({ id, name, baseUrl });
  } catch (error) {
    await keys.remove(id).catch(() => undefined);
    throw error;
  }
  await current.show(id);
  log.info(`An organization was added, with an admin API key for ${saved.origin}.`);
  window.setStatusBarMessage(`$(check) Organization ${escapeForMessage(name, 100)} added`, 5000);
}

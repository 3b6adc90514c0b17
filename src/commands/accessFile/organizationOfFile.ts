import { window } from 'vscode';
import type { AccessFile } from '../../access/accessFile/accessFile';
import type { Organization } from '../../access/organization';
import { organizationInHeaders } from '../../access/organizationIdentity';
import { railInWords } from '../../words/accessFile';
import { switchTo } from '../../words/accessFileEditor';
import { type Button, showWithActions, withErrorReport } from '../shared/errorReport';
import { organizationInView, prefixWithOrganization } from '../shared/organizationInView';
import type { Services } from '../shared/services';

/** Organizations whose server was asked for their name and gave none. */
const unnamed = new WeakSet<Organization>();

/**
 * The organization in use, if a file may be about it. Undefined after a message: there is none, or the file is about
 * another one, which is offered if it is set up. `again` continues with that one.
 */
export async function organizationOfFile(
  services: Services,
  file: AccessFile,
  again: () => Promise<void>,
): Promise<Organization | undefined> {
  const organization = await organizationInView(services);
  if (!organization) return undefined;
  await learnName(organization);
  const live = organization.identity?.organization;
  if (live === undefined || live === file.organization) return organization;
  const message = railInWords({ kind: 'otherOrganization', file: file.organization, live });
  const match = await profileFor(services, file.organization);
  const offer: Button[] = match
    ? [
        [
          switchTo(services.profiles.label(match)),
          () =>
            withErrorReport(services, async () => {
              await services.current.show(match.id);
              await again();
            }),
        ],
      ]
    : [];
  showWithActions(window.showErrorMessage, prefixWithOrganization(organization, message), offer);
  return undefined;
}

/** Asks the server for the name of the organization, with one request, if it isn't known with the key. */
export async function learnName(organization: Organization): Promise<void> {
  const { identity, organizationAPI, closed } = organization;
  if (!identity || identity.organization !== undefined || unnamed.has(organization)) return;
  const { response } = await organizationAPI.projects.list({ limit: 1 }, { signal: closed }).withResponse();
  const name = organizationInHeaders(response.headers);
  if (name === undefined) unnamed.add(organization);
  else organization.learnName(name);
}

/** The organization that is set up with a key of this name. */
async function profileFor({ profiles, keys, current }: Services, name: string) {
  for (const profile of profiles.all) {
    if (profile.id === current.shownId) continue;
    const saved = await keys.get(profile.id).catch(() => undefined);
    if (saved?.organization === name) return profile;
  }
  return undefined;
}

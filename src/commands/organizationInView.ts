import { commands, window } from 'vscode';
import type { Organization } from '../access/organization';
import { commandIds } from '../ids';
import type { Services } from './services';

/** The organization that is shown, or undefined after the person was told what to do to have one. */
export async function organizationInView({
  current,
}: Pick<Services, 'current'>): Promise<Organization | undefined> {
  const found = await current.get();
  if (found.kind === 'organization') return found.organization;
  const reason = {
    none: 'No admin API key is set, so there is no organization to work with.',
    elsewhere:
      found.kind === 'elsewhere'
        ? `The saved admin API key belongs to ${found.savedFor} and is not sent to ${found.now}, which the setting Base URL names.`
        : '',
    problem: found.kind === 'problem' ? found.error.message : '',
  }[found.kind];
  const buttons = new Map([
    ['Set Admin Key…', commandIds.setAdminKey],
    ['Explore a Sample Organization', commandIds.exploreSample],
  ]);
  void window.showWarningMessage(reason, ...buttons.keys()).then((button) => {
    const command = button && buttons.get(button);
    if (command) void commands.executeCommand(command);
  });
  return undefined;
}

/** A title for a picker or question, which says so when the organization is the sample. */
export function titled(organization: Organization, title: string): string {
  return organization.isSample ? `Sample organization: ${title}` : title;
}

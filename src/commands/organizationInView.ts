import { window } from 'vscode';
import type { Organization } from '../access/organization';
import { inertText } from '../editor/plainText';
import { commandIds } from '../ids';
import type { Node } from '../views/nodes';
import { tellWithButtons } from './messages';
import type { Services } from './services';

/**
 * The organization that is shown, or undefined after the person was told what to do to have one. Nodes that a command
 * was called with must be of that organization: a menu may have been opened before another one was chosen.
 */
export async function organizationInView(
  { current }: Pick<Services, 'current'>,
  nodes: readonly Node[] = [],
): Promise<Organization | undefined> {
  const found = await current.get();
  if (found.kind === 'organization') {
    const { organization } = found;
    if (nodes.every((node) => (organizationOf(node) ?? organization) === organization)) return organization;
    void window.showWarningMessage(notShownAnyMore);
    return undefined;
  }
  const reason = {
    none: 'No admin API key is set, so there is no organization to work with.',
    elsewhere:
      found.kind === 'elsewhere'
        ? `The saved admin API key belongs to ${found.savedFor} and is not sent to ${found.now}, which the setting Base URL names.`
        : '',
    problem: found.kind === 'problem' ? inertText(found.error.message) : '',
  }[found.kind];
  tellWithButtons(window.showWarningMessage, reason, [
    ['Set Admin Key…', commandIds.setAdminKey],
    ['Explore a Sample Organization', commandIds.exploreSample],
  ]);
  return undefined;
}

/**
 * Whether an organization that a question was about is still the one that is shown; the person is told when not. To be
 * asked before anything is sent: the question may have stood open for long.
 */
export async function isStillShown(
  { current }: Pick<Services, 'current'>,
  organization: Organization,
): Promise<boolean> {
  if (await current.isShown(organization)) return true;
  void window.showWarningMessage(notShownAnyMore);
  return false;
}

/** Said when what a command was about is no longer what is shown. */
export const notShownAnyMore =
  'Another organization or key is in use now than when this was begun. Nothing was sent. Begin again in the view.';

/** A title for a picker or question, which says so when the organization is the sample. */
export function titled(organization: Organization, title: string): string {
  return organization.isSample ? `Sample organization: ${title}` : title;
}

function organizationOf(node: Node): Organization | undefined {
  return node.kind === 'checkpoint' || node.kind === 'model' ? node.organization : node.parent?.organization;
}

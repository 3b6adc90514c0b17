import { window } from 'vscode';
import type { Organization } from '../../access/organization';
import { commandIds } from '../../ids';
import type { ActiveOrganization } from '../../organizations/current';
import type { Profile } from '../../organizations/profile';
import { defaultProfile } from '../../organizations/profile';
import { escapeForMessage } from '../../text/plainText';
import type { HoverArgument } from '../../views/hover/links';
import type { AnyNode } from '../../views/shared/nodes';
import { explainOrganization, explanationInWords } from '../../words/errors';
import {
  keyForOtherHost,
  noAdminKey,
  organizationSwitched,
  sampleOrganization,
} from '../../words/organizations';
import { commandTitles } from '../../words/titles';
import { type Button, showWithActions } from './errorReport';
import type { Services } from './services';

/**
 * The organization that is shown, or undefined after the person was told what to do to have one. Nodes that a command
 * or a link that a command was called with must be of that organization: a menu or a hover may have been opened before
 * another one was chosen.
 */
export async function organizationInView(
  services: Pick<Services, 'current' | 'profiles'>,
  nodes: readonly AnyNode[] = [],
  link?: HoverArgument,
): Promise<Organization | undefined> {
  const found = await services.current.get();
  if (found.kind === 'organization') {
    const { organization } = found;
    const linked = link?.organization ?? organization.id;
    const isOfIt = (node: AnyNode): boolean => (organizationOf(node) ?? organization) === organization;
    if (linked === organization.id && nodes.every(isOfIt)) return organization;
    void window.showWarningMessage(organizationSwitched());
    return undefined;
  }
  const others: Button[] = isOnlyOne(services)
    ? []
    : [[commandTitles.switchOrganization, commandIds.switchOrganization]];
  showWithActions(window.showWarningMessage, whyNone(services, found), [
    [commandTitles.setAdminKey, commandIds.setAdminKey],
    ...others,
    [commandTitles.exploreSample, commandIds.exploreSample],
  ]);
  return undefined;
}

function whyNone(
  services: Pick<Services, 'profiles'>,
  found: Exclude<ActiveOrganization, { kind: 'organization' }>,
): string {
  const { profile } = found;
  const organization = nameAmongSeveral(services, profile);
  const isAdded = profile.id !== defaultProfile;
  switch (found.kind) {
    case 'none':
      return noAdminKey(organization);
    case 'elsewhere': {
      const { savedFor, now } = found;
      return keyForOtherHost({ savedFor, now, isAdded, ...(organization !== undefined && { organization }) });
    }
    case 'problem':
      return escapeForMessage(explanationInWords(explainOrganization(found.error, isAdded)), 800);
  }
}

/**
 * Whether an organization that a question was about is still the one that is shown; the person is told when not. To be
 * asked before anything is sent: the question may have stood open for long. `outcome` is what else became of it.
 */
export async function isStillShown(
  { current }: Pick<Services, 'current'>,
  organization: Organization,
  outcome?: string,
): Promise<boolean> {
  if (await current.isShown(organization)) return true;
  void window.showWarningMessage(organizationSwitched(outcome));
  return false;
}

/**
 * A title for a picker or question: it says which organization it is about where there are several, and when that is a
 * sample. Where there is but one, nothing is added.
 */
export function titled({ isSample, label }: Organization, title: string): string {
  const which = isSample ? sampleOrganization : escapeForMessage(label, 80);
  return which === '' ? title : `${which}: ${title}`;
}

function organizationOf(node: AnyNode): Organization | undefined {
  if ('organization' in node) return node.organization;
  return node.kind === 'notKnown' ? node.projectNode.organization : node.parent?.organization;
}

/** Whether there is but one organization, so that sentences need not say which. */
export function isOnlyOne({ profiles }: Pick<Services, 'profiles'>): boolean {
  return profiles.all.length === 1;
}

/** A title for a picker about an organization, named as `titled` does. */
export function titledFor(services: Pick<Services, 'profiles'>, profile: Profile, title: string): string {
  return isOnlyOne(services) ? title : `${escapeForMessage(services.profiles.label(profile), 80)}: ${title}`;
}

/** What tells an organization from all others, for sentences; undefined where there is but one. */
export function nameAmongSeveral(services: Pick<Services, 'profiles'>, profile: Profile): string | undefined {
  return isOnlyOne(services) ? undefined : services.profiles.label(profile);
}

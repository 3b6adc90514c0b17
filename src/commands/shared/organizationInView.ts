import { window } from 'vscode';
import type { Organization } from '../../access/organization';
import { commandIds } from '../../ids';
import type { ActiveOrganization } from '../../organizations/currentOrganization';
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
  savedKeyGone,
} from '../../words/organizations';
import { commandTitles } from '../../words/titles';
import { type Button, showWithActions } from './errorReport';
import type { Services } from './services';

/**
 * The organization that is shown. When there is none, a message says how to get one, and the result is undefined. The
 * same when `nodes` or `link` belong to another organization: a menu or a hover may be older than a switch.
 */
export async function organizationInView(
  services: Pick<Services, 'current' | 'profiles'>,
  nodes: readonly AnyNode[] = [],
  link?: Pick<HoverArgument, 'organization'>,
): Promise<Organization | undefined> {
  const active = await services.current.get();
  if (active.kind === 'organization') {
    const { organization } = active;
    const linked = link?.organization ?? organization.id;
    const isOfOrganization = (node: AnyNode): boolean =>
      (organizationOf(node) ?? organization) === organization;
    if (linked === organization.id && nodes.every(isOfOrganization)) return organization;
    void window.showWarningMessage(organizationSwitched());
    return undefined;
  }
  const others: Button[] = isOnlyOne(services)
    ? []
    : [[commandTitles.switchOrganization, commandIds.switchOrganization]];
  showWithActions(window.showWarningMessage, explainNoOrganization(services, active), [
    [commandTitles.setAdminKey, commandIds.setAdminKey],
    ...others,
    [commandTitles.exploreSample, commandIds.exploreSample],
  ]);
  return undefined;
}

function explainNoOrganization(
  services: Pick<Services, 'profiles'>,
  active: Exclude<ActiveOrganization, { kind: 'organization' }>,
): string {
  const { profile } = active;
  const organization = nameAmongSeveral(services, profile);
  const isAdded = profile.id !== defaultProfile;
  switch (active.kind) {
    case 'none':
      return noAdminKey(organization);
    case 'keyGone':
      return savedKeyGone(organization);
    case 'elsewhere': {
      const { savedFor, now } = active;
      return keyForOtherHost({ savedFor, now, isAdded, ...(organization !== undefined && { organization }) });
    }
    case 'problem':
      return escapeForMessage(explanationInWords(explainOrganization(active.error, isAdded)), 800);
  }
}

/**
 * Returns whether the organization is still shown, and shows a warning when it isn't. Call it after a question and
 * before a request, because a question can be open for long.
 *
 * @param outcome added to the warning: what was not done
 */
export async function ensureStillCurrent(
  { current }: Pick<Services, 'current'>,
  organization: Organization,
  outcome?: string,
): Promise<boolean> {
  if (await current.isShown(organization)) return true;
  void window.showWarningMessage(organizationSwitched(outcome));
  return false;
}

/** Prefixes a title or message with the organization's name if there are several, or if it is a sample. */
export function prefixWithOrganization({ isSample, label }: Organization, title: string): string {
  const which = isSample ? sampleOrganization : escapeForMessage(label, 80);
  return which === '' ? title : `${which}: ${title}`;
}

function organizationOf(node: AnyNode): Organization | undefined {
  if ('organization' in node) return node.organization;
  return node.kind === 'notKnown' ? node.projectNode.organization : node.parent?.organization;
}

/** Whether a single organization is set up, so that sentences don't name it. */
export function isOnlyOne({ profiles }: Pick<Services, 'profiles'>): boolean {
  return profiles.all.length === 1;
}

/** Prefixes a title with the profile's name if there are several. */
export function prefixWithProfile(
  services: Pick<Services, 'profiles'>,
  profile: Profile,
  title: string,
): string {
  return isOnlyOne(services) ? title : `${escapeForMessage(services.profiles.label(profile), 80)}: ${title}`;
}

/** The unique name of an organization, for sentences; undefined if there is only one. */
export function nameAmongSeveral(services: Pick<Services, 'profiles'>, profile: Profile): string | undefined {
  return isOnlyOne(services) ? undefined : services.profiles.label(profile);
}

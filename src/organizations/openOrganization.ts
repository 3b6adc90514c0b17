import { rm } from 'node:fs/promises';
import { window } from 'vscode';
import { Catalog } from '../access/catalog/catalog';
import { FileStorage } from '../access/journal/fileStorage';
import { Journal } from '../access/journal/journal';
import { MemoryStorage } from '../access/journal/storage';
import { AccessMemory } from '../access/memory/accessMemory';
import { KnownFile } from '../access/memory/knownFile';
import { Organization } from '../access/organization';
import type { OrganizationIdentity } from '../access/organizationIdentity';
import { keepStaged, type StagedStorage } from '../access/plan/keptStaged';
import type { SavedKey } from '../credentials/adminKeys';
import { keyCheckNote } from '../credentials/keyCheckNote';
import type { ProjectKeys } from '../credentials/projectKeys';
import type { Log } from '../editor/log';
import { checkBaseURL } from '../openai';
import { escapeForMessage } from '../text/plainText';
import { stagedOfAnotherKey } from '../words/accessPage';
import * as words from '../words/memory';
import { clientFor, projectClients } from './clientFor';
import type { Profile } from './profile';
import type { StateItem } from './stateItem';

/** The storage and services that an organization is opened with. */
export interface OrganizationDependencies {
  /** A stored value of the profile, shared by all windows. */
  stored(name: 'catalog' | 'owners' | 'accepted' | 'review' | 'keySaved'): StateItem;
  readonly projectKeys: ProjectKeys;
  readonly log: Log;
}

/** An opened organization, or the reason why the saved key can't open it. */
export type OpenedOrganization =
  /** The key is saved for another origin than that of the base URL, so it is not sent. */
  | {
      readonly kind: 'elsewhere';
      readonly profile: Profile;
      readonly savedFor: string;
      readonly now: string;
    }
  | { readonly kind: 'organization'; readonly organization: Organization };

/**
 * Opens the organization of a saved key, unless the base URL has another origin than the key. Throws
 * `InsecureBaseURLError` for a base URL that no key may be sent to. Sends no request.
 */
export function openSaved(
  profile: Profile,
  saved: SavedKey,
  { stored, projectKeys, log }: OrganizationDependencies,
): OpenedOrganization {
  const { origin } = new URL(checkBaseURL(profile.baseUrl));
  if (origin !== saved.origin) return { kind: 'elsewhere', profile, savedFor: saved.origin, now: origin };
  const client = clientFor(saved, profile.baseUrl, log);
  const identity: OrganizationIdentity = {
    origin,
    ...(saved.organization !== undefined && { organization: saved.organization }),
    ...(saved.id !== undefined && { key: saved.id }),
  };
  return {
    kind: 'organization',
    organization: new Organization({
      id: profile.id,
      name: profile.name,
      isSample: false,
      client,
      catalog: new Catalog(stored('catalog')),
      projectClients: () => projectClients(profile, projectKeys, log),
      identity,
      owners: stored('owners'),
      accepted: stored('accepted'),
      reviewSettings: stored('review'),
      keyCheck: keyCheckNote(stored('keySaved'), saved.id),
    }),
  };
}

/**
 * Shows what earlier sessions loaded of an organization, and keeps what is loaded from now on in the folder. Undefined
 * for organizations that keep nothing: samples. Sends no request. Never rejects.
 */
export async function restoreMemory(
  organization: Organization,
  { folder, isKept, log }: { readonly folder: string; readonly isKept: boolean; readonly log: Log },
): Promise<AccessMemory | undefined> {
  const { id, identity } = organization;
  if (organization.isSample || !identity) return undefined;
  const memory = new AccessMemory(
    {
      source: organization,
      whose: identity,
      file: new KnownFile(folder, id),
      onFailure: (error) => log.error(words.keepingFailed(error)),
    },
    isKept,
  );
  const { isDamaged } = await memory.restore();
  if (isDamaged) {
    log.warn(words.damaged(organization.name));
    void window.showWarningMessage(escapeForMessage(words.damaged(organization.name)));
  }
  return memory;
}

/** Stages what this window kept of the organization, keeps what is staged from now on, and says what was discarded. */
export function restoreStaged(organization: Organization, storage: StagedStorage): void {
  const discarded = keepStaged(organization, storage);
  if (discarded > 0) void window.showWarningMessage(stagedOfAnotherKey(discarded));
}

/** Removes what is kept of all organizations. Never rejects. */
export async function removeMemories(folder: string, log: Log): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch((error: unknown) =>
    log.error(words.keptCannotBeRemoved(error)),
  );
}

/** Removes what is kept of an organization that isn't open. Rejects with the error of the file system. */
export function removeMemory(folder: string, id: string): Promise<void> {
  return new KnownFile(folder, id).remove();
}

/** The journal of real organizations, in a folder that all windows share. */
export function journalIn(folder: string): Journal {
  return new Journal(new FileStorage(folder));
}

/** The journal of a sample organization, in memory as the sample itself. */
export function journalInMemory(): Journal {
  return new Journal(new MemoryStorage());
}

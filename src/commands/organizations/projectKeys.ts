import { window } from 'vscode';
import { pickSeveral } from '../../editor/questions';
import { commandIds } from '../../ids';
import { projectClientFor } from '../../organizations/clientFor';
import { escapeForMessage } from '../../text/plainText';
import {
  chooseProjectKeysToRemove,
  keyCheckedNotSaved,
  keyTitles,
  noProjectKeyToRemove,
  projectKeySaved,
  projectKeysOfSample,
  projectKeysRemoved,
} from '../../words/keys';
import { commandTitles } from '../../words/titles';
import { showWithActions } from '../shared/errorReport';
import {
  ensureStillCurrent,
  organizationInView,
  prefixWithOrganization,
  prefixWithProfile,
} from '../shared/organizationInView';
import { pickProject } from '../shared/pickProject';
import type { Command } from '../shared/services';
import { askKey } from './askKey';

/**
 * Asks for a project and its API key, verifies the key with the API, and saves it, bound to the origin of the base URL.
 * With it, Find Checkpoints can list the project's fine-tuning jobs.
 */
export const addProjectKey: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  if (organization.isSample) {
    void window.showInformationMessage(projectKeysOfSample);
    return;
  }
  const project = await pickProject(organization, { title: keyTitles.addProjectKeyProject });
  if (project === undefined || !(await ensureStillCurrent(services, organization))) return;
  const { current, projectKeys, log } = services;
  const { profile } = current;
  const label = escapeForMessage(organization.projects.nameOf(project) ?? project, 100);
  const saved = await askKey(
    services,
    {
      title: prefixWithOrganization(organization, keyTitles.addProjectKey),
      owner: { kind: 'project API key', project: label },
      baseUrl: profile.baseUrl,
      tryAgain: commandIds.addProjectKey,
      correct: [],
    },
    {
      looksUnusual: (key) => key.startsWith('sk-admin-'),
      async ask(key, options) {
        const client = projectClientFor(key, profile.baseUrl, log);
        try {
          return (await client.models.list(options).withResponse()).response.headers;
        } finally {
          void client.close();
        }
      },
    },
  );
  if (!saved || !(await ensureStillCurrent(services, organization, keyCheckedNotSaved))) return;
  await projectKeys.set(profile.id, { project, label }, saved);
  log.info(`A project API key was saved for ${saved.origin}.`);
  showWithActions(window.showInformationMessage, projectKeySaved(label), [
    [commandTitles.findCheckpoints, commandIds.findCheckpoints],
  ]);
};

/** Removes saved project keys from this computer. The keys stay valid, which the picker says. */
export const removeProjectKey: Command = async (services) => {
  const { current, projectKeys, log } = services;
  const { profile } = current;
  const { id } = profile;
  const items = projectKeys.list(id).map(({ project, label }) => ({
    label: escapeForMessage(label, 100),
    description: escapeForMessage(project, 100),
    project,
  }));
  if (current.isSample || items.length === 0) {
    void window.showInformationMessage(noProjectKeyToRemove);
    return;
  }
  const picked = await pickSeveral(items, {
    title: prefixWithProfile(services, profile, keyTitles.removeProjectKey),
    placeHolder: chooseProjectKeysToRemove,
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  if (!picked || picked.length === 0) return;
  for (const { project } of picked) await projectKeys.remove(id, project);
  const words = projectKeysRemoved(picked.length);
  log.info(words);
  window.setStatusBarMessage(`$(check) ${words}`, 5000);
};

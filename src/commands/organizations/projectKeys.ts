import { window } from 'vscode';
import { escapeForMessage } from '../../editor/plainText';
import { pickSeveral } from '../../editor/questions';
import { commandIds } from '../../ids';
import { projectClientFor } from '../../organizations/clientFor';
import { showWithActions } from '../shared/errorReport';
import { isStillShown, organizationInView, titled, titledFor } from '../shared/organizationInView';
import { pickProject } from '../shared/pickProject';
import type { Command } from '../shared/services';
import { saysNothingOfTheKey } from './askAdminKey';
import { askKey } from './askKey';

/**
 * Asks for a project and for an API key of it, has the server check the key, and saves it, bound to the origin it was
 * checked at. With it, Find Checkpoints sees what the project's fine-tuning jobs made.
 */
export const addProjectKey: Command = async (services) => {
  const organization = await organizationInView(services);
  if (!organization) return;
  if (organization.isSample) {
    void window.showInformationMessage(
      'The sample organization comes with keys of some of its projects. Find Checkpoints… uses them.',
    );
    return;
  }
  const project = await pickProject(organization, { title: 'Add Project Key (1/2)' });
  if (project === undefined || !(await isStillShown(services, organization))) return;
  const { current, projectKeys, log } = services;
  const { profile } = current;
  const label = escapeForMessage(organization.projects.nameOf(project) ?? project, 100);
  const saved = await askKey(
    services,
    {
      title: titled(organization, 'Add Project Key (2/2)'),
      whose: `the project “${label}”`,
      baseUrl: profile.baseUrl,
      tryAgain: commandIds.addProjectKey,
      correct: [],
    },
    {
      kind: 'project API key',
      unusual: (key) =>
        key.startsWith('sk-admin-')
          ? 'This looks like an admin API key, which cannot see what is in a project. The server decides.'
          : undefined,
      async ask(key, options) {
        const client = projectClientFor(key, profile.baseUrl, log);
        try {
          return (await client.models.list(options).withResponse()).response.headers;
        } finally {
          void client.close();
        }
      },
      cannotSay: (error) =>
        saysNothingOfTheKey(error) ? 'the server does not let it look at models' : undefined,
    },
  );
  const notSaved = 'The key was checked and not saved.';
  if (!saved || !(await isStillShown(services, organization, notSaved))) return;
  await projectKeys.set(profile.id, { project, label }, saved);
  log.info(`A project API key was saved for ${saved.origin}.`);
  showWithActions(
    window.showInformationMessage,
    `The key of the project “${label}” was saved. Find Checkpoints… now sees what its fine-tuning jobs made.`,
    [['Find Checkpoints…', commandIds.findCheckpoints]],
  );
};

/** Removes saved project keys from this computer; the keys themselves stay valid, which is said. */
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
    void window.showInformationMessage('No project API key is saved. Nothing was removed.');
    return;
  }
  const picked = await pickSeveral(items, {
    title: titledFor(services, profile, 'Remove Project Key'),
    placeHolder: 'Choose whose keys are removed from this computer; they stay valid at the server',
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  if (!picked || picked.length === 0) return;
  for (const { project } of picked) await projectKeys.remove(id, project);
  const what = picked.length === 1 ? 'Project API key' : `${picked.length} project API keys`;
  log.info(`${what} removed.`);
  window.setStatusBarMessage(`$(check) ${what} removed`, 5000);
};

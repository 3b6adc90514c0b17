import { commands, type QuickPickItem, window } from 'vscode';
import type { Organization } from '../../access/organization';
import { pickOne, pickSeveral } from '../../editor/questions';
import { commandIds } from '../../ids';
import { escapeForMessage } from '../../text/plainText';
import { addCheckpointButton, emptyList, noOtherCheckpoint } from '../../words/changes';
import { checkpointLabel } from '../../words/names';
import { linkedCheckpoint, type ModelTarget, targets } from './commandArguments';
import { organizationInView, prefixWithOrganization } from './organizationInView';
import type { Services } from './services';

interface CheckpointItem extends QuickPickItem {
  readonly checkpoint: string;
}

/** Asks for checkpoints of the list. Undefined when canceled, or when the list is empty, after a message. */
export async function pickCheckpoints(
  organization: Organization,
  question: {
    readonly title: string;
    readonly placeHolder: string;
    readonly several: boolean;
    /** The ID of a checkpoint that isn't offered. */
    readonly except?: string;
    /** Limits the picker to the checkpoints of a model; a single one is taken without asking. */
    readonly model?: ModelTarget | undefined;
  },
): Promise<string[] | undefined> {
  const { model } = question;
  if (model?.checkpoints.length === 1) return [...model.checkpoints];
  const items = (model?.checkpoints ?? organization.catalog.ids)
    .filter((id) => id !== question.except)
    .map(itemOf);
  if (items.length === 0) {
    const message = question.except === undefined ? emptyList : noOtherCheckpoint;
    void window.showInformationMessage(message, addCheckpointButton).then((button) => {
      if (button === addCheckpointButton) void commands.executeCommand(commandIds.addCheckpoint);
    });
    return undefined;
  }
  const options = {
    title: prefixWithOrganization(
      organization,
      model ? `${question.title} · ${checkpointLabel(model.id, organization)}` : question.title,
    ),
    placeHolder: question.placeHolder,
    matchOnDescription: true,
    ignoreFocusOut: true,
  };
  const picked = question.several
    ? await pickSeveral(items, options)
    : await pickOne(items, options).then((item) => item && [item]);
  return picked && picked.length > 0 ? picked.map(({ checkpoint }) => checkpoint) : undefined;
}

function itemOf(checkpoint: string): CheckpointItem {
  return {
    checkpoint,
    label: checkpointLabel(checkpoint),
    description: escapeForMessage(checkpoint, 200),
  };
}

/**
 * The checkpoint that a command was called on by a row or by a link of a hover, else the one the person picks.
 * Undefined when canceled, or when there is no organization to work with, after a message.
 */
export async function checkpointTarget(
  services: Services,
  target: unknown,
  selection: unknown,
  question: { readonly title: string; readonly placeHolder: string },
): Promise<{ readonly organization: Organization; readonly id: string } | undefined> {
  const nodes = targets(services, target, selection, 'checkpoint');
  const link = linkedCheckpoint(target);
  const organization = await organizationInView(services, nodes, link);
  if (!organization) return undefined;
  const id =
    link?.checkpoint ??
    nodes[0]?.checkpoint.id ??
    (await pickCheckpoints(organization, { ...question, several: false }))?.[0];
  return id === undefined ? undefined : { organization, id };
}

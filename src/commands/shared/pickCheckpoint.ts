import { commands, type QuickPickItem, window } from 'vscode';
import { parseCheckpointId, shortName } from '../../access/ids/checkpointId';
import type { Organization } from '../../access/organization';
import { escapeForMessage } from '../../editor/plainText';
import { pickOne, pickSeveral } from '../../editor/questions';
import { commandIds } from '../../ids';
import type { UnderModel } from './commandArguments';
import { nameOf } from './displayNames';
import { titled } from './organizationInView';

interface CheckpointItem extends QuickPickItem {
  readonly checkpoint: string;
}

/** Asks which checkpoints of the list are meant; undefined when cancelled or when the list is empty, which is said. */
export async function pickCheckpoints(
  organization: Organization,
  question: {
    readonly title: string;
    readonly placeHolder: string;
    readonly several: boolean;
    /** One that is not offered. */
    readonly except?: string;
    /** Only those of one fine-tuned model are offered, and one alone is not asked for. */
    readonly under?: UnderModel | undefined;
  },
): Promise<string[] | undefined> {
  const { under } = question;
  if (under?.checkpoints.length === 1) return [...under.checkpoints];
  const items = (under?.checkpoints ?? organization.catalog.ids)
    .filter((id) => id !== question.except)
    .map(itemOf);
  if (items.length === 0) {
    const add = 'Add Checkpoint…';
    const none = question.except === undefined ? 'No' : 'No other';
    void window
      .showInformationMessage(`${none} checkpoint is in the list yet. Add one first.`, add)
      .then((button) => {
        if (button === add) void commands.executeCommand(commandIds.addCheckpoint);
      });
    return undefined;
  }
  const options = {
    title: titled(organization, under ? `${question.title} · ${nameOf(under.model)}` : question.title),
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
  const parsed = parseCheckpointId(checkpoint);
  return {
    checkpoint,
    label: escapeForMessage(parsed ? shortName(parsed) : checkpoint, 100),
    description: escapeForMessage(checkpoint, 200),
  };
}

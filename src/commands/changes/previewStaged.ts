import { ProgressLocation, window } from 'vscode';
import type { Organization } from '../../access/organization';
import type { StagedChange, StagedPlan } from '../../access/plan/staged';
import { decisionAge } from '../../access/thresholds';
import { cancelSignal } from '../../editor/questions';
import { sentences } from '../../text/lists';
import * as words from '../../words/changes';
import { previewAndApply } from '../plan/previewPlan';
import { ensureStillCurrent, prefixWithOrganization } from '../shared/organizationInView';
import type { Services } from '../shared/services';

/**
 * Makes a plan of the staged changes, by current lists, and shows it. What is applied is unstaged, what failed stays
 * staged with the reason. What was already in effect is noted and unstaged, too.
 *
 * @param only leaves all other staged changes as they are, which is noted
 */
export async function previewStaged(
  services: Services,
  organization: Organization,
  only?: readonly StagedChange[],
): Promise<void> {
  const { staged, permissions, projects } = organization;
  if (!(await ensureStillCurrent(services, organization))) return;
  const changes = only ? stillStaged(organization, only) : staged.changes;
  if (changes.length === 0) {
    void window.showInformationMessage(prefixWithOrganization(organization, words.noLongerStaged));
    return;
  }
  await readCheckpointsOf(organization, changes);
  // The preview shows projects by name.
  await projects.read();
  const made = staged.toPlan((checkpoint) => permissions.snapshot(checkpoint), changes);
  const notes = [...notesOf(organization, made), ...notPartOfPlan(staged.size - changes.length)];
  if (made.plan.steps.length === 0) {
    staged.unstage(made.alreadyInEffect);
    void window.showInformationMessage(
      prefixWithOrganization(organization, sentences(...notes, words.nothingSent)),
    );
    return;
  }
  const outcomes = await previewAndApply(services, organization, made.plan, { notes });
  if (!outcomes) return;
  staged.settle(outcomes, made.plan);
  staged.unstage(made.alreadyInEffect);
}

/** Those of the changes that were neither unstaged nor reversed since. */
function stillStaged({ staged }: Organization, changes: readonly StagedChange[]): StagedChange[] {
  return changes.flatMap(({ checkpoint, project, action }) => {
    const now = staged.get(checkpoint, project);
    return now?.action === action ? now : [];
  });
}

/** Loads what decides about a change, which must be neither old nor part of a list. Rejects with the client's error. */
async function readCheckpointsOf(
  organization: Organization,
  changes: readonly StagedChange[],
): Promise<void> {
  const { permissions } = organization;
  const checkpoints = [...new Set(changes.map(({ checkpoint }) => checkpoint))];
  const title = prefixWithOrganization(organization, words.checkingCurrentAccess);
  await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (_progress, token) => {
      const signal = cancelSignal(token);
      await Promise.all(
        checkpoints.map(async (each) => {
          await permissions.readCurrent(each, decisionAge, signal);
          await permissions.readAll(each, 'person', signal);
        }),
      );
    },
  );
}

function notPartOfPlan(others: number): string[] {
  return others === 0 ? [] : [words.notPartOfPlan(others)];
}

function notesOf(organization: Organization, { alreadyInEffect, undecided }: StagedPlan): string[] {
  return [
    ...(alreadyInEffect.length > 0 ? [words.alreadyInEffect(organization, alreadyInEffect)] : []),
    ...(undecided.length > 0 ? [words.skippedUndecided(organization, undecided)] : []),
  ];
}

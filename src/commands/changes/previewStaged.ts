import { window } from 'vscode';
import type { Organization } from '../../access/organization';
import type { ShownPlan } from '../../access/plan/shownPlan';
import type { StagedChange, StagedPlan } from '../../access/plan/staged';
import type { MaxAge } from '../../access/plan/stillHolds';
import { inSlices } from '../../access/slices';
import { sentences } from '../../text/lists';
import * as words from '../../words/changes';
import type { MadePlan, PlanReading } from '../plan/makePlan';
import { previewAndApply } from '../plan/previewPlan';
import { ensureStillCurrent, prefixWithOrganization } from '../shared/organizationInView';
import type { Services } from '../shared/services';

/**
 * Converts the staged changes into a plan, by current lists, and previews it. Applied changes and changes already in
 * effect are unstaged. Failed changes stay staged with the reason.
 *
 * @param only the staged changes to apply; the others stay staged, which a note says
 * @param shown what the person agreed to on the page. A plan that is made the same is applied without another question.
 */
export async function previewStaged(
  services: Services,
  organization: Organization,
  only?: readonly StagedChange[],
  shown?: ShownPlan,
): Promise<void> {
  const { staged, permissions, projects } = organization;
  if (!(await ensureStillCurrent(services, organization))) return;
  const changes = only ? filterStaged(organization, only) : staged.changes;
  if (changes.length === 0) {
    void window.showInformationMessage(prefixWithOrganization(organization, words.noLongerStaged));
    return;
  }
  let latest: StagedPlan | undefined;
  const make = async ({ maxAge, signal }: PlanReading): Promise<MadePlan> => {
    await loadCheckpointsOf(organization, changes, maxAge, signal);
    // The notes name projects.
    await projects.read();
    const snapshotOf = (checkpoint: string) => permissions.snapshot(checkpoint);
    const converted = await inSlices(staged.toPlan(snapshotOf, changes), signal);
    latest = converted;
    const notes = [...notesOf(organization, converted), ...otherStagedNotes(staged.size - changes.length)];
    return {
      plan: converted.plan,
      heading: words.stagedChanges,
      notes,
      nothing: sentences(...notes, words.nothingSent),
      hasNews: converted.undecided.length > 0,
    };
  };
  const outcomes = await previewAndApply(services, organization, make, {
    title: words.checkingCurrentAccess,
    ...(shown && { shown, onPage: true }),
    onOutcomes: (some) => staged.settle(some, latest?.plan),
  });
  if (outcomes && latest) staged.unstage(latest.alreadyInEffect);
}

/** Drops changes that have been unstaged or reversed. */
function filterStaged({ staged }: Organization, changes: readonly StagedChange[]): StagedChange[] {
  return changes.flatMap(({ checkpoint, project, action }) => {
    const now = staged.get(checkpoint, project);
    return now?.action === action ? now : [];
  });
}

/** Loads the current, complete lists that staged changes are checked against. Rejects with the client's error. */
async function loadCheckpointsOf(
  organization: Organization,
  changes: readonly StagedChange[],
  maxAge: MaxAge,
  signal: AbortSignal,
): Promise<void> {
  const { permissions } = organization;
  const checkpoints = [...new Set(changes.map(({ checkpoint }) => checkpoint))];
  await Promise.all(
    checkpoints.map(async (each) => {
      await permissions.readCurrent(each, maxAge(each), signal);
      await permissions.readAll(each, 'person', signal);
    }),
  );
}

function otherStagedNotes(others: number): string[] {
  return others === 0 ? [] : [words.notPartOfPlan(others)];
}

function notesOf(organization: Organization, { alreadyInEffect, undecided }: StagedPlan): string[] {
  return [
    ...(alreadyInEffect.length > 0 ? [words.alreadyInEffect(organization, alreadyInEffect)] : []),
    ...(undecided.length > 0 ? [words.skippedUndecided(organization, undecided)] : []),
  ];
}

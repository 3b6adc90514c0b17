import { ProgressLocation, window } from 'vscode';
import { decisionAge } from '../../access/loading/currentAccess';
import type { Organization } from '../../access/organization';
import type { StagedChange, StagedPlan } from '../../access/plan/staged';
import { cancelSignal } from '../../editor/questions';
import { previewAndApply } from '../plan/previewPlan';
import { count, nameOf, projectName } from '../shared/displayNames';
import { isStillShown, titled } from '../shared/organizationInView';
import type { Services } from '../shared/services';

/**
 * Makes a plan of what is staged, by lists that are current, and shows it: what is applied of it is staged no more, what
 * failed stays with the reason. What has been done meanwhile is said, and needs to be staged no more either.
 *
 * @param only leaves whatever else is staged as it is, which is said
 */
export async function previewStaged(
  services: Services,
  organization: Organization,
  only?: readonly StagedChange[],
): Promise<void> {
  const { staged, permissions, projects } = organization;
  if (!(await isStillShown(services, organization))) return;
  const changes = only ? stillStaged(organization, only) : staged.changes;
  if (changes.length === 0) {
    const nothing = 'Nothing of it is staged any more. Nothing was sent.';
    void window.showInformationMessage(titled(organization, nothing));
    return;
  }
  await readCheckpointsOf(organization, changes);
  // People are to agree to names, also when nobody has read them before.
  await projects.read();
  const made = staged.toPlan((checkpoint) => permissions.snapshot(checkpoint), changes);
  const notes = [...notesOf(organization, made), ...notPartOfIt(staged.size - changes.length)];
  if (made.plan.steps.length === 0) {
    staged.unstage(made.void);
    void window.showInformationMessage(titled(organization, [...notes, 'Nothing was sent.'].join(' ')));
    return;
  }
  const outcomes = await previewAndApply(services, organization, made.plan, { notes });
  if (!outcomes) return;
  staged.settle(outcomes, made.plan);
  staged.unstage(made.void);
}

/** Those of the changes that nobody has taken back or turned round since. */
function stillStaged({ staged }: Organization, changes: readonly StagedChange[]): StagedChange[] {
  return changes.flatMap(({ checkpoint, project, action }) => {
    const now = staged.get(checkpoint, project);
    return now?.action === action ? now : [];
  });
}

/** What decides about a change must be neither old nor part of a list. Rejects with the client's error. */
async function readCheckpointsOf(
  organization: Organization,
  changes: readonly StagedChange[],
): Promise<void> {
  const { permissions } = organization;
  const checkpoints = [...new Set(changes.map(({ checkpoint }) => checkpoint))];
  const title = titled(organization, 'Looking who has access now');
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

/** What stays staged is said, so that nobody takes a part for the whole. */
function notPartOfIt(others: number): string[] {
  if (others === 0) return [];
  const [stay, are] = others === 1 ? ['stays', 'is'] : ['stay', 'are'];
  return [`${count(others, 'other change')} ${stay} staged and ${are} not part of this.`];
}

function notesOf(organization: Organization, { void: none, undecided }: StagedPlan): string[] {
  const named = (changes: readonly StagedChange[]): string => {
    const [first] = changes;
    if (!first) return '';
    const { action, checkpoint, project } = first;
    const rest = changes.length - 1;
    const words = `${action} ${nameOf(checkpoint)}, project ${projectName(organization, project)}`;
    return rest > 0 ? `${words}, and ${rest} more` : words;
  };
  return [
    ...(none.length > 0
      ? [
          `${count(none.length, 'staged change')} ${none.length === 1 ? 'is' : 'are'} so already: ${named(none)}.`,
        ]
      : []),
    ...(undecided.length > 0
      ? [
          `It is not known whether ${count(undecided.length, 'staged change')} is needed, because the list is incomplete; left out: ${named(undecided)}.`,
        ]
      : []),
  ];
}

import type { Permission } from '../../api';
import { type Account, nameIn, type StepAccount } from '../../journal/account';
import { compareIdentity, type OrganizationIdentity } from '../../organizationIdentity';
import { type Attribution, attribute } from '../../plan/attribution';
import { evidenceIn } from '../../plan/lookAgain';
import { isPause, type Steps } from '../../slices';
import type { Change, LocalRecord } from './change';
import type { Origins } from './origins';

/** Learns the project and checkpoint of permissions from the journal, whatever the outcome of its steps. */
export function* learnFromJournal(origins: Origins, accounts: readonly Account[]): Steps<void> {
  for (const { steps } of accounts) {
    for (const [index, account] of steps.entries()) {
      if (isPause(index)) yield;
      const { step } = account;
      const id = permissionOf(account);
      if (id) origins.learn(id, step, 'journal');
    }
  }
}

/**
 * The changes that this computer sent, or may have sent, in the organization `identity`. Changes that may be of
 * another organization are marked. Refused and unsent steps are left out.
 */
export function* ownChanges(
  accounts: readonly Account[],
  identity: OrganizationIdentity | undefined,
): Steps<Change[]> {
  const changes: Change[] = [];
  for (const account of accounts) {
    const maybeOtherOrganization = compareIdentity(account.whose, identity) !== 'same';
    const isUndo = account.undoes !== undefined;
    // One list for all changes of the plan.
    const steps = account.steps.map(({ step }) => step);
    for (const [index, step] of account.steps.entries()) {
      if (isPause(changes.length)) yield;
      const certainty = certaintyOf(step);
      if (!certainty || step.sentAt === undefined) continue;
      const { project, checkpoint } = step.step;
      const permission = permissionOf(step);
      const projectName = nameIn(account, project);
      changes.push({
        id: `journal/${account.id}/${index}`,
        at: step.sentAt,
        action: step.step.action === 'grant' ? 'granted' : 'revoked',
        project,
        checkpoint,
        origin: 'journal',
        own: {
          plan: account.id,
          steps,
          ...(isUndo && { isUndo }),
          by: account.by,
          certainty,
          ...(maybeOtherOrganization && { maybeOtherOrganization }),
        },
        ...(permission && { permission }),
        ...(projectName && { projectName }),
      });
    }
  }
  return changes;
}

/** The permission ID of a step: for a grant from the reloaded list or the response. */
function permissionOf(account: StepAccount): string | undefined {
  const { step, done } = account;
  return step.action === 'revoke'
    ? step.permissionId
    : (done?.permission ?? listedBy(account).permission)?.id;
}

/** Who granted what the response to a grant lists. */
function listedBy({ step, listed = [], ...before }: StepAccount): Attribution {
  const permissions = listed.map(
    ({ id, created_at = 0 }): Permission => ({
      id,
      created_at,
      project_id: step.project,
      object: 'checkpoint.permission',
    }),
  );
  return attribute(step, evidenceIn({ ...before, listed }), permissions);
}

function certaintyOf(account: StepAccount): LocalRecord['certainty'] | undefined {
  const { step, sentAt, answer, done, judged, listed = [] } = account;
  if (sentAt === undefined || done?.by === 'others') return undefined;
  if (done) return done.by === 'perhapsUs' ? 'perhaps' : 'verified';
  if (answer === 'refused') return undefined;
  if (step.action === 'grant' && answer === 'accepted' && listed.length > 0) {
    const { by } = listedBy(account);
    if (by !== 'us') return by === 'others' ? undefined : 'perhaps';
  }
  // The reloaded list shows that it is not in effect.
  if (judged?.result === 'failed' || judged?.result === 'notSent') return undefined;
  return answer === 'accepted' ? 'accepted' : 'unknown';
}

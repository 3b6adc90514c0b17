import { type Account, nameIn, type StepAccount } from '../../journal/account';
import { compareIdentity, type OrganizationIdentity } from '../../organizationIdentity';
import type { Change, LocalRecord } from './change';
import type { Origins } from './origins';

/** What the journal tells of permissions, whether or not anything came of its steps. */
export function learnFromJournal(origins: Origins, accounts: readonly Account[]): void {
  for (const { steps } of accounts) {
    for (const account of steps) {
      const { step } = account;
      const id = permissionOf(account);
      if (id) origins.learn(id, step, 'journal');
    }
  }
}

/**
 * The changes that this computer made, or may have made, in the organization `whose`; those of plans that may be of
 * another one say so. What was refused or never sent is none.
 */
export function ownChanges(accounts: readonly Account[], whose: OrganizationIdentity | undefined): Change[] {
  return accounts.flatMap((account) => {
    const maybeOtherOrganization = compareIdentity(account.whose, whose) !== 'same';
    return account.steps.flatMap((step, index) => {
      const certainty = certaintyOf(step);
      if (!certainty || step.sentAt === undefined) return [];
      const { project, checkpoint } = step.step;
      const permission = permissionOf(step);
      const projectName = nameIn(account, project);
      const change: Change = {
        id: `journal/${account.id}/${index}`,
        at: step.sentAt,
        action: step.step.action === 'grant' ? 'granted' : 'revoked',
        project,
        checkpoint,
        origin: 'journal',
        own: {
          plan: account.id,
          title: account.title,
          by: account.by,
          certainty,
          ...(maybeOtherOrganization && { maybeOtherOrganization }),
        },
        ...(permission && { permission }),
        ...(projectName && { projectName }),
      };
      return [change];
    });
  });
}

/** What a step was about: for a grant what was read back, or what the server answered. */
function permissionOf({ step, done, made }: StepAccount): string | undefined {
  return step.action === 'revoke' ? step.permissionId : (done?.permission ?? made?.[0])?.id;
}

function certaintyOf({ sentAt, answer, done, judged }: StepAccount): LocalRecord['certainty'] | undefined {
  if (sentAt === undefined || done?.by === 'others') return undefined;
  if (done) return 'verified';
  if (answer === 'refused') return undefined;
  // It was read back and found not done.
  if (judged?.result === 'failed' || judged?.result === 'notSent') return undefined;
  return answer === 'accepted' ? 'accepted' : 'unknown';
}

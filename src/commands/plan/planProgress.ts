import { ProgressLocation, window } from 'vscode';
import type { Organization } from '../../access/organization';
import type { Activity, ActivityWait } from '../../access/plan/proposals';
import { cancelSignal } from '../../editor/questions';
import { countDown } from '../../views/shared/waitingNotice';
import { prefixWithOrganization } from '../shared/organizationInView';

/** Where the progress of a plan is shown: `page` shows it on the Access page, and in a notification while that is out of sight. */
export type ProgressPlace = 'notification' | 'page';

export interface PlanProgress {
  report(message: string): void;
  /** Counts a wait down. The next report ends it. */
  wait(wait: ActivityWait): void;
}

/** Does work for a plan, with progress and cancel. The signal aborts, too, when the organization is no longer shown. */
export function withPlanProgress<T>(
  organization: Organization,
  place: ProgressPlace,
  title: string,
  work: (progress: PlanProgress, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return place === 'page' ? onPage(organization, title, work) : inNotification(organization, title, work);
}

async function inNotification<T>(
  organization: Organization,
  title: string,
  work: (progress: PlanProgress, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: prefixWithOrganization(organization, title),
      cancellable: true,
    },
    (progress, token) => {
      let stopCountdown = (): void => undefined;
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      const shown: PlanProgress = {
        report(message) {
          stopCountdown();
          progress.report({ message });
        },
        wait(wait) {
          stopCountdown();
          stopCountdown = countDown(progress, wait);
        },
      };
      return work(shown, signal).finally(() => stopCountdown());
    },
  );
}

async function onPage<T>(
  organization: Organization,
  title: string,
  work: (progress: PlanProgress, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { proposals, closed } = organization;
  const canceling = new AbortController();
  const cancel = (): void => canceling.abort();
  const show = (activity: Omit<Activity, 'title'>): void =>
    proposals.setActivity({ title, ...activity }, cancel);
  show({ message: '' });
  const done = work(
    { report: (message) => show({ message }), wait: (wait) => show({ message: '', wait }) },
    AbortSignal.any([canceling.signal, closed]),
  ).finally(() => proposals.setActivity(undefined));
  void notifyWhileOutOfSight(organization, title, cancel, done);
  return done;
}

/** Shows the progress in a notification whenever the page is out of sight, until the work is done. */
async function notifyWhileOutOfSight(
  organization: Organization,
  title: string,
  cancel: () => void,
  work: Promise<unknown>,
): Promise<void> {
  const { proposals } = organization;
  let isOver = false;
  let onOver = (): void => undefined;
  const over = (): void => {
    isOver = true;
    onOver();
  };
  work.then(over, over);
  while (!isOver) {
    if (proposals.isInSight) await changed();
    else {
      await window.withProgress(
        {
          location: ProgressLocation.Notification,
          title: prefixWithOrganization(organization, title),
          cancellable: true,
        },
        async (progress, token) => {
          const canceled = token.onCancellationRequested(cancel);
          let shown: Activity | undefined;
          let stopCountdown = (): void => undefined;
          while (!isOver && !proposals.isInSight) {
            const { activity } = proposals;
            if (activity && activity !== shown) {
              stopCountdown();
              if (activity.wait) stopCountdown = countDown(progress, activity.wait);
              else progress.report({ message: activity.message });
              shown = activity;
            }
            await changed();
          }
          stopCountdown();
          canceled.dispose();
        },
      );
    }
  }

  /** Resolves at the next change of what is shown, or when the work is over. */
  function changed(): Promise<void> {
    return new Promise((resolve) => {
      const unsubscribe = proposals.onDidChange(end);
      onOver = end;
      if (isOver) end();
      function end(): void {
        unsubscribe();
        resolve();
      }
    });
  }
}

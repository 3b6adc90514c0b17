import { ProgressLocation, window } from 'vscode';
import type { Organization } from '../../access/organization';
import { cancelSignal } from '../../editor/questions';
import { addressOf } from '../../views/details/subject';
import { countDown } from '../../views/shared/waitingNotice';
import { keyStatus } from '../../words/keyStatus';
import { checkingKey } from '../../words/keys';
import { openDetails } from '../checkpoints/showDetails';
import { organizationInView } from '../shared/organizationInView';
import type { Command, Services } from '../shared/services';

/** Opens the page that says what is known of the admin API key in use. Sends no request. */
export const showKeyStatus: Command = async (services) => {
  const organization = await organizationInView(services, []);
  if (organization) await show(services, organization);
};

/** Checks the admin API key in use with one request, and opens its page. */
export const checkKeyAgain: Command = async (services) => {
  const organization = await organizationInView(services, []);
  if (!organization) return;
  await window.withProgress(
    { location: ProgressLocation.Notification, title: checkingKey['admin API key'], cancellable: true },
    async (progress, token) => {
      let stopCountdown = (): void => undefined;
      const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
      const checked = organization.keyHealth.checkAgain({
        signal,
        onWait(wait) {
          stopCountdown();
          stopCountdown = countDown(progress, wait);
        },
      });
      await checked.finally(() => stopCountdown());
    },
  );
  await show(services, organization);
};

function show(services: Services, { id }: Organization): Promise<void> {
  const { labelAmongSeveral } = services.current;
  return openDetails(services, addressOf({ kind: 'key', organization: id }, keyStatus, labelAmongSeveral));
}

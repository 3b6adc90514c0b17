import { commands, type Disposable, type ViewBadge, window } from 'vscode';
import { dueExpiry } from '../../access/key/keyCheck';
import type { Organization } from '../../access/organization';
import { commandIds } from '../../ids';
import type { CurrentOrganization } from '../../organizations/currentOrganization';
import { isFirstOfDay } from '../../organizations/noticeOfDay';
import { isoDay } from '../../text/dates';
import { expiryNotice } from '../../words/keyStatus';
import { organizationSwitched } from '../../words/organizations';
import { commandTitles } from '../../words/titles';

/** How often, in milliseconds, a window that stays open looks at the date. */
const lookEvery = 10 * 60_000;

/** What {@link KeyExpiry} works with. */
export interface KeyExpiryParts {
  readonly current: CurrentOrganization;
  /** The view that has the badge. */
  readonly view: { badge: ViewBadge | undefined };
  /** The folder, shared by all windows, that says whose notice was shown today. */
  readonly notices: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** The one of this window, once an organization was opened. */
let shown: KeyExpiry | undefined;

/** Points out an admin API key that expires. `owned`: gets what is made, to dispose of it. */
export function showKeyExpiry(parts: KeyExpiryParts, owned: Disposable[]): void {
  if (shown) return;
  shown = new KeyExpiry(parts);
  owned.push(shown);
}

/**
 * A badge on the Checkpoints view, and one notice a day over all windows, from some days before the admin API key in use
 * expires. Sends no request: the date was loaded when the key was checked. A sample organization has the badge only.
 */
export class KeyExpiry implements Disposable {
  readonly #subscriptions: readonly Disposable[];
  readonly #timer: NodeJS.Timeout;
  readonly #now: () => number;
  #organization: Organization | undefined;
  #stopWatching = (): void => undefined;
  #looks: Promise<void> = Promise.resolve();
  #isDisposed = false;
  /** The organization and the day of the last notice that this window showed, or found shown. */
  #noticed = '';

  constructor(private readonly parts: KeyExpiryParts) {
    const { current, now = Date.now } = parts;
    this.#now = now;
    this.#subscriptions = [
      current.onDidChange(() => {
        this.#follow(undefined);
        void this.#followCurrent();
      }),
      current.onDidRelabel(() => void this.look()),
    ];
    this.#timer = setInterval(() => void this.look(), lookEvery);
    this.#timer.unref();
    this.#looks = this.#followCurrent();
  }

  /** Looks at the date, and at what another window found. Resolves when a notice that is due was shown. */
  look(): Promise<void> {
    // One after the other, so that none is over before the notice of an earlier one is shown.
    this.#looks = this.#looks.then(() => this.#update());
    return this.#looks;
  }

  dispose(): void {
    if (shown === this) shown = undefined;
    this.#isDisposed = true;
    clearInterval(this.#timer);
    this.#stopWatching();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #followCurrent(): Promise<void> {
    const request = this.parts.current.get();
    const active = await request;
    // A keyring can be slow. Its answer may be for an organization that is no longer shown.
    if (this.parts.current.get() !== request) return;
    this.#follow(active.kind === 'organization' ? active.organization : undefined);
  }

  #follow(organization: Organization | undefined): void {
    this.#stopWatching();
    this.#organization = organization;
    this.#stopWatching = organization?.keyHealth.onDidChange(() => void this.look()) ?? (() => undefined);
    void this.look();
  }

  async #update(): Promise<void> {
    const organization = this.#organization;
    if (this.#isDisposed) return;
    organization?.keyHealth.reload();
    const due = organization && dueExpiry(organization.keyHealth.check, this.#now());
    if (!due) {
      this.#setBadge(undefined);
      return;
    }
    const notice = expiryNotice(this.parts.current.label || organization.name, due);
    this.#setBadge({ value: 1, tooltip: notice });
    if (!organization.isSample && (await this.#isFirstToday(organization)))
      this.#notify(organization, notice);
  }

  #setBadge(badge: ViewBadge | undefined): void {
    const { view } = this.parts;
    // VS Code draws the badge anew each time it is set.
    if (view.badge?.tooltip !== badge?.tooltip) view.badge = badge;
  }

  async #isFirstToday({ id }: Organization): Promise<boolean> {
    const day = isoDay(this.#now()) ?? '';
    const noticed = `${day}.${id}`;
    if (this.#noticed === noticed) return false;
    this.#noticed = noticed;
    return isFirstOfDay(this.parts.notices, id, day);
  }

  #notify({ id }: Organization, notice: string): void {
    const acts: Readonly<Record<string, string>> = {
      [commandTitles.setAdminKey]: commandIds.setAdminKey,
      [commandTitles.showKeyStatus]: commandIds.showKeyStatus,
    };
    void window.showWarningMessage(notice, ...Object.keys(acts)).then((button) => {
      const command = acts[button ?? ''];
      if (command === undefined) return;
      // Both commands act on the organization that is shown.
      if (this.parts.current.shownId === id) void commands.executeCommand(command);
      else void window.showWarningMessage(organizationSwitched());
    });
  }
}

import { type Disposable, StatusBarAlignment, type StatusBarItem, window } from 'vscode';
import type { Organization } from '../../access/organization';
import { commandIds } from '../../ids';
import type { CurrentOrganization } from '../../organizations/currentOrganization';
import { statusInWords, statusName } from '../../words/status';

/** Left of the notices of other extensions, right of the branch and the problems. */
const priority = -10;

/** The status bar item of this window, once an organization was opened. */
let shown: OrganizationStatus | undefined;

/** Shows in the status bar which organization is in use. `owned`: gets the item when it is made, to dispose of it. */
export function showStatus(current: CurrentOrganization, owned: Disposable[]): OrganizationStatus {
  if (!shown) {
    shown = new OrganizationStatus(current);
    owned.push(shown);
  }
  return shown;
}

/**
 * The status bar item that names the organization in use and counts its staged changes. It opens the switcher. Hidden
 * while no organization is open, and while another one is being opened: it never names one that is not in use.
 */
export class OrganizationStatus implements Disposable {
  readonly #item: StatusBarItem;
  readonly #subscriptions: readonly Disposable[];
  #organization: Organization | undefined;
  #stopCounting = (): void => undefined;

  constructor(private readonly current: CurrentOrganization) {
    this.#item = window.createStatusBarItem('organization', StatusBarAlignment.Left, priority);
    this.#item.name = statusName;
    this.#item.command = commandIds.switchOrganization;
    this.#subscriptions = [
      current.onDidChange(() => {
        this.#follow(undefined);
        void this.#followCurrent();
      }),
      current.onDidRelabel(() => this.#update()),
    ];
    void this.#followCurrent();
  }

  /** What the status bar shows; undefined while the item is hidden. */
  get text(): string | undefined {
    return this.#organization && this.#item.text;
  }

  get tooltip(): StatusBarItem['tooltip'] {
    return this.#item.tooltip;
  }

  /** What a screen reader says. */
  get spoken(): string | undefined {
    return this.#item.accessibilityInformation?.label;
  }

  dispose(): void {
    if (shown === this) shown = undefined;
    this.#stopCounting();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#item.dispose();
  }

  async #followCurrent(): Promise<void> {
    const request = this.current.get();
    const active = await request;
    // A keyring can be slow. Its answer may be for an organization that is no longer shown.
    if (this.current.get() !== request) return;
    this.#follow(active.kind === 'organization' ? active.organization : undefined);
  }

  #follow(organization: Organization | undefined): void {
    this.#stopCounting();
    this.#organization = organization;
    this.#stopCounting = organization?.staged.onDidChange(() => this.#update()) ?? (() => undefined);
    this.#update();
  }

  #update(): void {
    const organization = this.#organization;
    if (!organization) {
      this.#item.hide();
      return;
    }
    const { text, tooltip, spoken } = statusInWords(
      this.current.label || organization.name,
      organization.staged.size,
    );
    this.#item.text = `$(${organization.isSample ? 'beaker' : 'organization'}) ${text}`;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: spoken };
    this.#item.show();
  }
}

import type { History } from '../access/history/history';
import type { Organization } from '../access/organization';
import type { Journals } from './journals';

/** The history of each organization, made when somebody first looks at it. */
export class Histories {
  readonly #of = new WeakMap<Organization, Promise<History>>();

  constructor(private readonly journals: Journals) {}

  of(organization: Organization): Promise<History> {
    const known = this.#of.get(organization);
    if (known) return known;
    const opening = this.#open(organization);
    this.#of.set(organization, opening);
    return opening;
  }

  async #open(organization: Organization): Promise<History> {
    const { History } = await import('../access/history/history');
    const { id, catalog, permissions, organizationAPI } = organization;
    return new History({
      id,
      catalog,
      permissions,
      // Another one after each time that the organization was not shown.
      get closed() {
        return organization.closed;
      },
      auditLogs: organizationAPI.auditLogs,
      now: permissions.now,
      journal: () => this.journals.of(organization),
    });
  }
}

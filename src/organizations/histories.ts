import { History } from '../access/evidence/history/history';
import type { Organization } from '../access/organization';
import type { Journals } from './journals';

/** The history of each organization, made when somebody first looks at it. */
export class Histories {
  readonly #of = new WeakMap<Organization, History>();

  constructor(private readonly journals: Journals) {}

  of(organization: Organization): History {
    const known = this.#of.get(organization);
    if (known) return known;
    const { id, catalog, permissions, organizationAPI, whose } = organization;
    const history = new History({
      id,
      catalog,
      permissions,
      ...(whose && { whose }),
      // Another one after each time that the organization was not shown.
      get closed() {
        return organization.closed;
      },
      auditLogs: organizationAPI.auditLogs,
      now: permissions.now,
      journal: () => this.journals.of(organization),
    });
    this.#of.set(organization, history);
    return history;
  }
}

import { History } from '../access/evidence/history/history';
import type { Organization } from '../access/organization';
import type { Journals } from './journals';

/** The history of each organization, created on first use. */
export class Histories {
  readonly #histories = new WeakMap<Organization, History>();

  constructor(private readonly journals: Journals) {}

  of(organization: Organization): History {
    const known = this.#histories.get(organization);
    if (known) return known;
    const { id, catalog, permissions, identity, trail } = organization;
    const history = new History({
      id,
      catalog,
      permissions,
      trail,
      ...(identity && { identity }),
      journal: () => this.journals.of(organization),
    });
    this.#histories.set(organization, history);
    return history;
  }
}

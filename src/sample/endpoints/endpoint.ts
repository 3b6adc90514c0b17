import type { SampleRequest } from '../answers/exchange';
import type { Key } from '../state/actors';
import type { AuditTrail } from '../state/auditTrail';
import type { OrganizationState } from '../state/organizationState';
import type { UsageRecord } from '../state/usage';

/** What follows from the state. Each is kept until the state changes. */
export interface Records {
  readonly audit: AuditTrail;
  readonly usage: UsageRecord;
}

/** What an endpoint is given: its path's decoded parts by name, the rest of the request, and the records. */
export interface Call extends Records {
  readonly parameters: Readonly<Record<string, string>>;
  readonly request: SampleRequest;
  readonly key: Key;
}

/** One operation of the API. */
export interface Endpoint {
  /** As the official SDK calls it, for example `permissions.list`. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Under `/v1`; a part in braces is a parameter. */
  readonly path: string;
  readonly key: Key['kind'];
  readonly scope: string;
  /** Returns the JSON of the 200 answer, or throws a `Refusal`. */
  answer(state: OrganizationState, call: Call): unknown;
}

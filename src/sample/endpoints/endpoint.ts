import type { SampleRequest } from '../answers/exchange';
import type { SampleKey } from '../state/actors';
import type { AuditRecord } from '../state/auditRecord';
import type { OrganizationState } from '../state/organizationState';
import type { UsageRecord } from '../state/usageRecord';

/** What follows from the state. Each is kept until the state changes. */
export interface Records {
  readonly audit: AuditRecord;
  readonly usage: UsageRecord;
}

/** What an endpoint is given: its path's decoded parts by name, the rest of the request, and the records. */
export interface EndpointCall extends Records {
  readonly parameters: Readonly<Record<string, string>>;
  readonly request: SampleRequest;
  readonly key: SampleKey;
}

/** One operation of the API. */
export interface Endpoint {
  /** As the official SDK calls it, for example `permissions.list`. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Under `/v1`; a part in braces is a parameter. */
  readonly path: string;
  readonly key: SampleKey['kind'];
  readonly scope: string;
  /** Returns the JSON of the 200 answer, or throws an `ErrorResponse`. */
  answer(state: OrganizationState, call: EndpointCall): unknown;
}

import type { SampleRequest } from '../answers/exchange';
import type { SampleKey } from '../state/actors';
import type { AuditRecord } from '../state/auditRecord';
import type { OrganizationState } from '../state/organizationState';
import type { UsageRecord } from '../state/usageRecord';

/** Records derived from the state, cached until it changes. */
export interface Records {
  readonly audit: AuditRecord;
  readonly usage: UsageRecord;
}

/** A call of an endpoint: decoded path parameters by name, the request, its key, and the records. */
export interface EndpointCall extends Records {
  readonly parameters: Readonly<Record<string, string>>;
  readonly request: SampleRequest;
  readonly key: SampleKey;
}

/** One operation of the API. */
export interface Endpoint {
  /** Named as in the official SDK, for example `permissions.list`. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/v1`. A segment in braces is a parameter. */
  readonly path: string;
  readonly key: SampleKey['kind'];
  readonly scope: string;
  /** Returns the body of the 200 response, or throws an `ErrorResponse`. */
  answer(state: OrganizationState, call: EndpointCall): unknown;
}

export { APIPromise } from './apiPromise';
export { checkBaseURL } from './baseUrl';
export { OpenAIAdmin } from './client';
export type { Clock } from './clock';
export * from './errors';
export type { FallbackReport, NetworkSettings } from './network';
export type {
  ClientOptions,
  ConnectionOptions,
  ProjectClientOptions,
  RequestOptions,
  RequestReport,
  Waiting,
} from './options';
export { CursorPage, maxPages, Page, PagePromise } from './pages';
export { pathSegment } from './path';
export { OpenAIProject } from './projectClient';
export type { AdminAPIKeys } from './resources/adminApiKeys';
export type { AuditLogs } from './resources/auditLogs';
export type { JobCheckpoints } from './resources/jobCheckpoints';
export type { Jobs } from './resources/jobs';
export type { ModelPermissions } from './resources/modelPermissions';
export type { Models } from './resources/models';
export type { Permissions } from './resources/permissions';
export type { ProjectAPIKeys } from './resources/projectApiKeys';
export type { Projects } from './resources/projects';
export type { Usage, UsagePeriodParams } from './resources/usage';
export type { Transport, TransportFailure, TransportRequest, TransportResponse } from './transport';
export type * from './wire';

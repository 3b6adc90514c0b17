export { APIPromise } from './api-promise';
export { checkBaseURL, type KeyName } from './base-url';
export { OpenAIAdmin } from './client';
export type { Clock } from './clock';
export { DEFAULT_BASE_URL } from './connection';
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
export { CursorPage, Page, PagePromise } from './pages';
export { pathSegment } from './path';
export { OpenAIProject } from './project-client';
export { redact } from './redact';
export type { AdminAPIKeys } from './resources/admin-api-keys';
export type { AuditLogs } from './resources/audit-logs';
export type { JobCheckpoints } from './resources/job-checkpoints';
export type { Jobs } from './resources/jobs';
export type { Models } from './resources/models';
export type { Permissions } from './resources/permissions';
export type { Projects } from './resources/projects';
export type { Usage } from './resources/usage';
export type { Transport, TransportFailure, TransportRequest, TransportResponse } from './transport';
export type * from './wire';

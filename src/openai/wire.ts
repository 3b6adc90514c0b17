/**
 * Wire types (docs/api.md#permissions-of-a-checkpoint, docs/api.md#the-other-endpoints), named as in the official SDK.
 * A required time is 0 if it is unknown. A compile-time test holds them assignable to and from those of the SDK.
 */

/** One project's access to one checkpoint. Has no checkpoint, creator or expiry. */
export interface Permission {
  /** `cp_…` */
  id: string;
  object: 'checkpoint.permission';
  /** Unix time, in seconds. */
  created_at: number;
  /** `proj_…` */
  project_id: string;
}

export interface PermissionList {
  object: 'list';
  data: Permission[];
  has_more: boolean;
  first_id?: string | null;
  last_id?: string | null;
}

export interface PermissionDeleted {
  id: string;
  object: 'checkpoint.permission';
  deleted: boolean;
}

export interface CursorParams {
  /** ID before the first item of the page. */
  after?: string;
  /** Items per page. The API defaults to 10 for permissions and 20 elsewhere. */
  limit?: number;
}

export interface PermissionListParams extends CursorParams {
  /** By creation time. The API defaults to `descending`, newest first. */
  order?: 'ascending' | 'descending';
  /** Only the permissions of this project. */
  project_id?: string;
}

export type PermissionRetrieveParams = PermissionListParams;

export interface PermissionCreateParams {
  project_ids: string[];
}

export interface PermissionDeleteParams {
  fine_tuned_model_checkpoint: string;
}

export interface AdminAPIKeyOwner {
  id?: string;
  object?: string;
  type?: string;
  name?: string;
  role?: string;
  created_at?: number;
}

/** An admin API key of the organization. Its value is never returned, only `redacted_value`. */
export interface AdminAPIKey {
  id: string;
  object: 'organization.admin_api_key';
  name?: string | null;
  redacted_value: string;
  /** Unix time, in seconds. */
  created_at: number;
  /** Unix time, in seconds. */
  expires_at: number | null;
  /** Unix time, in seconds. */
  last_used_at?: number | null;
  owner: AdminAPIKeyOwner;
}

export interface AdminAPIKeyListParams extends CursorParams {
  order?: 'asc' | 'desc';
}

export interface Project {
  /** `proj_…` */
  id: string;
  object: 'organization.project';
  name?: string | null;
  /** `active` or `archived`. */
  status?: string | null;
  /** Unix time, in seconds. */
  created_at: number;
  /** Unix time, in seconds. */
  archived_at?: number | null;
  external_key_id?: string | null;
}

export interface ProjectListParams extends CursorParams {
  /** The API omits archived projects unless this is true. */
  include_archived?: boolean;
}

/** Which models a project may use, beside those that it has access to. At most one for each project. */
export interface ProjectModelPermissions {
  object: 'project.model_permissions';
  /** `allow_list`: only these models. `deny_list`: all but these. */
  mode: 'allow_list' | 'deny_list';
  /** Base models and fine-tuned models. */
  model_ids: string[];
}

/** The person or the service account that an API key of a project belongs to. */
export interface ProjectAPIKeyOwner {
  /** `user` or `service_account`. */
  type?: string;
  user?: { id?: string; name?: string; email?: string; role?: string; created_at?: number };
  service_account?: { id?: string; name?: string; role?: string; created_at?: number };
}

/** An API key of a project. Its value is never returned, only `redacted_value`. */
export interface ProjectAPIKey {
  id: string;
  object: 'organization.project.api_key';
  name: string;
  redacted_value: string;
  /** Unix time, in seconds. */
  created_at: number;
  /** Unix time, in seconds. */
  last_used_at: number | null;
  /** Unix time, in seconds. Missing from older servers. */
  expires_at?: number | null;
  owner: ProjectAPIKeyOwner;
  /** `active` or `inactive`: whether the owner has access to the project now. */
  owner_project_access?: string;
}

export interface ProjectAPIKeyListParams extends CursorParams {
  /** By the access of the owner. Without it, the API may leave out keys that are enabled. */
  owner_project_access?: 'active' | 'inactive' | 'any';
}

export interface AuditLogUser {
  id?: string;
  email?: string;
}

/** The actor: a user session, or a key of a user or service account. */
export interface AuditLogActor {
  /** `session` or `api_key`. */
  type?: string;
  session?: { user?: AuditLogUser; ip_address?: string };
  api_key?: { id?: string; type?: string; user?: AuditLogUser; service_account?: { id?: string } };
}

/** An audit log event, with the details of the two event types for permissions. */
export interface AuditLog {
  id: string;
  /** For example `checkpoint.permission.created`. New types appear without notice. */
  type: string;
  /** Unix time, in seconds. */
  effective_at: number;
  /** Null or missing if the API does not name the actor. */
  actor?: AuditLogActor | null;
  /** Project of the event. Events of an admin key have the organization's default project. */
  project?: { id?: string; name?: string };
  /** `id` is the permission's. */
  'checkpoint.permission.created'?: {
    id?: string;
    data?: { project_id?: string; fine_tuned_model_checkpoint?: string };
  };
  /** `id` is the permission's. Only the earlier `created` event names project and checkpoint. */
  'checkpoint.permission.deleted'?: { id?: string };
}

/** Values of one list are alternatives. Different filters must all match. */
export interface AuditLogListParams extends CursorParams {
  /** ID after the last item of the page. */
  before?: string;
  event_types?: string[];
  project_ids?: string[];
  actor_emails?: string[];
  actor_ids?: string[];
  resource_ids?: string[];
  /** Unix times, in seconds. */
  effective_at?: { gt?: number; gte?: number; lt?: number; lte?: number };
  /** Only events above the level of projects. */
  tenant_only?: boolean;
}

/** Usage within one bucket. Fields that are not grouped by are null. */
export interface UsageCompletionsResult {
  object: 'organization.usage.completions.result';
  input_tokens?: number;
  output_tokens?: number;
  num_model_requests: number;
  model?: string | null;
  project_id?: string | null;
  user_id?: string | null;
  api_key_id?: string | null;
  batch?: boolean | null;
  service_tier?: string | null;
}

/** A time range. Empty results mean no usage. */
export interface UsageCompletionsBucket {
  object: 'bucket';
  /** Unix time, in seconds, inclusive. */
  start_time: number;
  /** Unix time, in seconds, exclusive. */
  end_time: number;
  results: UsageCompletionsResult[];
  /** Number of results of other kinds, which were skipped. Absent if there were none. Not a field of the API. */
  otherResults?: number;
}

export interface UsageCompletions {
  object: 'page';
  data: UsageCompletionsBucket[];
  has_more: boolean;
  next_page: string | null;
}

export interface UsageCompletionsParams {
  /** Unix time, in seconds, inclusive. */
  start_time: number;
  /** Unix time, in seconds, exclusive. */
  end_time?: number;
  /** The API's default is `1d`. */
  bucket_width?: '1m' | '1h' | '1d';
  group_by?: ('project_id' | 'user_id' | 'api_key_id' | 'model' | 'batch' | 'service_tier')[];
  models?: string[];
  project_ids?: string[];
  user_ids?: string[];
  api_key_ids?: string[];
  batch?: boolean;
  /** Buckets per page. For `1d`, the API defaults to 7 and allows 31. */
  limit?: number;
  /** `next_page` of the previous page. */
  page?: string;
}

export interface FineTuningJobError {
  code?: string;
  message?: string;
  param?: string | null;
}

/** A fine-tuning job, without its configuration. */
export interface FineTuningJob {
  /** `ftjob-…` */
  id: string;
  object: 'fine_tuning.job';
  /** Unix time, in seconds. */
  created_at: number;
  /** Unix time, in seconds. */
  finished_at: number | null;
  /** The base model. */
  model: string;
  /** `ft:…`, or null if the job runs or failed. */
  fine_tuned_model: string | null;
  /** `validating_files`, `queued`, `running`, `succeeded`, `failed` or `cancelled`. */
  status: string;
  trained_tokens?: number | null;
  error?: FineTuningJobError | null;
}

export type JobListParams = CursorParams;

/** Metrics of one training step. Only those that the job was configured for are present. */
export interface FineTuningJobMetrics {
  step?: number;
  train_loss?: number;
  train_mean_token_accuracy?: number;
  valid_loss?: number;
  valid_mean_token_accuracy?: number;
  full_valid_loss?: number;
  full_valid_mean_token_accuracy?: number;
}

/** A checkpoint that a job saved at one of its steps. */
export interface FineTuningJobCheckpoint {
  /** `ftckpt_…`. Permissions use `fine_tuned_model_checkpoint` instead. */
  id: string;
  object: 'fine_tuning.job.checkpoint';
  /** Unix time, in seconds. */
  created_at: number;
  /** `ft:…` or `ft:…:ckpt-step-N`. */
  fine_tuned_model_checkpoint: string;
  fine_tuning_job_id: string;
  step_number: number;
  metrics: FineTuningJobMetrics;
}

export type JobCheckpointListParams = CursorParams;

export interface Model {
  id: string;
  object: 'model';
  /** Unix time, in seconds. */
  created: number;
  owned_by: string;
  /** `YYYY-MM-DD`. Null or missing if no shutdown date is known. */
  shutdown_date?: string | null;
}

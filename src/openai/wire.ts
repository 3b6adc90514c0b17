/**
 * What goes over the wire (API reference §1 and §2), named as in the official SDK so that code written for either
 * reads the same. A compile-time test holds these assignable to and from the SDK's own.
 */

/** One project's access to one checkpoint. It names no checkpoint, no creator and no expiry. */
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

export type PermissionListResponse = Permission;
export type PermissionCreateResponse = Permission;
export type PermissionRetrieveResponse = PermissionList;
export type PermissionDeleteResponse = PermissionDeleted;

export interface CursorParams {
  /** The id after which the page begins. */
  after?: string;
  /** Items a page; the API's default is 10 for permissions and 20 elsewhere. */
  limit?: number;
}

export interface PermissionListParams extends CursorParams {
  /** By time of creation; the API's default is `descending`, the newest first. */
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

/** An admin API key of the organization; its value is never answered, only `redacted_value`. */
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
  /** The API leaves archived projects out unless this is true. */
  include_archived?: boolean;
}

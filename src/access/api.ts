import type { OpenAIAdmin, Permission, RequestOptions } from '../openai';

/** The part of the typed client that the domain works with. */
export type PermissionsAPI = Pick<
  OpenAIAdmin['fineTuning']['checkpoints']['permissions'],
  'list' | 'create' | 'delete'
>;

/**
 * A permission as the API sends it. It names neither its checkpoint nor its creator
 * (docs/api.md#what-a-permission-contains).
 */
export type { Permission };

/** Requests of priority `person` are sent before those of `background`. */
export type Priority = NonNullable<RequestOptions['priority']>;

/** One page of a list of permissions as the API sends it. */
export interface PermissionPage {
  readonly data: readonly Permission[];
  readonly has_more: boolean;
  readonly last_id?: string | null | undefined;
}

import type { Answer } from './api-promise';
import * as check from './check';
import { jsonOf, unexpected } from './refusal';
import type { AdminAPIKey, AdminAPIKeyOwner, Permission, PermissionDeleted, Project } from './wire';

/** A page of any list of this API, reduced to what all of them have. */
export interface ListBody<Item> {
  object: 'list';
  data: Item[];
  has_more: boolean;
  first_id?: string | null;
  last_id?: string | null;
}

function list<Item>(item: check.Check<Item>): check.Check<ListBody<Item>> {
  return check.fields<ListBody<Item>>({
    object: check.exactly('list'),
    data: check.listOf(item),
    has_more: check.flag,
    first_id: check.optionalOrNull(check.text),
    last_id: check.optionalOrNull(check.text),
  });
}

export const permissions = list(
  check.fields<Permission>({
    id: check.id,
    object: check.exactly('checkpoint.permission'),
    created_at: check.seconds,
    project_id: check.id,
  }),
);

export const permissionDeleted = check.fields<PermissionDeleted>({
  id: check.id,
  object: check.exactly('checkpoint.permission'),
  deleted: check.flag,
});

export const adminAPIKeys = list(
  check.fields<AdminAPIKey>({
    id: check.id,
    object: check.exactly('organization.admin_api_key'),
    name: check.optionalOrNull(check.text),
    redacted_value: check.orElse(check.text, ''),
    created_at: check.seconds,
    expires_at: check.orElse(check.optionalOrNull(check.seconds), null),
    last_used_at: check.optionalOrNull(check.seconds),
    owner: check.orElse(
      check.fields<AdminAPIKeyOwner>({
        id: check.optional(check.text),
        object: check.optional(check.text),
        type: check.optional(check.text),
        name: check.optional(check.text),
        role: check.optional(check.text),
        created_at: check.optional(check.seconds),
      }),
      {},
    ),
  }),
);

export const projects = list(
  check.fields<Project>({
    id: check.id,
    object: check.exactly('organization.project'),
    name: check.optionalOrNull(check.text),
    status: check.optionalOrNull(check.text),
    created_at: check.seconds,
    archived_at: check.optionalOrNull(check.seconds),
    external_key_id: check.optionalOrNull(check.text),
  }),
);

/**
 * The body of a successful answer as its wire type.
 *
 * @throws UnexpectedAnswerError, `uncertain` if the call was a change: it may well have been made.
 */
export function parseAs<T>(wire: check.Check<T>, answer: Answer): T {
  const { response, secrets } = answer;
  try {
    const body = jsonOf(response, secrets);
    try {
      return wire(body);
    } catch (error) {
      if (!(error instanceof check.Mismatch)) throw error;
      throw unexpected('shape', `an answer of another shape: ${error.message}`, response, secrets);
    }
  } catch (error) {
    if (answer.call.method !== 'GET') Object.assign(error as object, { uncertain: true });
    throw error;
  }
}

import { APIPromise } from '../apiPromise';
import type { RequestOptions } from '../options';
import { type CursorPage, Page, PagePromise } from '../pages';
import type { RequestPipeline } from '../requestPipeline';
import { type ListBody, parseAs, permissionDeleted, permissions } from '../responses';
import type {
  Permission,
  PermissionCreateParams,
  PermissionDeleted,
  PermissionDeleteParams,
  PermissionList,
  PermissionListParams,
  PermissionRetrieveParams,
} from '../wire';
import { cursorList } from './lists';

const path = (checkpoint: string) => ['fine_tuning', 'checkpoints', checkpoint, 'permissions'];

/**
 * Permissions of a fine-tuned model checkpoint (docs/api.md#permissions-of-a-checkpoint). The checkpoint is an `ft:…`
 * or `ft:…:ckpt-step-N` ID. All methods take the arguments of the official SDK and need an admin API key.
 */
export class Permissions {
  readonly #send: RequestPipeline;
  readonly #legacyDeletePath: boolean;

  constructor(send: RequestPipeline, legacyDeletePath = false) {
    this.#send = send;
    this.#legacyDeletePath = legacyDeletePath;
  }

  /** The permissions of a checkpoint. Await the result for the first page, iterate over it for all items. */
  list(
    checkpoint: string,
    query?: PermissionListParams | null,
    options?: RequestOptions,
  ): PagePromise<CursorPage<Permission>, Permission> {
    return cursorList(this.#send, permissions, path(checkpoint), query, options);
  }

  /** One page of permissions as plain data. The official SDK deprecates it in favor of {@link list}. */
  retrieve(
    checkpoint: string,
    query?: PermissionRetrieveParams | null,
    options?: RequestOptions,
  ): APIPromise<PermissionList> {
    const call = { method: 'GET', segments: path(checkpoint), query: { ...query } } as const;
    return new APIPromise<PermissionList>(this.#send(call, options), (raw) => parseAs(permissions, raw));
  }

  /**
   * Grants access to all projects in one request. Resolves to one permission per project.
   *
   * Retried only when it certainly had no effect. After an `uncertain` error some or all projects may have
   * access: read the list. The API refuses the owning project with `owningProject`, and may refuse the whole
   * batch for it.
   */
  create(
    checkpoint: string,
    body: PermissionCreateParams,
    options?: RequestOptions,
  ): PagePromise<Page<Permission>, Permission> {
    const call = { method: 'POST', segments: path(checkpoint), body } as const;
    return new PagePromise(
      this.#send(call, options),
      (raw) => new Page(parseAs<ListBody<Permission>>(permissions, raw)),
    );
  }

  /**
   * Deletes one permission. A 404 means that it does not exist for this checkpoint. If the error is also
   * `uncertain`, an earlier attempt of this call may have deleted it.
   */
  delete(
    permissionID: string,
    params: PermissionDeleteParams,
    options?: RequestOptions,
  ): APIPromise<PermissionDeleted> {
    const checkpoint = params.fine_tuned_model_checkpoint;
    const segments = this.#legacyDeletePath ? path(permissionID) : [...path(checkpoint), permissionID];
    return new APIPromise<PermissionDeleted>(this.#send({ method: 'DELETE', segments }, options), (raw) =>
      parseAs(permissionDeleted, raw),
    );
  }
}

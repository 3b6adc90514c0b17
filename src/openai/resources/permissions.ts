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
 * Which projects may use a fine-tuned model checkpoint (API reference §1). The checkpoint is named by its
 * `ft:…` or `ft:…:ckpt-step-N` id. All methods take the arguments of the official SDK's and need an admin API key.
 */
export class Permissions {
  readonly #send: RequestPipeline;
  readonly #legacyDeletePath: boolean;

  constructor(send: RequestPipeline, legacyDeletePath = false) {
    this.#send = send;
    this.#legacyDeletePath = legacyDeletePath;
  }

  /** The permissions of a checkpoint: await it for the first page, iterate over it for all of them. */
  list(
    checkpoint: string,
    query?: PermissionListParams | null,
    options?: RequestOptions,
  ): PagePromise<CursorPage<Permission>, Permission> {
    return cursorList(this.#send, permissions, path(checkpoint), query, options);
  }

  /** One page of permissions as plain data. The official SDK deprecates it in favour of {@link list}. */
  retrieve(
    checkpoint: string,
    query?: PermissionRetrieveParams | null,
    options?: RequestOptions,
  ): APIPromise<PermissionList> {
    const call = { method: 'GET', segments: path(checkpoint), query: { ...query } } as const;
    return new APIPromise<PermissionList>(this.#send(call, options), (raw) => parseAs(permissions, raw));
  }

  /**
   * Grants projects access: one request for all of them. Resolves to one permission for each granted project.
   *
   * It is sent again only when it surely took no effect. An error whose `uncertain` is true may have granted some or
   * all of them: read the list back. The owning project is refused with `owningProject`, and may fail the whole batch.
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
   * Takes one permission away. A 404 says that it is gone already or never was this checkpoint's; with `uncertain`, an
   * earlier attempt of this call may be what removed it.
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

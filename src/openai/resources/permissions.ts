import { type ListBody, parseAs, permissionDeleted, permissions } from '../answers';
import { APIPromise } from '../api-promise';
import type { Send } from '../exchange';
import type { RequestOptions } from '../options';
import { type CursorPage, Page, PagePromise } from '../pages';
import type {
  Permission,
  PermissionCreateParams,
  PermissionDeleted,
  PermissionDeleteParams,
  PermissionList,
  PermissionListParams,
  PermissionRetrieveParams,
} from '../wire';
import { type FetchPage, readAll } from './all';
import { cursorList } from './lists';

/** The API documents no maximum; this much it is known to take. */
const LARGEST_PAGE = 100;

const path = (checkpoint: string) => ['fine_tuning', 'checkpoints', checkpoint, 'permissions'];

/** The options of a call that ends with `signal`, too. */
function until(signal: AbortSignal | undefined, options: RequestOptions | undefined) {
  if (!signal) return options;
  return { ...options, signal: options?.signal ? AbortSignal.any([options.signal, signal]) : signal };
}

/**
 * Which projects may use a fine-tuned model checkpoint (API reference §1). The checkpoint is named by its
 * `ft:…` or `ft:…:ckpt-step-N` id. All methods take the arguments of the official SDK's and need an admin API key.
 */
export class Permissions {
  readonly #send: Send;
  /** Where the pages of lists ended that {@link all} has read. */
  readonly #cursors = new Map<string, Set<string>>();
  /**
   * Whether the last list of more than one page that {@link all} has read had more than two. Checkpoints of one
   * organization are alike in this: they are shared among the same projects.
   */
  #isLong = false;
  readonly #legacyDeletePath: boolean;

  constructor(send: Send, legacyDeletePath = false) {
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
    return new APIPromise<PermissionList>(this.#send(call, options), (answer) =>
      parseAs(permissions, answer),
    );
  }

  /**
   * Every permission of a checkpoint, or of one project for it, newest first.
   *
   * Takes as few requests as {@link list} with the largest pages, or one more, in half the time: a list of more than two
   * pages is read from both ends at once, and one that was read before all at once. Behind a rate limit, where requests
   * go out one at a time, it is read from one end. Right also when permissions come and go meanwhile.
   *
   * @throws IncompleteListError if it cannot be read to its end, saying how far it came; `cause` is why.
   */
  async all(
    checkpoint: string,
    query?: Pick<PermissionListParams, 'project_id'> | null,
    options?: RequestOptions,
  ): Promise<Permission[]> {
    const { project_id } = query ?? {};
    const name = JSON.stringify([checkpoint, project_id]);
    let pageSize = 0;
    const fetch: FetchPage = async ({ order, after }, unneeded) => {
      const asked = { limit: LARGEST_PAGE, order, project_id, after };
      const call = { method: 'GET', segments: path(checkpoint), query: asked } as const;
      const page = parseAs(permissions, await this.#send(call, until(unneeded, options)));
      pageSize = Math.max(pageSize, page.data.length);
      return page;
    };
    const items = await readAll(
      fetch,
      [...(this.#cursors.get(name) ?? [])],
      this.#send.isNarrow,
      this.#isLong,
    );
    if (items.length > pageSize) this.#isLong = items.length > 2 * pageSize;
    const cursors = new Set<string>();
    for (let end = pageSize; end < items.length; end += pageSize) cursors.add(items[end - 1]?.id ?? '');
    if (cursors.size) this.#cursors.set(name, cursors);
    else this.#cursors.delete(name);
    return items;
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
      (answer) => new Page(parseAs<ListBody<Permission>>(permissions, answer)),
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
    // What is gone cannot lead to a page; a list of which most was revoked would be asked for in vain.
    for (const cursors of this.#cursors.values()) cursors.delete(permissionID);
    const segments = this.#legacyDeletePath ? path(permissionID) : [...path(checkpoint), permissionID];
    return new APIPromise<PermissionDeleted>(this.#send({ method: 'DELETE', segments }, options), (answer) =>
      parseAs(permissionDeleted, answer),
    );
  }
}

import type { RequestOptions } from '../options';
import type { CursorPage, PagePromise } from '../pages';
import type { RequestPipeline } from '../requestPipeline';
import { projectAPIKeys } from '../responses';
import type { ProjectAPIKey, ProjectAPIKeyListParams } from '../wire';
import { cursorList } from './lists';

/** The API keys of a project, of people and of service accounts (docs/api.md#keys-of-a-project). */
export class ProjectAPIKeys {
  readonly #send: RequestPipeline;

  constructor(send: RequestPipeline) {
    this.#send = send;
  }

  list(
    projectID: string,
    query?: ProjectAPIKeyListParams | null,
    options?: RequestOptions,
  ): PagePromise<CursorPage<ProjectAPIKey>, ProjectAPIKey> {
    const segments = ['organization', 'projects', projectID, 'api_keys'];
    return cursorList(this.#send, projectAPIKeys, segments, query, options);
  }
}

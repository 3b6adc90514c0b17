import type { RequestOptions } from '../options';
import type { CursorPage, PagePromise } from '../pages';
import type { RequestPipeline } from '../requestPipeline';
import { projects } from '../responses';
import type { Project, ProjectListParams } from '../wire';
import { cursorList } from './lists';

/** The organization's projects (docs/api.md#projects). */
export class Projects {
  readonly #send: RequestPipeline;

  constructor(send: RequestPipeline) {
    this.#send = send;
  }

  list(
    query?: ProjectListParams | null,
    options?: RequestOptions,
  ): PagePromise<CursorPage<Project>, Project> {
    return cursorList(this.#send, projects, ['organization', 'projects'], query, options);
  }
}

import { APIPromise } from '../apiPromise';
import type { RequestOptions } from '../options';
import type { CursorPage, PagePromise } from '../pages';
import type { RequestPipeline } from '../requestPipeline';
import { parseAs, project, projects } from '../responses';
import type { Project, ProjectListParams } from '../wire';
import { cursorList } from './lists';
import { ModelPermissions } from './modelPermissions';
import { ProjectAPIKeys } from './projectApiKeys';

/** The organization's projects (docs/api.md#projects). */
export class Projects {
  readonly apiKeys: ProjectAPIKeys;
  readonly modelPermissions: ModelPermissions;
  readonly #send: RequestPipeline;

  constructor(send: RequestPipeline) {
    this.#send = send;
    this.apiKeys = new ProjectAPIKeys(send);
    this.modelPermissions = new ModelPermissions(send);
  }

  retrieve(projectID: string, options?: RequestOptions): APIPromise<Project> {
    const segments = ['organization', 'projects', projectID];
    return new APIPromise<Project>(this.#send({ method: 'GET', segments }, options), (raw) =>
      parseAs(project, raw),
    );
  }

  list(
    query?: ProjectListParams | null,
    options?: RequestOptions,
  ): PagePromise<CursorPage<Project>, Project> {
    return cursorList(this.#send, projects, ['organization', 'projects'], query, options);
  }
}

import { APIPromise } from '../apiPromise';
import type { RequestOptions } from '../options';
import type { RequestPipeline } from '../requestPipeline';
import { parseAs, projectModelPermissions } from '../responses';
import type { ProjectModelPermissions } from '../wire';

/** The models that a project may use (docs/api.md#model-permissions-of-a-project). */
export class ModelPermissions {
  readonly #send: RequestPipeline;

  constructor(send: RequestPipeline) {
    this.#send = send;
  }

  /** Rejects with `NotFoundError` when the project has none, and when there is no such project. */
  retrieve(projectID: string, options?: RequestOptions): APIPromise<ProjectModelPermissions> {
    const segments = ['organization', 'projects', projectID, 'model_permissions'];
    return new APIPromise<ProjectModelPermissions>(this.#send({ method: 'GET', segments }, options), (raw) =>
      parseAs(projectModelPermissions, raw),
    );
  }
}

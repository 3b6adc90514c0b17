import { Catalog } from '../../../../src/access/catalog/catalog';
import { Organization } from '../../../../src/access/organization';
import type { CurrentAccess } from '../../../../src/access/plan/copyAccess';
import { OpenAIAdmin } from '../../../../src/openai/index';
import {
  createSampleOrganization,
  type SampleOrganization,
  sampleTransport,
} from '../../../../src/sample/index';
import { keptInMemory } from '../support';

const model = 'ft:gpt-4o-mini-2024-07-18:harbor-labs:plans:Zz9Yy8Xx';

/** An organization in memory, with the client and the domain, and a clock that only tests advance. */
export class World {
  readonly sample: SampleOrganization;
  readonly organization: Organization;
  readonly checkpoints: readonly string[];
  /** Projects of the organization. None owns a checkpoint. */
  readonly projects: readonly string[];
  /** `METHOD status` of each request. */
  readonly requests: string[] = [];
  #now = Date.UTC(2026, 10, 21);

  constructor(checkpoints: number, projects: number) {
    this.sample = createSampleOrganization({ fill: () => undefined, now: this.now });
    this.checkpoints = Array.from({ length: checkpoints }, (_, step) => `${model}:ckpt-step-${step + 1}`);
    for (const id of this.checkpoints) this.sample.addCheckpoint(id);
    const { state } = this.sample;
    this.projects = Array.from({ length: projects }, (_, index) => state.addProject(`Project ${index}`).id);
    this.organization = this.open();
  }

  readonly now = (): number => this.#now;

  /** The extension's objects, as a newly started process creates them. */
  open(): Organization {
    const { adminAPIKey, baseURL } = this.sample;
    const client = new OpenAIAdmin({
      adminAPIKey,
      baseURL,
      maxRetries: 0,
      transport: sampleTransport(this.sample),
      onRequest: ({ method, status }) => this.requests.push(`${method} ${status}`),
    });
    return new Organization({
      id: 'test',
      name: 'Test',
      isSample: false,
      client,
      catalog: new Catalog(keptInMemory(this.checkpoints)),
      now: this.now,
    });
  }

  passTime(minutes: number): void {
    this.#now += minutes * 60_000;
  }

  /** Adds a permission for a project without a request. */
  grant(checkpoint: string, project: string): void {
    const found = this.sample.state.checkpoints.get(checkpoint);
    if (found) this.sample.state.addPermission(found, project);
  }

  /** Removes all permissions of a project without a request. */
  revoke(checkpoint: string, project: string): void {
    const permissions = this.sample.state.checkpoints.get(checkpoint)?.permissions;
    for (const { id } of permissions?.ofProject(project) ?? []) permissions?.remove(id);
  }

  /** The IDs and projects of all permissions on the server. */
  permissions(checkpoint: string): { id: string; project: string }[] {
    const all = this.sample.state.checkpoints.get(checkpoint)?.permissions.all() ?? [];
    return all.map(({ id, project_id: project }) => ({ id, project }));
  }

  /** The projects with access, by checkpoint, sorted for comparisons. */
  get access(): Record<string, string[]> {
    const of = (id: string) => [...new Set(this.permissions(id).map(({ project }) => project))].sort();
    return Object.fromEntries(this.checkpoints.map((id) => [id, of(id)]));
  }

  /** The access that the domain knows after loading every checkpoint. */
  async read(organization = this.organization): Promise<CurrentAccess> {
    const current = new Map();
    for (const id of this.checkpoints)
      current.set(id, (await organization.permissions.readAgain(id)).permissions);
    this.requests.length = 0;
    return current;
  }

  count(method: string): number {
    return this.requests.filter((request) => request.startsWith(method)).length;
  }
}

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

/** An organization in memory, with the client and the domain over it, and a clock that only tests turn. */
export class World {
  readonly sample: SampleOrganization;
  readonly organization: Organization;
  readonly checkpoints: readonly string[];
  /** Belong to the organization; none owns a checkpoint. */
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

  /** The extension's own objects, as a process makes them that was started just now. */
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

  /** Gives a project one more permission, whoever asks: behind the API's back. */
  grant(checkpoint: string, project: string): void {
    const found = this.sample.state.checkpoints.get(checkpoint);
    if (found) this.sample.state.addPermission(found, project);
  }

  /** Takes every permission of a project away, behind the API's back. */
  revoke(checkpoint: string, project: string): void {
    const permissions = this.sample.state.checkpoints.get(checkpoint)?.permissions;
    for (const { id } of permissions?.ofProject(project) ?? []) permissions?.remove(id);
  }

  /** What the server has: the ids and projects of all permissions. */
  permissions(checkpoint: string): { id: string; project: string }[] {
    const all = this.sample.state.checkpoints.get(checkpoint)?.permissions.all() ?? [];
    return all.map(({ id, project_id: project }) => ({ id, project }));
  }

  /** Who has access, by checkpoint, in an order that can be compared. */
  get access(): Record<string, string[]> {
    const of = (id: string) => [...new Set(this.permissions(id).map(({ project }) => project))].sort();
    return Object.fromEntries(this.checkpoints.map((id) => [id, of(id)]));
  }

  /** What the domain knows after reading every checkpoint. */
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

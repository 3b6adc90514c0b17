import type { OpenAIAdmin } from '../openai';
import type { PermissionsAPI } from './api';
import type { Catalog } from './catalog';
import { PermissionStore } from './permissionStore';

/**
 * An organization as the interface works with it: where its checkpoints are listed, what is known of their permissions,
 * and the client that asks and changes. Everything that is remembered belongs to one, so nothing of two is ever mixed.
 */
export class Organization {
  /** Asks and changes. */
  readonly api: PermissionsAPI;
  /** What is known. */
  readonly permissions: PermissionStore;

  constructor(
    /** Part of tree ids and storage names; unique among the organizations of one installation. */
    readonly id: string,
    /** What people are shown. */
    readonly name: string,
    /** Invented, for trying out; said wherever it is shown. */
    readonly isSample: boolean,
    client: OpenAIAdmin,
    readonly catalog: Catalog,
  ) {
    this.api = client.fineTuning.checkpoints.permissions;
    this.permissions = new PermissionStore(this.api);
  }

  /** Stops what is under way. Late answers reach nobody. */
  dispose(): void {
    this.permissions.dispose();
  }
}

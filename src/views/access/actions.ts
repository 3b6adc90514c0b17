/** What a page does through commands. Each shows its own errors and never rejects. */
export interface PageActions {
  /** Previews the plan of the staged changes, and applies it when confirmed. */
  preview(): Promise<void>;
  /** Opens the details of a permission, as the tree does. */
  showPermission(permission: ListedPermission): Promise<void>;
  /** Exports the permissions that the page shows. `filter`: the filter as it is shown, empty for none. */
  exportShown(permissions: readonly ListedPermission[], filter: string): Promise<void>;
}

/** A permission in the list of a checkpoint. */
export interface ListedPermission {
  readonly checkpoint: string;
  readonly permissionId: string;
}

/** What a page does through commands. Each shows its own errors and never rejects. */
export interface PageActions {
  /** Previews the plan of the staged changes, and applies it when confirmed. */
  preview(): Promise<void>;
}

/** What one thing took that a person does in a large organization. */
export interface LargeStep {
  readonly title: string;
  /** From the beginning until the rows are there to be drawn, requests included; milliseconds. */
  readonly ms: number;
  /** The longest time in which the extension host could do nothing else, VS Code's own drawing included; milliseconds. */
  readonly block: number;
  readonly rows?: number;
  readonly requests?: number;
}

/** What a run in a real extension host found out. */
export interface LargeResult {
  readonly vscode: string;
  readonly checkpoints: number;
  readonly steps: readonly LargeStep[];
  /** What the extension host's memory grew by, after collecting garbage; megabytes. */
  readonly megabytes: number;
}

/** What the extension host is told, as JSON in an environment variable. */
export interface LargeSetting {
  readonly baseURL: string;
  readonly adminAPIKey: string;
  readonly checkpoints: readonly string[];
}

/** Names a file with a {@link LargeSetting}: it is too long for the environment. */
export const settingVariable = 'CHECKPOINT_PERMISSIONS_LARGE_BENCH';

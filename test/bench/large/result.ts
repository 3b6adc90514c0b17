/** Cost of one action in a large organization. */
export interface LargeStep {
  readonly title: string;
  /** Milliseconds until the rows can be drawn, including requests. */
  readonly ms: number;
  /** Longest block of the extension host's event loop, including VS Code's drawing, in milliseconds by the clock. */
  readonly block: number;
  /** The most time of the processor in one turn of it, in milliseconds. What other processes do does not count. */
  readonly turn: number;
  readonly rows?: number;
  readonly requests?: number;
}

/** The result of a run in a real extension host. */
export interface LargeResult {
  readonly vscode: string;
  readonly checkpoints: number;
  readonly steps: readonly LargeStep[];
  /** Memory growth of the extension host after garbage collection, in megabytes. */
  readonly megabytes: number;
}

/** Input of the extension host, as JSON in an environment variable. */
export interface LargeSetting {
  readonly baseURL: string;
  readonly adminAPIKey: string;
  readonly checkpoints: readonly string[];
}

/** Names a file with a {@link LargeSetting}: it is too long for the environment. */
export const settingVariable = 'CHECKPOINT_PERMISSIONS_LARGE_BENCH';

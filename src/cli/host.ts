import type { Clock } from '../openai';

/** A stream for text. */
export interface Output {
  write(text: string): void;
  readonly isTTY?: boolean | undefined;
  /** The width of a terminal. */
  readonly columns?: number | undefined;
}

/** What the tool gets from the process, so that tests can stand in for it. */
export interface CommandHost {
  readonly args: readonly string[];
  /** The admin API key; undefined if there is none. It is no longer in `env`. */
  readonly key: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What relative paths are relative to. */
  readonly folder: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Calls back for each signal to end. Returns a function that ends that. */
  onSignal(listener: () => void): () => void;
  /** The version of the package. */
  version(): string;
  /** For tests: time of the client, of lists, and of the waits. Default: that of the computer. */
  readonly clock?: Clock;
}

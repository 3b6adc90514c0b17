import { join } from 'node:path';
import { Child } from '../child';
import type { Seen } from './main';

/** The server of the timings, as the process that measures has it. */
export class Server {
  readonly #child = new Child<{ question: 'seen' }, Seen>(join(__dirname, 'main.js'));
  #port = 0;

  async start(): Promise<void> {
    this.#port = await this.#child.hear<number>();
  }

  /** The address at which an answer takes so many milliseconds. */
  baseURL(latency: number): string {
    return `http://127.0.0.1:${this.#port}/${latency}/v1`;
  }

  /** What it has seen since this was last asked. */
  seen(): Promise<Seen> {
    return this.#child.ask({ question: 'seen' });
  }

  end(): void {
    this.#child.end();
  }
}

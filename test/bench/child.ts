import { type ChildProcess, fork } from 'node:child_process';

/** A process that answers one question at a time. It ends when it is told to, or with this process. */
export class Child<Question extends object, Answer> {
  readonly #process: ChildProcess;

  constructor(script: string, ...args: readonly string[]) {
    this.#process = fork(script, args);
  }

  /** Resolves to what it says next. */
  async hear<T = Answer>(): Promise<T> {
    const ended = new AbortController();
    try {
      return await new Promise<T>((resolve, reject) => {
        const options = { signal: ended.signal };
        const gone = (code: number | null) => reject(new Error(`A process of the bench ended (${code}).`));
        this.#once('message', (message) => resolve(message as T), options);
        this.#once('exit', (code) => gone(code as number | null), options);
      });
    } finally {
      ended.abort();
    }
  }

  ask(question: Question): Promise<Answer> {
    const answer = this.hear();
    this.#process.send(question);
    return answer;
  }

  end(): void {
    this.#process.disconnect();
  }

  #once(
    event: 'message' | 'exit',
    heard: (value: unknown) => void,
    { signal }: { signal: AbortSignal },
  ): void {
    this.#process.once(event, heard);
    signal.addEventListener('abort', () => this.#process.off(event, heard));
  }
}

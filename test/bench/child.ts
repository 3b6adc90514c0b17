import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** A child process that answers one message at a time. Ends on request, or with this process. */
export class Child<Question extends object, Answer> {
  readonly #process: ChildProcess;

  constructor(script: string, ...args: readonly string[]) {
    this.#process = fork(script, args);
  }

  /** Resolves to its next message. */
  async hear<T = Answer>(): Promise<T> {
    const ended = new AbortController();
    const { signal } = ended;
    try {
      return await Promise.race([
        once(this.#process, 'message', { signal }).then(([message]) => message as T),
        once(this.#process, 'exit', { signal }).then(([code]) => {
          throw new Error(`A process of the bench ended (${code}).`);
        }),
      ]);
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
}

/** Prefix of a printed result, to tell it from other output. */
export const resultPrefix = '§';

/** The result that a script prints at its end; undefined without one, for example without a browser. */
export async function measured<T>(script: string): Promise<T | undefined> {
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const line = said.split('\n').find((each) => each.startsWith(resultPrefix));
  return line === undefined ? undefined : (JSON.parse(line.slice(resultPrefix.length)) as T);
}

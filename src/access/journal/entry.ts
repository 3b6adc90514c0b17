import { redact } from '../../openai';
import type { Answer } from '../answer';
import { explain, inWords } from '../explain';
import type { Outcome } from '../outcome';
import type { Step } from '../plan';
import { JournalError, type Recorder } from '../recorder';
import type { End, Judged, Line } from './records';
import type { LineWriter } from './storage';

/** The record of one plan while this session holds it. */
export class Entry implements Recorder {
  readonly #places: ReadonlyMap<Step, number>;
  #busy = 0;

  constructor(
    readonly id: string,
    steps: readonly Step[],
    private readonly writer: LineWriter,
    private readonly folder: string,
    private readonly now: () => number,
    private readonly onEnd: () => void,
  ) {
    this.#places = new Map(steps.map((step, index) => [step, index]));
  }

  /** Whether the plan is being worked on, so that nobody is to be offered it. */
  get isBusy(): boolean {
    return this.#busy > 0;
  }

  /** Does something with the plan while nobody is offered it. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await work();
    } finally {
      this.#busy -= 1;
    }
  }

  sending(steps: readonly Step[]): Promise<void> {
    return this.#write({ kind: 'sending', at: this.now(), steps: this.#numbers(steps) });
  }

  answered(steps: readonly Step[], answer: Answer): Promise<void> {
    const why = 'error' in answer ? inShort(answer.error) : undefined;
    return this.#write({
      kind: 'answered',
      at: this.now(),
      steps: this.#numbers(steps),
      answer: answer.kind,
      ...(why && { why }),
    });
  }

  judged(outcomes: readonly Outcome[]): Promise<void> {
    return this.#write({
      kind: 'judged',
      at: this.now(),
      outcomes: outcomes.flatMap((outcome) => this.#judged(outcome)),
    });
  }

  /** Nothing more is to be done for this plan: it will not be offered again. */
  async end(how: End): Promise<void> {
    await this.#write({ kind: 'ended', at: this.now(), how });
    this.onEnd();
    await this.writer.close();
  }

  #numbers(steps: readonly Step[]): number[] {
    return steps.flatMap((step) => this.#places.get(step) ?? []);
  }

  #judged(outcome: Outcome): Judged[] {
    const step = this.#places.get(outcome.step);
    if (step === undefined) return [];
    const { result } = outcome;
    if (result === 'done') {
      const { by, permission } = outcome;
      const { id = '', created_at = 0 } = permission ?? {};
      return [{ step, result, by, ...(permission && { permission: { id, created_at } }) }];
    }
    const why = inShort(outcome.error);
    return [{ step, result, ...(why && { why }) }];
  }

  async #write(line: Line): Promise<void> {
    try {
      await this.writer.write(JSON.stringify(line));
    } catch (error) {
      throw new JournalError(this.folder, error);
    }
  }
}

/** An error in words, without what might be a key in them. */
function inShort(error: unknown): string | undefined {
  return error === undefined ? undefined : redact(inWords(explain(error)));
}

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
  /** By what a step is, not by which object: whoever goes on with a plan has read it anew. */
  readonly #places = new Map<string, number[]>();
  #busy = 0;

  constructor(
    readonly id: string,
    steps: readonly Step[],
    private readonly writer: LineWriter,
    private readonly folder: string,
    private readonly now: () => number,
    private readonly onEnd: () => void,
  ) {
    for (const [index, step] of steps.entries()) {
      this.#places.set(nameOf(step), [...(this.#places.get(nameOf(step)) ?? []), index]);
    }
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

  async sending(steps: readonly Step[]): Promise<void> {
    return this.#write({ kind: 'sending', at: this.now(), steps: this.#numbers(steps) });
  }

  async answered(steps: readonly Step[], answer: Answer): Promise<void> {
    const why = 'error' in answer ? inShort(answer.error) : undefined;
    const made =
      'made' in answer ? answer.made?.map(({ id, project_id }) => ({ id, project_id })) : undefined;
    return this.#write({
      kind: 'answered',
      at: this.now(),
      steps: this.#numbers(steps),
      answer: answer.kind,
      ...(made && { made }),
      ...(why && { why }),
    });
  }

  async judged(outcomes: readonly Outcome[]): Promise<void> {
    const judged = outcomes.flatMap((outcome) =>
      this.#numbers([outcome.step]).map((step) => ({ step, ...inRecord(outcome) })),
    );
    return this.#write({ kind: 'judged', at: this.now(), outcomes: judged });
  }

  /** Nothing more is to be done for this plan: it will not be offered again. */
  async end(how: End): Promise<void> {
    await this.#write({ kind: 'ended', at: this.now(), how });
    this.onEnd();
    await this.writer.close();
  }

  #numbers(steps: readonly Step[]): number[] {
    const numbers = steps.flatMap((step) => {
      const places = this.#places.get(nameOf(step));
      // What is not part of what was written down must not be sent.
      if (!places) throw new JournalError(this.folder, new Error('a step is not part of the plan'));
      return places;
    });
    return [...new Set(numbers)];
  }

  async #write(line: Line): Promise<void> {
    try {
      await this.writer.write(JSON.stringify(line));
    } catch (error) {
      throw new JournalError(this.folder, error);
    }
  }
}

function nameOf(step: Step): string {
  const { action, checkpoint, project } = step;
  return JSON.stringify([action, checkpoint, project, action === 'revoke' ? step.permissionId : '']);
}

function inRecord(outcome: Outcome): Omit<Judged, 'step'> {
  const { result } = outcome;
  if (result === 'done') {
    const { by, permission } = outcome;
    const { id = '', created_at = 0 } = permission ?? {};
    return { result, by, ...(permission && { permission: { id, created_at } }) };
  }
  const why = inShort(outcome.error);
  return { result, ...(why && { why }) };
}

/** An error in words, without what might be a key in them. */
function inShort(error: unknown): string | undefined {
  return error === undefined ? undefined : redact(inWords(explain(error)));
}

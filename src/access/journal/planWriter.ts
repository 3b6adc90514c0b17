import { presentable } from '../../text/redact';
import type { RequestResult } from '../plan/answer';
import type { Outcome } from '../plan/outcome';
import type { Step } from '../plan/plan';
import { JournalError, NotOursError, type Recorder } from '../plan/recorder';
import type { End, Judged, Line } from './records';
import type { LineWriter } from './storage';

/** Where an entry is written. */
export interface RecordFile {
  readonly writer: LineWriter;
  readonly folder: string;
  /** Whether nobody else has gone on with the plan or removed its record, as a session that slept for long must ask. */
  isOurs(): Promise<boolean>;
  /** This session holds the plan no more. Never rejects. */
  left(): Promise<void>;
}

/** The record of one plan while this session holds it. */
export class PlanWriter implements Recorder {
  /** By what a step is, not by which object: whoever goes on with a plan has read it anew. */
  readonly #places = new Map<string, number[]>();
  #busy = 0;
  #isOver = false;

  constructor(
    readonly id: string,
    steps: readonly Step[],
    private readonly place: RecordFile,
    private readonly now: () => number,
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

  /** Rejects with `NotOursError`, too: whoever was thought to have ended, and had not, does no step a second time. */
  async sending(steps: readonly Step[]): Promise<void> {
    if (!(await this.#orFails(this.place.isOurs()))) throw new NotOursError(this.place.folder);
    return this.#write({ kind: 'sending', at: this.now(), steps: this.#numbers(steps) });
  }

  async answered(steps: readonly Step[], answer: RequestResult): Promise<void> {
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
    await this.#leave();
  }

  /** Leaves the plan as it is to whoever goes on with it, in this window or another. Nothing when it has ended. */
  async release(): Promise<void> {
    if (this.#isOver) return;
    await this.#write({ kind: 'released', at: this.now() });
    await this.#leave();
  }

  async #leave(): Promise<void> {
    this.#isOver = true;
    await this.place.writer.close();
    await this.place.left();
  }

  #numbers(steps: readonly Step[]): number[] {
    const numbers = steps.flatMap((step) => {
      const places = this.#places.get(nameOf(step));
      // What is not part of what was written down must not be sent.
      if (!places) throw new JournalError(this.place.folder, new Error('a step is not part of the plan'));
      return places;
    });
    return [...new Set(numbers)];
  }

  async #write(line: Line): Promise<void> {
    await this.#orFails(this.place.writer.write(JSON.stringify(line)));
  }

  async #orFails<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw new JournalError(this.place.folder, error);
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

/** What failed, for whoever reads the file, without what might be a key. */
function inShort(error: unknown): string | undefined {
  return error === undefined ? undefined : presentable(String(error), []);
}

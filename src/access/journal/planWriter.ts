import type { RequestResult } from '../plan/answer';
import type { Known } from '../plan/basis';
import type { Outcome } from '../plan/outcome';
import { keyOf, type Step } from '../plan/plan';
import { JournalError, NotOursError, type Recorder } from '../plan/recorder';
import { inSlices, isPause, type Steps } from '../slices';
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
      const name = keyOf(step);
      const places = this.#places.get(name);
      if (places) places.push(index);
      else this.#places.set(name, [index]);
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
  async sending(steps: readonly Step[], known: readonly Known[] = []): Promise<void> {
    await this.#mustBeOurs();
    const facts = await inSlices(this.#placed(steps, (index) => known[index] ?? nothingKnown));
    const places = [...facts.keys()];
    await this.#write({ kind: 'sending', at: this.now(), steps: places, known: [...facts.values()] });
    // The disk may have taken long, or the computer may have slept.
    try {
      await this.#mustBeOurs();
    } catch (error) {
      await this.#write({ kind: 'answered', at: this.now(), steps: places, answer: 'notSent' }).catch(
        () => undefined,
      );
      throw error;
    }
  }

  async answered(steps: readonly Step[], answer: RequestResult): Promise<void> {
    const serverTime = 'serverTime' in answer ? answer.serverTime : undefined;
    const listed =
      'listed' in answer
        ? answer.listed?.map(({ id, project_id, created_at }) => ({ id, project_id, created_at }))
        : undefined;
    const at = this.now();
    const places = await inSlices(this.#placed(steps, () => undefined));
    return this.#write({
      kind: 'answered',
      at,
      steps: [...places.keys()],
      answer: answer.kind,
      ...(serverTime && { serverTime }),
      ...(listed && { listed }),
    });
  }

  async judged(outcomes: readonly Outcome[]): Promise<void> {
    const steps = outcomes.map(({ step }) => step);
    const placed = await inSlices(this.#placed(steps, (index) => outcomes[index]));
    const judged = [...placed].flatMap(([step, outcome]) =>
      outcome ? [{ step, ...inRecord(outcome) }] : [],
    );
    return this.#write({ kind: 'judged', at: this.now(), outcomes: judged });
  }

  /**
   * Nothing more is to be done for this plan: it will not be offered again. Rejects with `NotOursError` when that is for
   * another window to say, which has gone on with it.
   */
  async end(how: End): Promise<void> {
    try {
      await this.#mustBeOurs();
    } catch (error) {
      if (error instanceof NotOursError) await this.#leave();
      throw error;
    }
    await this.#write({ kind: 'ended', at: this.now(), how });
    await this.#leave();
  }

  /** Leaves the plan as it is to whoever goes on with it, in this window or another. Nothing when it has ended. */
  async release(): Promise<void> {
    if (this.#isOver) return;
    await this.#write({ kind: 'released', at: this.now() });
    await this.#leave();
  }

  async #mustBeOurs(): Promise<void> {
    if (!(await this.#orFails(this.place.isOurs()))) throw new NotOursError(this.place.folder);
  }

  async #leave(): Promise<void> {
    this.#isOver = true;
    await this.place.writer.close().catch(() => undefined);
    await this.place.left();
  }

  /**
   * What is said of each step, by its places: in the order of the steps, each place once. Of the same step, which a plan may
   * have many times, the last counts.
   */
  *#placed<T>(steps: readonly Step[], of: (index: number) => T): Steps<Map<number, T>> {
    // By what a step is: going through all places for each of the same steps would take the square of their number.
    const latest = new Map<string, number>();
    for (const [index, step] of steps.entries()) {
      if (isPause(index)) yield;
      latest.set(keyOf(step), index);
    }
    const placed = new Map<number, T>();
    for (const [name, index] of latest) {
      const places = this.#places.get(name);
      // What is not part of what was written down must not be sent.
      if (!places) throw new JournalError(this.place.folder, new Error('a step is not part of the plan'));
      for (const place of places) {
        if (isPause(placed.size)) yield;
        placed.set(place, of(index));
      }
    }
    return placed;
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

const nothingKnown: Known = { ids: [], isAll: false };

function inRecord(outcome: Outcome): Omit<Judged, 'step'> {
  const { result } = outcome;
  if (result !== 'done') return { result };
  const { by, permission } = outcome;
  const { id = '', created_at = 0 } = permission ?? {};
  return { result, by, ...(permission && { permission: { id, created_at } }) };
}

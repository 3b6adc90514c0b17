import { scannedIds } from '../ids/scannedIds';
import { mayHaveIds, scannedInSteps } from '../ids/scannedInSteps';
import { isPause, type Steps } from '../slices';
import type { Shutdown } from './shutdown';
import { noticeOf, type ShutdownNotice } from './shutdownNotice';

/** All models of the retired fine-tunes API shut down on one day (docs/api.md#shutdown-dates). */
const legacyShutdown: Shutdown = { shutsDownOn: '2024-01-04', source: 'table' };

/** The ID of a model in a text that has shut down or shuts down soon. */
export interface ShutdownPlace {
  readonly kind: 'checkpoint' | 'legacy';
  readonly id: string;
  /** From 0. */
  readonly line: number;
  /** In UTF-16 code units from the start of the line. */
  readonly start: number;
  readonly end: number;
  readonly shutdown: Shutdown;
  readonly notice: ShutdownNotice;
}

/** The lines of a text, as an editor has them. */
export interface TextLines {
  readonly lineCount: number;
  lineAt(line: number): { readonly text: string };
}

/** The lines of the content of a file, divided as VS Code does. */
export function linesOf(text: string): TextLines {
  const lines = text.split(/\r\n|\r|\n/);
  return { lineCount: lines.length, lineAt: (line) => ({ text: lines[line] ?? '' }) };
}

export interface ShutdownPlaces {
  readonly places: readonly ShutdownPlace[];
  /** Whether there may be more: only the first places are looked for. */
  readonly isCut: boolean;
}

/** VS Code shows no more problems of a file. */
export const mostPlaces = 1000;

/** Longer lines are scanned with pauses, in UTF-16 code units. */
const longLine = 10_000;

/**
 * The models in a text that have shut down or shut down soon, in order, at most {@link mostPlaces}. `shutdownOfId` gives
 * what is known about the ID of a checkpoint. `now` in milliseconds since 1970.
 */
export function* shutdownPlaces(
  lines: TextLines,
  shutdownOfId: (id: string) => Shutdown | undefined,
  now: number,
): Steps<ShutdownPlaces> {
  const places: ShutdownPlace[] = [];
  for (let line = 0; line < lines.lineCount; line += 1) {
    if (isPause(line)) yield;
    const { text } = lines.lineAt(line);
    if (!mayHaveIds(text)) continue;
    const found = text.length > longLine ? yield* scannedInSteps(text) : scannedIds(text);
    for (const [index, { kind, id, start, end }] of found.entries()) {
      if (isPause(index)) yield;
      // OpenAI's dates say nothing about Azure.
      if (kind === 'azure') continue;
      const shutdown = kind === 'legacy' ? legacyShutdown : shutdownOfId(id);
      const notice = shutdown && noticeOf(shutdown, now);
      if (!notice) continue;
      if (places.length === mostPlaces) return { places, isCut: true };
      places.push({ kind, id, line, start, end, shutdown, notice });
    }
  }
  return { places, isCut: false };
}

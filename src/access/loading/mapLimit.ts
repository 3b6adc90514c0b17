/** So many questions are asked at once; more would only wait in the client's queue. */
const maxConcurrent = 4;

/**
 * Does something for each item, a few at once and in their order, until it is done or the signal aborts. What `act`
 * throws is given to `failed` and holds up nothing else.
 */
export async function mapLimit<T>(
  items: readonly T[],
  act: (item: T) => Promise<void>,
  failed: (item: T, error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  const waiting = items.values();
  const work = async (): Promise<void> => {
    for (const item of waiting) {
      if (signal.aborted) return;
      await act(item).catch((error: unknown) => failed(item, error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(maxConcurrent, items.length) }, work));
}

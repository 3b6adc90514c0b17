/** Maximum concurrent calls. Further requests would only wait in the queue of the client. */
const maxConcurrent = 4;

/**
 * Calls `act` for each item in order, a few concurrently, until the signal aborts. An error goes to `failed` and
 * doesn't stop the other items.
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

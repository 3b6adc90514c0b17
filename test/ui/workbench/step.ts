/** One step of a longer test: when it fails, the error says at which step. */
export async function step(title: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof Error) error.message = `At the step “${title}”: ${error.message}`;
    throw error;
  }
}

/** Runs one step of a longer test. An error names the step. */
export async function step(title: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof Error) error.message = `At the step “${title}”: ${error.message}`;
    throw error;
  }
}

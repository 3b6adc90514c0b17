/** The project that a key is saved for. Contains no part of the key. */
export interface ProjectKeyEntry {
  /** The project's ID. */
  readonly project: string;
  /** The project's name when the key was saved, for display. */
  readonly label: string;
}

/** The stored list may come from another version or be damaged. Every entry with a project is used. */
export function parseProjectKeys(stored: unknown): ProjectKeyEntry[] {
  if (!Array.isArray(stored)) return [];
  const entries = new Map<string, ProjectKeyEntry>();
  for (const entry of stored as (Partial<ProjectKeyEntry> | null)[]) {
    const { project, label } = entry ?? {};
    if (typeof project !== 'string' || project === '') continue;
    entries.set(project, { project, label: typeof label === 'string' && label !== '' ? label : project });
  }
  return [...entries.values()];
}

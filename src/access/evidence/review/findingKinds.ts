// Runs in pages too, so it imports nothing.

/** The kinds of findings, most important first. */
export const findingKinds = [
  'shutDown',
  'archived',
  'unused',
  'shutsDownSoon',
  'sharedWithAll',
  'withoutEffect',
] as const;
export type FindingKind = (typeof findingKinds)[number];

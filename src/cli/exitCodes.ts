/** What a run ends with. Documented, and never changed. */
export const exitCodes = {
  /** Access is as the file says, or was changed and confirmed. */
  ok: 0,
  /** An error, also that not everything could be loaded. */
  error: 1,
  /** Access, or the format of the file, differs. */
  differences: 2,
  /** Refused for safety: no change was sent. */
  refused: 3,
  /** Only some changes were made or confirmed, or it was canceled. */
  partly: 4,
  usage: 64,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a run before it has a result. `text` is whole sentences. */
export class Stop extends Error {
  override readonly name = 'Stop';

  constructor(
    readonly code: ExitCode,
    /** For JSON. */
    readonly kind: string,
    readonly text: string,
  ) {
    super(kind);
  }
}

/** Shutdown dates of base models, as known in 2026 (docs/api.md#shutdown-dates). The first match counts. */
const shutdownDates: readonly (readonly [RegExp, string])[] = [
  [/^(gpt-3\.5-turbo|gpt-4\.1-nano|o4-mini|gpt-4(?![.o])|babbage-002|davinci-002)/, '2026-10-23'],
  [/^(gpt-4o-2024-08-06|gpt-4o-2024-11-20|gpt-4o-mini|gpt-4\.1)/, '2027-01-14'],
];

/** `YYYY-MM-DD`, or null when no shutdown was announced. */
export function shutdownDateOf(baseModel: string): string | null {
  return shutdownDates.find(([models]) => models.test(baseModel))?.[1] ?? null;
}

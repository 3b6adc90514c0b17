import { startOfDay } from '../../text/dates';

/** When a base model's fine-tunes stop answering, and how that is known. */
export interface Retirement {
  /** `YYYY-MM-DD`, in UTC: the day on which it stops. */
  readonly endsOn: string;
  /** `models`: the server's own `shutdown_date`. `table`: what was announced as of {@link tableKnownAsOf}. */
  readonly source: 'models' | 'table';
}

/** The day of the announcement's state that the table gives, `YYYY-MM-DD`. */
export const tableKnownAsOf = '2026-11-21';

/** Fine-tunes by the start of their base model's name; the first that fits counts (docs/api.md#shutdown-dates). */
const announced: readonly (readonly [baseModel: RegExp, endsOn: string])[] = [
  [/^gpt-4\.1-nano\b/, '2026-10-23'],
  [/^(gpt-3\.5-turbo|o4-mini)\b/, '2026-10-23'],
  [/^gpt-4(-\d{4}.*)?$/, '2026-10-23'],
  [/^(gpt-4o-2024-08-06|gpt-4o-2024-11-20|gpt-4o-mini|gpt-4\.1-mini|gpt-4\.1)\b/, '2027-01-14'],
];

/**
 * When the fine-tunes of a base model end: by the server's word where there is one (`shutdown_date` of `GET /models`,
 * `YYYY-MM-DD`), else by the table. Undefined when no end is known, which does not mean that there is none.
 */
export function retirementOf(baseModel: string, shutdownDate?: string | null): Retirement | undefined {
  const told = shutdownDate && /^\d{4}-\d{2}-\d{2}/.exec(shutdownDate)?.[0];
  // A server can send what is no day, which no row could be drawn with.
  if (told && !Number.isNaN(startOfDay(told))) return { endsOn: told, source: 'models' };
  const endsOn = announced.find(([models]) => models.test(baseModel))?.[1];
  return endsOn === undefined ? undefined : { endsOn, source: 'table' };
}

const dayLength = 24 * 60 * 60 * 1000;

/** Whole days from now (milliseconds since 1970) until the end; 0 on the day itself, negative once it has passed. */
export function daysLeft({ endsOn }: Retirement, now: number): number {
  return Math.round((startOfDay(endsOn) - Math.floor(now / dayLength) * dayLength) / dayLength);
}

/** From the day after: on the day itself it may stop at any hour. */
export function hasShutDown(retirement: Retirement, now: number): boolean {
  return daysLeft(retirement, now) < 0;
}

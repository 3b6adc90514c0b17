import { startOfDay } from '../../text/dates';

/** When the fine-tunes of a base model shut down, and the source of the date. */
export interface Shutdown {
  /** The shutdown date, `YYYY-MM-DD` in UTC. */
  readonly shutsDownOn: string;
  /** `models`: the `shutdown_date` that the API reported. `table`: announced as of {@link tableKnownAsOf}. */
  readonly source: 'models' | 'table';
}

/** The date of the announcements in the table, `YYYY-MM-DD`. */
export const tableKnownAsOf = '2026-11-21';

/** Shutdown dates by base model. The first pattern that matches counts (docs/api.md#shutdown-dates). */
const announced: readonly (readonly [baseModel: RegExp, shutsDownOn: string])[] = [
  [/^gpt-4\.1-nano\b/, '2026-10-23'],
  [/^(gpt-3\.5-turbo|o4-mini)\b/, '2026-10-23'],
  [/^gpt-4(-\d{4}.*)?$/, '2026-10-23'],
  [/^(babbage|davinci)-002\b/, '2026-10-23'],
  [/^(gpt-4o-2024-08-06|gpt-4o-2024-11-20|gpt-4o-mini|gpt-4\.1-mini|gpt-4\.1)\b/, '2027-01-14'],
];

/**
 * The shutdown date of the fine-tunes of a base model: as the API reported it (`shutdown_date` of `GET /models`,
 * `YYYY-MM-DD`), else from the table. Undefined if none is known, which is no proof that there is none.
 */
export function shutdownOf(baseModel: string, shutdownDate?: string | null): Shutdown | undefined {
  const reported = shutdownDate && /^\d{4}-\d{2}-\d{2}/.exec(shutdownDate)?.[0];
  // An invalid date of a server would break every row that shows it.
  if (reported && !Number.isNaN(startOfDay(reported))) return { shutsDownOn: reported, source: 'models' };
  const shutsDownOn = announced.find(([models]) => models.test(baseModel))?.[1];
  return shutsDownOn === undefined ? undefined : { shutsDownOn, source: 'table' };
}

const dayLength = 24 * 60 * 60 * 1000;

/**
 * Whole days from `now` (milliseconds since 1970) until the shutdown date. 0 on the day itself, negative after it.
 */
export function daysLeft({ shutsDownOn }: Shutdown, now: number): number {
  return Math.round((startOfDay(shutsDownOn) - Math.floor(now / dayLength) * dayLength) / dayLength);
}

/** True from the day after the shutdown date: on the day itself the model may still answer. */
export function hasShutDown(shutdown: Shutdown, now: number): boolean {
  return daysLeft(shutdown, now) < 0;
}

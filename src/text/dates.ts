import { inDisplayLanguage } from './language';

// Formats of every date and age in the interface, and of dates in files. Moments are milliseconds since 1970, days are
// `YYYY-MM-DD` in UTC, unless stated.

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['week', 7 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
];

const relative = inDisplayLanguage(
  (language) => new Intl.RelativeTimeFormat(language, { numeric: 'always' }),
);
const relativeInShort = inDisplayLanguage(
  (language) => new Intl.RelativeTimeFormat(language, { numeric: 'always', style: 'short' }),
);

/** An age or a time to come, such as `3 weeks ago`. Less than a minute is `just now`. */
export function ago(moment: number, now: number, format = relative): string {
  if (!isDate(moment)) return unknownTime;
  const seconds = Math.round((moment - now) / 1000);
  const unit = units.find(([, size]) => Math.abs(seconds) >= size);
  if (!unit) return 'just now';
  const [name, size] = unit;
  return format().format(Math.trunc(seconds / size), name);
}

/** The same for a narrow row, such as `3 wk. ago`. */
export function agoInShort(moment: number, now: number): string {
  return ago(moment, now, relativeInShort);
}

const durations = new Map(
  ([...units.map(([unit]) => unit), 'second'] as const).map((unit) => [
    unit,
    inDisplayLanguage(
      (language) =>
        new Intl.NumberFormat(language, {
          style: 'unit',
          unit,
          unitDisplay: 'long',
          maximumFractionDigits: 0,
        }),
    ),
  ]),
);

/** A duration in milliseconds in its largest unit, rounded up, such as `3 hours`. */
export function lasting(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const [unit, size] = units.find(([, each]) => seconds >= each) ?? (['second', 1] as const);
  return (
    durations
      .get(unit)?.()
      .format(Math.ceil(seconds / size)) ?? ''
  );
}

/**
 * A digest that changes when {@link ago} changes for any of the moments. Decides whether thousands of rows must be
 * redrawn, without formatting them.
 */
export function agesDigest(moments: Iterable<number>, now: number): number {
  let digest = 17;
  for (const moment of moments) {
    const seconds = Math.round((moment - now) / 1000);
    const size = units.find(([, each]) => Math.abs(seconds) >= each)?.[1] ?? Number.POSITIVE_INFINITY;
    digest = (digest * 31 + size + Math.trunc(seconds / size)) | 0;
  }
  return digest;
}

/** Placeholders for an invalid date from a server. */
const unknownTime = 'an unknown time';
const unknownDay = 'an unknown day';

/** Whether a moment is a known date. A server can send any number, and sends 0 for a date that it does not know. */
export function isDate(moment: number): boolean {
  return moment > 0 && moment <= 8.64e15;
}

const exact = inDisplayLanguage(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long' }),
);

/** An exact moment in the time zone of this computer, such as `March 4, 2026 at 2:05:09 PM GMT+1`. For tooltips only. */
export function exactly(moment: number): string {
  return isDate(moment) ? exact().format(moment) : unknownTime;
}

const exactUTC = inDisplayLanguage(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' }),
);

/** An exact moment, such as `March 4, 2026 at 1:05:09 PM UTC`. For pages, which people compare and send to others. */
export function exactlyInUTC(moment: number): string {
  return isDate(moment) ? exactUTC().format(moment) : unknownTime;
}

const days = inDisplayLanguage(
  (language) =>
    new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
);

/** Formatted days by their number since 1970. Thousands of rows share a few. */
let texts: { readonly formatter: Intl.DateTimeFormat; readonly of: Map<number, string> } | undefined;
const dayLength = 24 * 60 * 60 * 1000;

/** The day of a moment in UTC, labeled: `Mar 4, 2026 UTC`. Every day that is shown is one of this calendar. */
export function dayOf(moment: number): string {
  return isDate(moment) ? `${calendarDay(moment)} UTC` : unknownDay;
}

const minutes = inDisplayLanguage(
  (language) =>
    new Intl.DateTimeFormat(language, {
      day: 'numeric',
      month: 'short',
      hour: 'numeric',
      minute: '2-digit',
      timeZone: 'UTC',
    }),
);

/** The minute of a moment in UTC, such as `Mar 4, 1:05 PM`. What is beside it says the year, and that it is UTC. */
export function minuteOf(moment: number): string {
  return isDate(moment) ? minutes().format(moment) : unknownTime;
}

/** The days from one moment to another, such as `Mar 4, 2026 to Mar 5, 2026 UTC`. One day only if both are of it. */
export function daysFromTo(from: number, to: number): string {
  if (!isDate(from) || !isDate(to) || calendarDay(from) === calendarDay(to)) return dayOf(from);
  return `${calendarDay(from)} to ${dayOf(to)}`;
}

function calendarDay(moment: number): string {
  const formatter = days();
  if (texts?.formatter !== formatter) texts = { formatter, of: new Map() };
  const number = Math.floor(moment / dayLength);
  let text = texts.of.get(number);
  if (text === undefined) {
    text = formatter.format(moment);
    texts.of.set(number, text);
  }
  return text;
}

/**
 * A day that was announced or written as a day, such as `2027-01-14`, for people: `Jan 14, 2027`. One before 1970, which
 * only a person can have written, stays as it is.
 */
export function dayInWords(day: string): string {
  const start = startOfDay(day);
  if (isDate(start)) return calendarDay(start);
  return Number.isNaN(start) ? unknownDay : day;
}

/** Start of a day, in milliseconds since 1970; NaN for an invalid day. */
export function startOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** A moment in files, such as `2026-03-04T14:05:09Z`. Always to the second, so that all are of one form. */
export function isoMoment(moment: number): string {
  return isDate(moment) ? new Date(moment).toISOString().replace(/\.\d+Z$/, 'Z') : unknownTime;
}

/** The day of a moment in files and settings, such as `2026-03-04`; undefined for an invalid date. */
export function isoDay(moment: number): string | undefined {
  return isDate(moment) ? new Date(moment).toISOString().slice(0, 10) : undefined;
}

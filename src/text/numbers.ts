import { inDisplayLanguage } from './language';

const numbers = inDisplayLanguage((language) => new Intl.NumberFormat(language));

/** A number for people, such as `10,000`. */
export function number(value: number): string {
  return numbers().format(value);
}

/** The words are English, whatever the display language is. */
const rules = new Intl.PluralRules('en');

/**
 * One of two whole sentences, by the plural rules of their language. `many` gets the number written out, such as
 * `10,000`.
 */
export function plural(count: number, one: string, many: (count: string) => string): string {
  return rules.select(count) === 'one' ? one : many(number(count));
}

import { inDisplayLanguage } from './language';

const numbers = inDisplayLanguage((language) => new Intl.NumberFormat(language));

/** A number for people, such as `10,000`. */
export function number(value: number): string {
  return numbers().format(value);
}

/** English, because the sentences are, regardless of the display language. */
const rules = new Intl.PluralRules('en');

/**
 * Selects one of two whole sentences by the English plural rules. `many` gets the formatted number, such as `10,000`.
 */
export function plural(count: number, one: string, many: (count: string) => string): string {
  return rules.select(count) === 'one' ? one : many(number(count));
}

/** Whether decimals follow a comma in the display language. Where they do, lists are separated by semicolons. */
export function usesDecimalComma(): boolean {
  return numbers()
    .formatToParts(1.5)
    .some(({ type, value }) => type === 'decimal' && value === ',');
}

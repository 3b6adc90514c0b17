let language = 'en';

/** Goes up with each change, so that formatters made for an older language are not used again. */
let version = 0;

/**
 * Sets the language of dates, numbers and ages, as a BCP 47 tag: the display language of the editor. A tag that the
 * runtime cannot read leaves it as it is.
 */
export function setDisplayLanguage(tag: string): void {
  try {
    [language = language] = Intl.getCanonicalLocales(tag);
    version += 1;
  } catch {
    // Editors and pages name languages that Intl does not know, such as `qps-ploc`.
  }
}

export function displayLanguage(): string {
  return language;
}

/** A formatter of the display language, made when it is first used: making one costs more than the row that needs it. */
export function inDisplayLanguage<T>(make: (language: string) => T): () => T {
  let made: { readonly formatter: T; readonly version: number } | undefined;
  return () => {
    if (made?.version !== version) made = { formatter: make(language), version };
    return made.formatter;
  };
}

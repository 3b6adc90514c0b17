let language = 'en';

/** Incremented with each change, to invalidate formatters of an older language. */
let version = 0;

/**
 * Sets the language of dates, numbers and ages, as a BCP 47 tag: the display language of the editor. An invalid tag is
 * ignored.
 */
export function setDisplayLanguage(tag: string): void {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    if (canonical === undefined) return;
    language = canonical;
    version += 1;
  } catch {
    // Editors have languages that Intl does not know, such as `qps-ploc`.
  }
}

/** A formatter of the display language, created on first use and cached, because creating one is slow. */
export function inDisplayLanguage<T>(make: (language: string) => T): () => T {
  let cached: { readonly formatter: T; readonly version: number } | undefined;
  return () => {
    if (cached?.version !== version) cached = { formatter: make(language), version };
    return cached.formatter;
  };
}

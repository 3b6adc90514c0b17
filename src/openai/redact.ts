const keyLike = /\bsk-[A-Za-z0-9_-]{6,}/g;
const credentialsInURL = /(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s?#@]*@/gi;
const authorization = /\b((?:proxy-)?authorization["']?\s*[:=]\s*["']?)(?:[a-z]+\s+)?[^\s"',;)]+/gi;
const cookie = /\b((?:set-)?cookie["']?\s*[:=]\s*["']?)[^\r\n"']+/gi;

/** Replaces a secret. */
const redacted = '[redacted]';

/**
 * Removes secrets from a text for users or logs: each of `secrets`, everything that looks like an API key
 * (docs/api.md#api-keys), credentials in URLs, and the values of authorization and cookie headers.
 */
export function redact(text: string, ...secrets: readonly (string | undefined)[]): string {
  let clean = text;
  for (const secret of secrets) if (secret) clean = clean.replaceAll(secret, redacted);
  return clean
    .replace(keyLike, redacted)
    .replace(credentialsInURL, `$1${redacted}@`)
    .replace(authorization, `$1${redacted}`)
    .replace(cookie, `$1${redacted}`);
}

/**
 * Makes a foreign text safe to show: redacted, on one line, without control and bidirectional characters,
 * truncated to `limit` characters.
 */
export function presentable(text: string, secrets: readonly (string | undefined)[], limit = 1000): string {
  // Invisible characters are removed first, because one inside a key would hide it from redaction.
  const plain = text.replace(/\p{Cf}/gu, '').replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  const clean = redact(plain, ...secrets).trim();
  return clean.length > limit ? `${clean.slice(0, limit - 1)}…` : clean;
}

import { BlockList, isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/** A host that is reached without the proxy. */
interface Exception {
  /** Only for this port. */
  readonly port: string | undefined;
  matches(host: string): boolean;
}

const name = /^[\p{L}\p{M}\p{N}_*-]+(?:\.[\p{L}\p{M}\p{N}_*-]+)*$/u;
/** Nothing but numbers is a part of an address, and no name. */
const numbers = /^[\d.]+$/;
const longest = 300;

/** An address, or a range such as `10.0.0.0/8` and `2001:db8::/32`. */
function ofAddresses(text: string): Pick<Exception, 'matches'> | undefined {
  const [, bracketed, bare, prefix] = /^(?:\[([^\]]*)\]|([^/]*))(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const address = bracketed ?? bare ?? '';
  const version = isIP(address);
  if (version === 0 || (bracketed !== undefined && version !== 6)) return undefined;
  const bits = version === 6 ? 128 : 32;
  const length = prefix === undefined ? bits : Number(prefix);
  if (length > bits || address.includes('%')) return undefined;
  const list = new BlockList();
  list.addSubnet(address, length, version === 6 ? 'ipv6' : 'ipv4');
  return {
    matches: (host) => {
      const of = isIP(host);
      return of !== 0 && list.check(host, of === 6 ? 'ipv6' : 'ipv4');
    },
  };
}

/** Whether a text fits a pattern in which `*` stands for any characters. In time proportional to both. */
function fits(text: string, pattern: string): boolean {
  const parts = pattern.split('*');
  const [first = '', ...rest] = parts;
  const last = rest.pop() ?? '';
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** A name with all below it: `host`, `.domain` and `*.domain`. Elsewhere, `*` stands for any characters. */
function ofNames(text: string): Pick<Exception, 'matches'> | undefined {
  if (text === '*') return { matches: () => true };
  const given = text.replace(/^\*?\./, '').replace(/\.$/, '');
  if (!name.test(given) || numbers.test(given)) return undefined;
  if (given.includes('*')) return { matches: (host) => fits(host, given) };
  const domain = domainToASCII(given);
  if (!domain) return undefined;
  return { matches: (host) => host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`)) };
}

function parse(text: string): Exception | undefined {
  if (text.length > longest) return undefined;
  const whole = ofAddresses(text);
  if (whole) return { ...whole, port: undefined };
  const [, host = '', port] = /^(.*?)(?::(\d{1,5}))?$/.exec(text) ?? [];
  const isRange = host.includes('/');
  const found = isRange ? undefined : (ofAddresses(host) ?? ofNames(host));
  return found && { ...found, port };
}

function normalized(entries: readonly string[]): string[] {
  return entries.map((text) => text.trim().toLowerCase()).filter(Boolean);
}

/**
 * Whether a host is excluded from the proxy: by `host`, `.domain`, `*.domain`, an address, a range of addresses, each
 * but ranges with `:port`, or a pattern with `*`. Names are not resolved, so ranges are for hosts that are addresses.
 */
export function isExempt(url: URL, entries: readonly string[]): boolean {
  const port = url.port || '443';
  const host = url.hostname.replace(/^\[|\]$|\.$/g, '');
  return normalized(entries).some((text) => {
    const exception = parse(text);
    return exception?.matches(host) && (exception.port === undefined || exception.port === port);
  });
}

/** The exceptions that {@link isExempt} does not understand, and so ignores. */
export function notUnderstood(entries: readonly string[]): string[] {
  return normalized(entries).filter((text) => parse(text) === undefined);
}

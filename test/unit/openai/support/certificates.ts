import { createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A certificate and its key, as PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

export interface Authority extends Identity {
  /** Signs a certificate for a host name or an IPv4 address. */
  issue(host: string, notAfter?: Date): Identity;
}

// Just enough of DER to write X.509 certificates for a test; node has nothing for that.
const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const bits = (bytes: Buffer) => der(0x03, Buffer.from([0]), bytes);
const boolean = (value: boolean) => der(0x01, Buffer.from([value ? 255 : 0]));
const serial = () => der(0x02, Buffer.from([1]), randomBytes(8));
const time = (date: Date) =>
  der(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));
const name = (text: string) => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(text)))));
const extension = (id: string, value: Buffer) => sequence(oid(id), boolean(true), der(0x04, value));

const ecdsaSha256 = sequence(oid('2a8648ce3d040302'));
const yearMs = 365 * 24 * 3_600_000;

function certificate(
  subject: string,
  issuer: string,
  publicKey: KeyObject,
  signingKey: KeyObject,
  extensions: Buffer[],
  notAfter = new Date(Date.now() + yearMs),
): string {
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    serial(),
    ecdsaSha256,
    name(issuer),
    sequence(time(new Date(Date.now() - yearMs)), time(notAfter)),
    name(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = createSign('sha256').update(body).sign(signingKey);
  const text = sequence(body, ecdsaSha256, bits(signature)).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${text.match(/.{1,64}/g)?.join('\n')}\n-----END CERTIFICATE-----\n`;
}

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

/** Makes a certificate authority that lives as long as the test does. */
export function createAuthority(): Authority {
  const subject = `Authority of a test ${randomBytes(4).toString('hex')}`;
  const keys = newKeys();
  const isAuthority = extension('551d13', sequence(boolean(true)));
  return {
    cert: certificate(subject, subject, keys.publicKey, keys.privateKey, [isAuthority]),
    key: pem(keys.privateKey),
    issue(host, notAfter) {
      const own = newKeys();
      const address = isIPv4(host) ? Buffer.from(host.split('.').map(Number)) : undefined;
      const alternative = der(address ? 0x87 : 0x82, address ?? Buffer.from(host));
      const names = extension('551d11', sequence(alternative));
      const cert = certificate(host, subject, own.publicKey, keys.privateKey, [names], notAfter);
      return { cert, key: pem(own.privateKey) };
    },
  };
}

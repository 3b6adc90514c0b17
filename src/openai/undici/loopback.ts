import dns from 'node:dns';
import { BlockList, type LookupFunction } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Resolves a name for a socket, and fails with the code `NOT_LOOPBACK` unless every address is of this machine. A hosts
 * file or a name server can lead even `localhost` elsewhere. The socket connects to what was checked here, so no second
 * resolution can differ.
 */
export const lookupLoopback: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) {
      callback(error ?? notLoopback(), options.all ? [] : '');
      return;
    }
    const isLocal = addresses.every(({ address, family }) =>
      loopback.check(address, family === 6 ? 'ipv6' : 'ipv4'),
    );
    if (!isLocal) callback(notLoopback(), options.all ? [] : '');
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

function notLoopback(): Error {
  return Object.assign(new Error('The name leads to another machine.'), { code: 'NOT_LOOPBACK' });
}

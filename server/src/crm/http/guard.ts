import { type LookupAddress, lookup as resolveName } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net';
import { ConnectorError } from '../connector-error';

/*
 * Whoever may connect a CRM may choose where this server sends requests. Addresses of its own network are no CRM's,
 * unless the operator says so in the app's configuration (server-side request forgery; OWASP, "SSRF Prevention").
 */

const PRIVATE: [address: string, prefix: number, family: 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  // Azure's own services behind a public address.
  ['168.63.129.16', 32, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['::ffff:0:0:0', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];
const blocked = new BlockList();
for (const [address, prefix, family] of PRIVATE) blocked.addSubnet(address, prefix, family);

/** An IPv4 address inside an IPv6 one counts as what it is. */
const isPrivate = (address: string): boolean => blocked.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

export interface Guard {
  /** @throws ConnectorError config when an address must not be asked; returns it parsed */
  check(address: string): URL;
  /** Resolves a name for the socket itself, so that nobody can change the answer after the check. */
  lookupFor(address: URL): LookupFunction;
}

type Resolve = typeof resolveName;

/** What is asked, in the words of messages. */
export interface Asked {
  what: string;
  example: string;
  /** The setting that names private hosts. */
  setting: string;
}

const CRM: Asked = {
  what: 'CRM',
  example: 'https://crm.example.com',
  setting: 'clv.config.crm.privateHosts',
};

/**
 * @param privateHosts hosts, with or without a port, of the operator's own network that may be asked, also without TLS
 * @param resolve what asks the name servers
 */
export function hostGuard(
  privateHosts: readonly string[],
  resolve: Resolve = resolveName,
  { what, example, setting }: Asked = CRM,
): Guard {
  const allowed = new Set(privateHosts.map((host) => host.toLowerCase()));
  const isAllowed = ({ hostname, port, protocol }: URL) =>
    allowed.has(hostname) || allowed.has(`${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`);
  const config = (message: string) => new ConnectorError('config', message);
  const refused = (host: string) =>
    config(
      `${host} is an address of a private network. If the ${what} is there, add "${host}" to ${setting} in config/plugins.`,
    );

  return {
    check(address) {
      const url = URL.canParse(address) ? new URL(address) : null;
      if (!url || !/^https?:$/.test(url.protocol)) {
        // It may hold a password, and is not quoted behind its first part.
        const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(address)?.[0] ?? address.replace(/.*@/s, '').slice(0, 40);
        throw config(`"${scheme}…" is no address of a ${what}; write it like ${example}`);
      }
      if (url.username || url.password) {
        throw config(`The address of ${url.host} holds credentials; give them in their own fields.`);
      }
      if (isAllowed(url)) return url;
      const literal = url.hostname.replace(/^\[|\]$/g, '');
      if (isIP(literal) ? isPrivate(literal) : /(^|\.)localhost\.?$/.test(literal)) throw refused(url.host);
      if (url.protocol === 'http:') {
        throw config(
          `${url.host} would be asked without TLS, and everyone on the way could read what is sent; use https.`,
        );
      }
      return url;
    },
    lookupFor(url) {
      const allowsPrivate = isAllowed(url);
      return (hostname, options, callback) => {
        resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
          if (error) return callback(error, '', 0);
          const forbidden = !allowsPrivate && addresses.some(({ address }) => isPrivate(address));
          if (forbidden) return callback(refused(url.host), '', 0);
          if (options.all) return callback(null, addresses);
          callback(null, addresses[0]!.address, addresses[0]!.family);
        });
      };
    },
  };
}

/** Sockets that are kept for the next request, and resolve names by the guard. */
export function agentsFor({ lookupFor }: Guard, url: URL) {
  const options = { keepAlive: true, lookup: lookupFor(url) };
  return { httpAgent: new http.Agent(options), httpsAgent: new https.Agent(options) };
}

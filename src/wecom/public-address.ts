/** Addresses on the open internet. A URL from outside must not lead us to a machine of the house. */

import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Agent } from 'undici'
import { MediaError } from './errors.ts'

/** IANA's special-purpose registries. */
const CLOSED_V4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4'
/** Of IPv6 only 2000::/3 is in use; these parts of it are special, tunnels into IPv4 among them. */
const CLOSED_V6 = '2001::/23 2001:db8::/32 2002::/16 3fff::/20'

const closed = new BlockList()
const openV6 = new BlockList()
openV6.addSubnet('2000::', 3, 'ipv6')
for (const subnet of CLOSED_V4.split(' ')) add(subnet, 'ipv4')
for (const subnet of CLOSED_V6.split(' ')) add(subnet, 'ipv6')

function add(subnet: string, family: 'ipv4' | 'ipv6') {
  const [network = '', prefix] = subnet.split('/')
  closed.addSubnet(network, Number(prefix), family)
}

export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !closed.check(address, 'ipv4')
  return family === 6 && openV6.check(address, 'ipv6') && !closed.check(address, 'ipv6')
}

/** Looks a name up for the connection itself, so that what was checked is what is connected to. */
const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0)
    const [first] = addresses
    if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(new MediaError('address', 'the host is not on the open internet'), '', 0)
    }
    if (options.all) return callback(null, addresses)
    callback(null, first.address, first.family)
  })
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** Whether this is a trial against a stand-in on this machine, and the target is on the same host. */
export const isTrial = (target: URL, base: URL) =>
  LOOPBACK.test(base.hostname) && target.hostname === base.hostname

/**
 * Connects to the open internet only, by https.
 * @throws MediaError 'address' for what can be seen to lead elsewhere; names are checked when they are looked up
 */
export function publicAgent(target: URL): Agent {
  const literal = target.hostname.replace(/^\[|\]$/g, '')
  const isLiteral = /^[\d.]+$|:/.test(literal)
  if (target.protocol !== 'https:' || (isLiteral && !isPublicAddress(literal))) {
    throw new MediaError('address', 'the host is not on the open internet')
  }
  return new Agent({ connect: { lookup: lookupPublic } })
}

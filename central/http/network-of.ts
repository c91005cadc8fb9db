import { isIPv6 } from 'node:net';

const GROUPS = 8;
/** As many make a /64. */
const NETWORK_GROUPS = 4;

/** Whose tries count as one: of an IPv6 address its /64, since each connection is given all of one. */
export function networkOf(address: string): string {
  const ofFour = /^::ffff:([\d.]+)$/i.exec(address)?.[1] ?? address;
  if (!isIPv6(ofFour)) return ofFour;
  const [head = '', tail] = ofFour.split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const between = Array.from({ length: tail === undefined ? 0 : GROUPS - before.length - after.length }, () => '0');
  const network = [...before, ...between, ...after].slice(0, NETWORK_GROUPS);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/** An IPv4 address at the end stands for two. */
function groupsOf(part: string): readonly string[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]));
}

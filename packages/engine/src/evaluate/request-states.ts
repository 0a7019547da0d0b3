import { NOT_COLLECTED } from '@denyscope/model';
import { ABSENT, known, type KeyState } from './context.ts';
import { ALWAYS, MAYBE, placeState, tagState, type KeyStates } from './key-states.ts';
import type { AccessPointFacts, BucketFacts, Vantage } from './question.ts';

/** Time is open by nature, and closed here to the scan's: a verdict is of a moment. */
export function timeStates(time: string): KeyStates {
  return [
    ['aws:currenttime', known(time)],
    ['aws:epochtime', known(String(Math.floor(Date.parse(time) / 1000)))],
  ];
}

const VPC_KEYS = [
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourcevpce',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
  'aws:vpcsourceip',
] as const;

/** Neither an address nor an endpoint: a call that a service makes. */
export function absentNetwork(): KeyStates {
  return [...VPC_KEYS, 'aws:sourceip'].map((key) => [key, ABSENT]);
}

/** AWS (C.12, E): a VPC endpoint brings its keys together and takes the public address away. */
export function networkStates(via: Vantage): KeyStates {
  if (via.endpoint) {
    const { id, vpcId, account } = via.endpoint;
    return [
      ['aws:sourceip', ABSENT],
      ['aws:sourcevpce', known(id)],
      ['aws:sourcevpc', vpcId === undefined ? ALWAYS : known(vpcId)],
      ['aws:vpcsourceip', via.sourceIp === undefined ? ALWAYS : known(via.sourceIp)],
      ['aws:vpceaccount', known(account.accountId)],
      ['aws:vpceorgid', placeState(account, (place) => place.id)],
      ['aws:vpceorgpaths', placeState(account, (place) => place.path)],
    ];
  }
  const address: KeyState =
    via.sourceIp === undefined ? (via.internet ? ALWAYS : MAYBE) : known(via.sourceIp);
  if (via.internet || via.sourceIp !== undefined) {
    return [['aws:sourceip', address], ...VPC_KEYS.map((key) => [key, ABSENT] as const)];
  }
  return [['aws:sourceip', MAYBE]];
}

/**
 * AWS (B.6): a service that forwards the caller's credentials says so, and which services the call went through. A
 * request that comes from a place of its own comes from there directly: a service is a place of its own.
 */
export function forwardStates(
  { internet, endpoint, sourceIp, service }: Vantage,
  isSigned: boolean,
): KeyStates {
  const through = ['aws:calledvia', 'aws:calledviafirst', 'aws:calledvialast'] as const;
  if (service !== undefined) {
    return [['aws:viaawsservice', known('true')], ...through.map((key) => [key, known(service)] as const)];
  }
  if (internet || endpoint || sourceIp !== undefined || !isSigned) {
    return [['aws:viaawsservice', known('false')], ...through.map((key) => [key, ABSENT] as const)];
  }
  return [['aws:viaawsservice', ALWAYS]];
}

/** AWS (C.8): these keys come with a request through an access point only. */
export function accessPointStates(point: AccessPointFacts | undefined): KeyStates {
  const keys = ['s3:dataaccesspointarn', 's3:dataaccesspointaccount', 's3:accesspointnetworkorigin'] as const;
  if (!point) return keys.map((key) => [key, ABSENT]);
  const [arn, account, origin] = keys;
  return [
    [arn, known(point.arn)],
    [account, known(point.account.accountId)],
    [origin, originState(point)],
  ];
}

function originState({ arn, networkOrigin }: AccessPointFacts): KeyState {
  if (networkOrigin !== undefined) return known(networkOrigin);
  return { kind: 'unreadable', document: `${arn}#network-origin`, reason: NOT_COLLECTED };
}

/** AWS (C.11): the tags of the access point that the request goes through. */
export function accessPointTag(point: AccessPointFacts | undefined, name: string): KeyState {
  return point ? tagState(point.tags, name, `${point.arn}#tags`) : ABSENT;
}

/** AWS (C.11): a bucket's tags are in the context only where attribute-based access control is on for it. */
export function bucketTag(bucket: BucketFacts, name: string): KeyState {
  const { abacEnabled } = bucket;
  if (abacEnabled.kind === 'unreadable') {
    return { kind: 'unreadable', document: `${bucket.arn}#abac`, reason: abacEnabled.reason };
  }
  return abacEnabled.kind === 'seen' && abacEnabled.value
    ? tagState(bucket.tags, name, `${bucket.arn}#tags`)
    : ABSENT;
}

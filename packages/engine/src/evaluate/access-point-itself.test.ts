import { decideAccessPoint, type AccessPointQuestion } from '../index.ts';
import {
  accessPoint,
  allow,
  ANYWHERE,
  caller,
  deny,
  document,
  FAR_ROLE,
  identity,
  inWords,
  node,
  POINT,
  ROLE,
} from '../question.fixture.ts';

const ABLE = caller(ROLE, { identity: identity(allow()) });

function answerOf(over: Partial<AccessPointQuestion>): string {
  return inWords(
    decideAccessPoint({
      caller: ABLE,
      action: 's3:GetAccessPointPolicy',
      point: accessPoint(),
      region: 'eu-west-1',
      via: ANYWHERE,
      context: {},
      time: '2026-11-22T02:00:00Z',
      ...over,
    }),
  );
}

describe('an access point itself (semantics.md C.1)', () => {
  const only = (Resource: string) => caller(ROLE, { identity: identity(allow({ Resource })) });
  const toAll = document(`${POINT}#policy`, 'resource', allow({ Principal: '*' }));
  const noBody = document(`${POINT}#policy`, 'resource', deny({ Principal: '*' }));
  const rcps = [node('r', allow(), deny({ Resource: POINT }))];

  // prettier-ignore
  test.each<readonly [string, Partial<AccessPointQuestion>, string]>([
    ['an identity policy that names it', { caller: only(POINT) }, 'allowed'],
    ['an identity policy that names its objects', { caller: only(`${POINT}/object/*`) }, 'denied: identity'],
    ['its own policy allows nothing of it', { caller: caller(ROLE), point: accessPoint({ policy: toAll }) }, 'denied: identity'],
    ['… and denies nothing', { point: accessPoint({ policy: noBody }) }, 'allowed'],
    ['a caller of another account', { caller: caller(FAR_ROLE, { identity: identity(allow()) }), point: accessPoint({ policy: toAll }) }, 'denied: access-point'],
    ['an SCP', { caller: { ...ABLE, scps: [node('r', allow(), deny({ Resource: POINT }))] } }, 'denied: scp!'],
    ['an RCP', { point: accessPoint({ rcps }) }, 'denied: rcp!'],
    ['an action that is authorised against *', { action: 's3:GetAccessPoint', caller: only(POINT) }, 'denied: identity'],
    ['… with *', { action: 's3:GetAccessPoint' }, 'allowed'],
    ['… which no RCP judges', { action: 's3:GetAccessPoint', point: accessPoint({ rcps }) }, 'allowed'],
    ['keys of the point', { caller: caller(ROLE, { identity: identity(allow({ Condition: { StringEquals: { 's3:AccessPointNetworkOrigin': 'VPC' } } })) }) }, 'denied: identity'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });
});

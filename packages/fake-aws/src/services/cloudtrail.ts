import type { SnapshotLine } from '@denyscope/model';
import {
  done,
  refused,
  type Answer,
  type Backdrop,
  type Call,
  type Operation,
  type Service,
} from '../service.ts';
import { unreadableError } from '../unreadable.ts';
import { memberOf, omit, pick, textOf, textsOf } from '../value.ts';
import type { World } from '../world.ts';
import { readJson } from './json.ts';

const STATUS = ['IsLogging', 'LatestDeliveryError'];
const SELECTORS = ['EventSelectors', 'AdvancedEventSelectors'];

/** What SDKs call the API, and what the AWS CLI does. */
const PREFIXES = ['CloudTrail_20131101', 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101'] as const;

/** CloudTrail: the trails of an account, and what they record. */
export const cloudtrailService: Service = {
  read: (request) => {
    const target = request.headers['x-amz-target'] ?? '';
    const prefix = PREFIXES.find((known) => target.startsWith(`${known}.`)) ?? PREFIXES[0];
    return readJson('cloudtrail', prefix, request);
  },
  operations: {
    DescribeTrails: describeTrails,
    GetTrailStatus: onTrail('Name', STATUS, ({ data }) => done(pick(data, STATUS))),
    GetEventSelectors: onTrail('TrailName', SELECTORS, ({ data }) =>
      done({ TrailARN: memberOf(data, 'TrailARN'), ...pick(data, SELECTORS) }),
    ),
  },
};

/** A trail of several Regions throws its shadow into the others, and that of an organization into its accounts. */
function describeTrails({ caller, region, input }: Call, { world }: Backdrop): Answer {
  const names = textsOf(input, 'trailNameList');
  const withShadows = memberOf(input, 'includeShadowTrails') !== false;
  const trails = world
    .ofKind('trail')
    .filter((line) => isSeenFrom(line, caller.accountId, region, withShadows))
    .filter((line) => names.length === 0 || names.some((name) => isNamed(line, name)));
  return done({ trailList: trails.map(({ data }) => omit(data, [...STATUS, ...SELECTORS])) });
}

function isSeenFrom(line: SnapshotLine, accountId: string, region: string, withShadows: boolean): boolean {
  const { data } = line;
  const isAtHome = line.accountId === accountId && line.region === region;
  if (isAtHome || !withShadows) return isAtHome;
  const reachesAccount = line.accountId === accountId || memberOf(data, 'IsOrganizationTrail') === true;
  return reachesAccount && (line.region === region || memberOf(data, 'IsMultiRegionTrail') === true);
}

function isNamed({ data }: SnapshotLine, name: string): boolean {
  return textOf(data, 'TrailARN') === name || textOf(data, 'Name') === name;
}

type OnTrail = (line: SnapshotLine) => Answer;

/** An operation on the account's own trail that a member of the request names. */
function onTrail(named: string, fields: readonly string[], operation: OnTrail): Operation {
  return ({ caller, input }, { world }) => {
    const name = textOf(input, named) ?? '';
    const line = trailOf(world, caller.accountId, name);
    if (line === undefined) {
      return refused({ status: 400, code: 'TrailNotFoundException', message: `Unknown trail: ${name}` });
    }
    const lost = unreadableError('cloudtrail', line, fields);
    return lost === undefined ? operation(line) : refused(lost);
  };
}

function trailOf(world: World, accountId: string, name: string): SnapshotLine | undefined {
  return world.owned('trail', accountId).find((line) => isNamed(line, name));
}

import type { SnapshotLine } from '@denyscope/model';
import { done, refused, type Answer, type Backdrop, type Call, type Operation } from '../service.ts';
import { unreadableError } from '../unreadable.ts';
import { documentText, memberOf, omit, textOf, type Members } from '../value.ts';
import { controlPage, notFound, ownAccount } from './s3-control-call.ts';

/** What is asked of a multi-Region access point, by the last part of the path. */
export const MULTI_REGION_ASPECTS: ReadonlyMap<string, string> = new Map([
  ['', 'GetMultiRegionAccessPoint'],
  ['policy', 'GetMultiRegionAccessPointPolicy'],
  ['policystatus', 'GetMultiRegionAccessPointPolicyStatus'],
]);

/** The part of S3 Control that answers for multi-Region access points. */
export const MULTI_REGION_OPERATIONS: Readonly<Record<string, Operation>> = {
  ListMultiRegionAccessPoints: atHome(listed),
  GetMultiRegionAccessPoint: atHome(onPoint(reported)),
  GetMultiRegionAccessPointPolicy: atHome(onPoint(policy)),
  GetMultiRegionAccessPointPolicyStatus: atHome(onPoint(policyStatus)),
};

/** AWS: they are managed in one Region, whichever their buckets are in (semantics.md H.1). */
const HOME = 'us-west-2';

function atHome(operation: Operation): Operation {
  return ownAccount((call, backdrop) =>
    call.region === HOME
      ? operation(call, backdrop)
      : refused({ status: 400, code: 'InvalidRequest', message: `Requests must go to ${HOME}` }),
  );
}

/** What the list and GetMultiRegionAccessPoint do not tell. */
const APART = ['Policy', 'PolicyStatus'];

function reportOf({ data }: SnapshotLine): Members {
  return omit(data, APART);
}

function listed({ caller, input }: Call, { world, pageSize }: Backdrop): Answer {
  const points = world.owned('multi-region-access-point', caller.accountId);
  const scope = `ListMultiRegionAccessPoints ${caller.accountId}`;
  const page = controlPage(points, { input, pageSize, scope });
  if ('code' in page) return refused(page);
  const AccessPoints = page.items.map(reportOf);
  return done({ AccessPoints, ...page.next }, { root: 'ListMultiRegionAccessPointsResult' });
}

type OnPoint = (line: SnapshotLine) => Answer;

function onPoint(operation: OnPoint): Operation {
  return ({ caller, input }, { world }) => {
    const name = textOf(input, 'Name');
    const line = world
      .owned('multi-region-access-point', caller.accountId)
      .find(({ data }) => textOf(data, 'Name') === name);
    return line === undefined
      ? notFound('NoSuchMultiRegionAccessPoint', 'The specified Multi-Region Access Point does not exist')
      : operation(line);
  };
}

function reported(line: SnapshotLine): Answer {
  return done({ AccessPoint: reportOf(line) }, { root: 'GetMultiRegionAccessPointResult' });
}

function policy(line: SnapshotLine): Answer {
  const lost = unreadableError('s3-control', line, ['Policy']);
  if (lost !== undefined) return refused(lost);
  const document = memberOf(line.data, 'Policy');
  const Established = document === undefined ? {} : { Policy: documentText(document) };
  return done({ Policy: { Established } }, { root: 'GetMultiRegionAccessPointPolicyResult' });
}

function policyStatus(line: SnapshotLine): Answer {
  const lost = unreadableError('s3-control', line, ['PolicyStatus']);
  if (lost !== undefined) return refused(lost);
  const Established = memberOf(line.data, 'PolicyStatus');
  return done(Established === undefined ? {} : { Established }, {
    root: 'GetMultiRegionAccessPointPolicyStatusResult',
  });
}

import { recordedError } from './refusal.ts';
import type { AwsError, ServiceName } from './service.ts';
import { textOf } from './value.ts';
import type { World } from './world.ts';

/** Steps that are named after their IAM action, with the call that takes them. */
const CALLS: ReadonlyMap<string, string> = new Map([
  ['s3:GetAccountPublicAccessBlock', 's3-control:GetPublicAccessBlock'],
  ['s3:ListAccessPoints', 's3-control:ListAccessPoints'],
  ['account:ListRegions', 'ec2:DescribeRegions'],
]);

/** A call, as far as coverage looks at it. */
interface Step {
  readonly service: ServiceName;
  readonly operation: string;
  readonly accountId: string;
  readonly region: string;
}

/** The error of a step that, after the snapshot's own coverage, could not be taken. */
export function coverageError(world: World, step: Step): AwsError | undefined {
  const call = `${step.service}:${step.operation}`;
  const line = world.ofKind('coverage').find(({ data, accountId, region }) => {
    const name = textOf(data, 'step') ?? '';
    return (
      (CALLS.get(name) ?? name) === call &&
      (accountId === undefined || accountId === step.accountId) &&
      (region === undefined || region === step.region)
    );
  });
  return line && recordedError(step.service, textOf(line.data, 'reason') ?? '', textOf(line.data, 'message'));
}

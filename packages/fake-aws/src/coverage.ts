import { isLostWith } from '@denyscope/model';
import { recordedError } from './refusal.ts';
import type { AwsError, ServiceName } from './service.ts';
import { textOf } from './value.ts';
import type { World } from './world.ts';

/** Calls whose step is named otherwise, after its IAM action. */
const STEPS: ReadonlyMap<string, string> = new Map([
  ['s3-control:GetPublicAccessBlock', 's3:GetAccountPublicAccessBlock'],
  ['s3-control:ListAccessPoints', 's3:ListAccessPoints'],
  ['s3-control:ListMultiRegionAccessPoints', 's3:ListMultiRegionAccessPoints'],
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
  const taken = STEPS.get(call) ?? call;
  const line = world
    .ofKind('coverage')
    .find(
      ({ data, accountId, region }) =>
        isTaken(taken, textOf(data, 'step') ?? '') &&
        (accountId === undefined || accountId === step.accountId) &&
        (region === undefined || region === step.region),
    );
  return line && recordedError(step.service, textOf(line.data, 'reason') ?? '', textOf(line.data, 'message'));
}

/** Is the step that was taken the one that is said to have failed, or one that this stands for? */
function isTaken(step: string, failed: string): boolean {
  if (failed === 'scan:Region') return isLostWith(step, failed);
  return step === (failed === 'account:ListRegions' ? 'ec2:DescribeRegions' : failed);
}

import { orWhenAbsent } from '@denyscope/model';
import type { VpcEndpoint } from '../estate.ts';
import { DEFAULT_ENDPOINT_POLICY } from './aws-documents.ts';
import { ownerOf, type LineOf } from './lines.ts';
import { factsOf, policyText, type Reading } from './reading.ts';

/** VPC endpoints by id. One without a policy has AWS's default, which allows everything (semantics.md E). */
export function buildEndpoints(reading: Reading): ReadonlyMap<string, VpcEndpoint> {
  const lines = reading.lines.of('vpc-endpoint');
  return new Map(lines.map((line) => [line.data.VpcEndpointId, buildEndpoint(reading, line)]));
}

function buildEndpoint(reading: Reading, line: LineOf<'vpc-endpoint'>): VpcEndpoint {
  const policy = policyText(reading, factsOf(reading, line)('PolicyDocument'));
  return {
    id: line.data.VpcEndpointId,
    accountId: ownerOf(line),
    region: line.region,
    type: line.data.VpcEndpointType,
    vpcId: line.data.VpcId,
    service: line.data.ServiceName,
    state: line.data.State,
    policy: orWhenAbsent(policy, reading.intern(DEFAULT_ENDPOINT_POLICY)),
  };
}

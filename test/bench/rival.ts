/** The peer, by its README: `@cloud-copilot/iam-simulate`, a development dependency that nothing but this folder uses. */
import { runSimulation, runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import { type ClosedRequest, type Document, type Node } from './closed-request.ts';

/** How a document's text becomes what the peer takes: an object. */
export type Parse = (text: string) => unknown;

/** The request in the peer's form. */
export function simulationOf(request: ClosedRequest, parse: Parse): Simulation {
  const named = ({ name, text }: Document) => ({ name, policy: parse(text) });
  const node = ({ id, documents }: Node) => ({ orgIdentifier: id, policies: documents.map(named) });
  const { boundary, bucketPolicy, restrictPublicBuckets } = request;
  return {
    request: {
      principal: request.principal,
      action: request.action,
      resource: { resource: request.resource, accountId: request.resourceAccountId },
      contextVariables: Object.fromEntries(
        Object.entries(request.context).map(([key, values]) => [key, one(values)]),
      ),
    },
    identityPolicies: request.identity.map(named),
    serviceControlPolicies: request.scps.map(node),
    resourceControlPolicies: request.rcps.map(withoutDefault).map(node),
    ...(bucketPolicy === undefined ? {} : { resourcePolicy: parse(bucketPolicy.text) }),
    ...(boundary === undefined ? {} : { permissionBoundaryPolicies: [named(boundary)] }),
    additionalSettings: { s3: { blockPublicAccess: restrictPublicBuckets } },
  };
}

/** The peer adds RCPFullAWSAccess itself, and refuses it as an input. */
function withoutDefault({ id, documents }: Node): Node {
  return { id, documents: documents.filter(({ name }) => !name.endsWith('p-RCPFullAWSAccess')) };
}

function one(values: readonly string[]): string | string[] {
  const [first, ...rest] = values;
  return first === undefined || rest.length > 0 ? [...values] : first;
}

/** The peer's documented way, which validates its input first; undefined where it refuses it. */
export async function rivalAnswer(simulation: Simulation): Promise<string | undefined> {
  const answer = await runSimulation(simulation, {});
  return answer.resultType === 'error' ? undefined : answer.overallResult;
}

/**
 * The peer's documented way around validation, for whoever knows what they are doing; undefined where it throws, as
 * it does in this version for every simulation with a resource policy.
 */
export function uncheckedAnswer(simulation: Simulation): string | undefined {
  try {
    return runUnsafeSimulation(simulation, {});
  } catch {
    return undefined;
  }
}

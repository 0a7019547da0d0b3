import {
  compilePolicy,
  type ClosedQuestion,
  type CompiledPolicy,
  type PolicySource,
  type PolicyType,
} from '@denyscope/engine';
import { parsePrincipal, seen, type Principal } from '@denyscope/model';
import { type ClosedRequest, type Document } from './closed-request.ts';

export type Compile = (text: string, type: PolicyType) => CompiledPolicy;

/** Compiles each text once for each type. */
export function compileOnce(): Compile {
  const known = new Map<string, CompiledPolicy>();
  return (text, type) => {
    const key = `${type} ${text}`;
    const policy = known.get(key) ?? compilePolicy(text, type);
    known.set(key, policy);
    return policy;
  };
}

/** The caller of a request that the bench itself made. */
export function principalOf({ principal: text }: ClosedRequest): Principal {
  const principal = parsePrincipal(text);
  if (principal === undefined) throw new Error(`the generator made the principal \`${text}\``);
  return principal;
}

/** A document under its name. */
export function sourceOf({ name, text }: Document, type: PolicyType, compile: Compile): PolicySource {
  return { document: name, attachedTo: name, policy: seen(compile(text, type)) };
}

/** The policies of a path; undefined where there is none. */
export function nodesOf(path: ClosedRequest['scps'], compile: Compile): ClosedQuestion['scps'] {
  if (path.length === 0) return undefined;
  return path.map(({ id, documents }) => ({
    node: id,
    policies: documents.map((one) => sourceOf(one, 'organization', compile)),
  }));
}

/** The request as a closed question. */
export function questionOf(request: ClosedRequest, compile: Compile): ClosedQuestion {
  const { boundary, bucketPolicy } = request;
  return {
    ...request,
    principal: principalOf(request),
    wildcardOnlyAction: false,
    multiValuedKeys: [],
    identity: request.identity.map((one) => sourceOf(one, 'identity', compile)),
    boundary: boundary && [sourceOf(boundary, 'identity', compile)],
    session: undefined,
    scps: nodesOf(request.scps, compile),
    rcps: nodesOf(request.rcps, compile),
    endpoint: undefined,
    resourcePolicy: bucketPolicy && sourceOf(bucketPolicy, 'resource', compile),
    bucketAbacEnabled: false,
  };
}

import { parseArn, type Principal } from '@denyscope/model';
import { isPlainHttp, valuesOf } from './context.ts';
import { refusal, type ConcreteRequest, type Grant, type Reasons } from './layer.ts';
import { askPair, refusals } from './pair.ts';
import { namingOfPrincipal } from './principal.ts';

/** D.2: what S3 asks of KMS for the same caller. Which actions, follows from the S3 action (D.3). */
export interface KeyCall extends Omit<ConcreteRequest, 'request'> {
  readonly request: Omit<ConcreteRequest['request'], 'action'>;
  /** `KeyState` of DescribeKey; `Enabled` where it is not given. */
  readonly state?: string;
  /** `KeySpec` of DescribeKey; `SYMMETRIC_DEFAULT` where it is not given. */
  readonly spec?: string;
  /** `aws/s3`, whose policy is AWS's. */
  readonly managedByAws?: boolean;
  readonly grants?: readonly KeyGrant[];
  /** Is the object uploaded in parts? */
  readonly multipart?: boolean;
  readonly bucketRegion?: string;
}

/** D.4: whom a grant allows which operations, perhaps under an encryption context that the request must hold. */
export interface KeyGrant {
  readonly grantee: string;
  readonly operations: readonly string[];
  readonly contextSubset?: Readonly<Record<string, string>>;
  readonly contextEquals?: Readonly<Record<string, string>>;
}

/** D.3 and I.3, the table. */
function keyActions(action: string, multipart: boolean): readonly string[] {
  if (/^s3:(getobject(version)?(attributes)?|listmultipartuploadparts)$/.test(action)) return ['kms:Decrypt'];
  if (action !== 's3:putobject') return [];
  return multipart ? ['kms:GenerateDataKey', 'kms:Decrypt'] : ['kms:GenerateDataKey'];
}

/** D: all that refuses the use of the key; nothing where the S3 action needs none. */
export function keyRefusals(key: KeyCall, s3: ConcreteRequest, caller: Principal): Reasons {
  const actions = keyActions(s3.request.action.toLowerCase(), key.multipart === true);
  const gates = actions.length > 0 ? keyGates(key, isPlainHttp(s3.request.context), caller) : [];
  // B.3, D.4: RCPs do not reach the keys of AWS, and the endpoint of the S3 call is not on the way to KMS.
  const around = { rcps: key.managedByAws === true ? [] : key.rcps, vpcEndpointPolicies: null };
  const pairs = actions.map((action) => {
    const pair = askPair({ ...key, ...around, request: { ...key.request, action } }, caller);
    const allows = [...pair.resource.allows, ...grantsOf(key, action, caller)];
    return { ...pair, resource: { ...pair.resource, allows } };
  });
  return [...pairs.flatMap(refusals), ...gates];
}

/** D.4: a grant allows beside the key policy, as if that named the grantee. */
function grantsOf({ grants = [], request }: KeyCall, action: string, caller: Principal): readonly Grant[] {
  const size = valuesOf(request.context, 'kms:EncryptionContextKeys')?.length;
  return grants.flatMap(({ grantee, operations, contextSubset, contextEquals }): readonly Grant[] => {
    const naming =
      grantee === caller.text && caller.kind === 'service' ? 'direct' : namingOfPrincipal(grantee, caller);
    const wanted = Object.entries({ ...contextSubset, ...contextEquals });
    const holds = wanted.every(([name, value]) => {
      return valuesOf(request.context, `kms:EncryptionContext:${name}`)?.[0] === value;
    });
    const isWhole = contextEquals === undefined || Object.keys(contextEquals).length === size;
    const covers = naming && holds && isWhole && operations.includes(action.replace('kms:', ''));
    return covers ? [{ layer: 'kms-grant', outcome: 'allowed', source: grantee, naming }] : [];
  });
}

function keyGates(key: KeyCall, isPlain: boolean, caller: Principal): Reasons {
  const { request, state = 'Enabled', spec = 'SYMMETRIC_DEFAULT', managedByAws = false } = key;
  const region = parseArn(request.resource)?.region;
  const isOwn = 'accountId' in caller && caller.accountId === request.resourceAccount;
  const rules: readonly (readonly [broken: boolean, rule: string])[] = [
    [state !== 'Enabled', `D.5: the key is ${state}`],
    [spec !== 'SYMMETRIC_DEFAULT', `D.1: the key is ${spec}`],
    [(key.bucketRegion ?? region) !== region, 'D.1: the key is not in the Region of the bucket'],
    [managedByAws && !isOwn, 'D.1: aws/s3 serves its own account only'],
    [caller.kind === 'anonymous', 'D.1: an object under a key needs a signed request'],
    [isPlain, 'D.1: an object under a key needs TLS'],
  ];
  return rules.filter(([broken]) => broken).map(([, rule]) => refusal('kms-key-state', rule));
}

import { accountOf, callerAccount, isInOrganization, ORGANIZATION, pointArn, vpcOf } from './names.ts';
import type { Scene } from './scene.ts';

type Context = Readonly<Record<string, readonly string[] | null>>;

/** The headers and the network of the request: every key that a gate looks at, closed. */
export function givenContext(scene: Scene): Context {
  const given = (value: string | undefined): readonly string[] | null =>
    value === undefined ? null : [value];
  const sends = /Put(Object|BucketAcl|ObjectAcl|ObjectVersionAcl)$/.test(scene.action);
  return {
    'aws:SourceIp': null,
    'aws:SourceVpc': given(vpcOf(scene)),
    'x-amz-request-payer': given(scene.pays ? 'requester' : undefined),
    ...(scene.tls === undefined ? {} : { 'aws:SecureTransport': [String(scene.tls)] }),
    ...(sends
      ? {
          's3:x-amz-acl': given(scene.cannedAcl),
          's3:x-amz-grant-read': given(scene.grantHeader),
          's3:x-amz-server-side-encryption-customer-algorithm': given(
            scene.customerKey ? 'AES256' : undefined,
          ),
        }
      : {}),
  };
}

/** The whole context: what is given, and what AWS says of the caller and of the access point (C.12). */
export function wholeContext(scene: Scene): Record<string, string[]> {
  const account = callerAccount(scene);
  const point = {
    's3:DataAccessPointAccount': [accountOf(scene, scene.pointAccount)],
    's3:DataAccessPointArn': [pointArn(scene)],
  };
  const given = Object.entries(givenContext(scene)).flatMap(([key, values]) =>
    values ? [[key, [...values]] as const] : [],
  );
  return {
    ...Object.fromEntries(given),
    ...(account !== undefined && isInOrganization(account) ? { 'aws:PrincipalOrgID': [ORGANIZATION] } : {}),
    ...(scene.point === 'none' ? {} : point),
  };
}

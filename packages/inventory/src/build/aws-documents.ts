/** Documents that AWS writes itself and that never change, for snapshots that name them without their content. */

/** Every action on every resource, for every caller. */
const ALLOW_EVERYTHING = '{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}';

/** What a VPC endpoint without a policy of its own allows: everything (semantics.md E, V-POL). */
export const DEFAULT_ENDPOINT_POLICY = `{"Version":"2008-10-17","Statement":[${ALLOW_EVERYTHING}]}`;

/** The RCP that AWS attaches to every node of an organization and that nobody can detach (semantics.md B.3). */
export const RCP_FULL_ACCESS = {
  id: 'p-RCPFullAWSAccess',
  arn: 'arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess',
  content: `{"Version":"2012-10-17","Statement":[${ALLOW_EVERYTHING}]}`,
} as const;

/** Policy id → content of the organization policies that AWS manages. */
export const AWS_ORGANIZATION_POLICIES: ReadonlyMap<string, string> = new Map([
  [
    'p-FullAWSAccess',
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
  ],
  [RCP_FULL_ACCESS.id, RCP_FULL_ACCESS.content],
]);

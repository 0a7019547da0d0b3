/** The trust policy of the scanner's role in a member account. */

interface TrustPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly [
    {
      readonly Effect: 'Allow';
      readonly Principal: { readonly AWS: string };
      readonly Action: 'sts:AssumeRole';
      readonly Condition?: { readonly StringEquals: { readonly 'sts:ExternalId': string } };
    },
  ];
}

/** Trusts the scanner alone, and only where it names the external id, if one is agreed (semantics.md H.5). */
export function scannerTrust(scannerArn: string, externalId: string | undefined): TrustPolicy {
  const condition =
    externalId === undefined ? {} : { Condition: { StringEquals: { 'sts:ExternalId': externalId } } };
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: scannerArn }, Action: 'sts:AssumeRole', ...condition }],
  };
}

/** Does the policy let the caller in, with the external id that it names? */
export function admits(policy: TrustPolicy, callerArn: string, externalId: string | undefined): boolean {
  return policy.Statement.some(({ Principal, Condition }) => {
    const wanted = Condition?.StringEquals['sts:ExternalId'];
    return Principal.AWS === callerArn && (wanted === undefined || wanted === externalId);
  });
}

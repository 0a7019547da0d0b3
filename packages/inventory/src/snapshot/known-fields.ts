import { SNAPSHOT_KINDS, type SnapshotKind } from '@denyscope/model';

/** Fields of a line beside `data`, and of any `data`, that stamp when it was read. */
const ENVELOPE: ReadonlySet<string> = new Set([
  'kind',
  'accountId',
  'region',
  'data',
  'unreadable',
  'fetchedAt',
]);

/** Fields of the first line. */
const HEADER: ReadonlySet<string> = new Set([
  'kind',
  'format',
  'takenAt',
  'source',
  'collected',
  'fetchedAt',
]);

/** Members of AWS's responses that no layer reads: known all the same, so they are not reported as unknown. */
// prettier-ignore
const UNREAD: Readonly<Record<SnapshotKind, readonly string[]>> = {
  organization:          ['MasterAccountArn', 'MasterAccountEmail', 'AvailablePolicyTypes'],
  root:                  ['PolicyTypes', 'ParentId', 'Tags'],
  'organizational-unit': ['Path', 'Tags'],
  account:               ['JoinedMethod', 'JoinedTimestamp', 'Paths'],
  'organization-policy': ['Description', 'Tags', 'Targets'],
  'delegated-administrator': ['JoinedMethod', 'JoinedTimestamp'],
  'iam-user':            ['CreateDate', 'PasswordLastUsed'],
  'iam-role':            ['CreateDate', 'InstanceProfileList', 'RoleLastUsed', 'Description', 'MaxSessionDuration'],
  'iam-group':           ['CreateDate'],
  'iam-policy':          ['Path', 'AttachmentCount', 'PermissionsBoundaryUsageCount', 'IsAttachable', 'Description',
                          'CreateDate', 'UpdateDate', 'Tags'],
  'identity-provider':   [],
  'account-public-access-block': [],
  bucket:                ['BucketArn', 'LocationConstraint', 'MFADelete'],
  'access-point':        ['CreationDate', 'Endpoints', 'DataSourceId', 'DataSourceType'],
  'multi-region-access-point': ['CreatedAt'],
  'kms-key':             ['KeyRotationEnabled'],
  'vpc-endpoint':        ['Groups', 'IpAddressType', 'DnsOptions', 'PrivateDnsEnabled', 'RequesterManaged',
                          'NetworkInterfaceIds', 'DnsEntries', 'CreationTimestamp', 'Tags', 'LastError', 'Ipv4Prefixes',
                          'Ipv6Prefixes', 'FailureReason', 'ServiceNetworkArn', 'ResourceConfigurationArn',
                          'ServiceRegion', 'PayerResponsibility'],
  vpc:                   ['CidrBlock', 'DhcpOptionsId', 'State', 'InstanceTenancy', 'Ipv6CidrBlockAssociationSet',
                          'CidrBlockAssociationSet', 'IsDefault', 'Tags', 'BlockPublicAccessStates', 'EncryptionControl'],
  'route-table':         ['PropagatingVgws', 'Tags'],
  trail:                 ['S3KeyPrefix', 'SnsTopicName', 'SnsTopicARN', 'IncludeGlobalServiceEvents',
                          'LogFileValidationEnabled', 'CloudWatchLogsLogGroupArn', 'CloudWatchLogsRoleArn',
                          'HasCustomEventSelectors', 'HasInsightSelectors', 'RecursiveLogging'],
  coverage:              [],
};

const KNOWN: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(SNAPSHOT_KINDS).map(([kind, { shape }]) => [
    kind,
    new Set([...Object.keys(shape), 'fetchedAt']),
  ]),
);

const KNOWN_UNREAD: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(UNREAD).map(([kind, fields]) => [kind, new Set(fields)]),
);

/** Is this a field of the first line? */
export function isHeaderField(field: string): boolean {
  return HEADER.has(field);
}

/** Is this a field that lines of every kind may have, beside their data? */
export function isLineField(field: string): boolean {
  return ENVELOPE.has(field);
}

/** Is this a member of the data of lines of the kind, read or not? */
export function isDataField(kind: SnapshotKind, field: string): boolean {
  return KNOWN.get(kind)?.has(field) === true || KNOWN_UNREAD.get(kind)?.has(field) === true;
}

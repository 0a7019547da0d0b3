/** The services that are read, by the name under which calls are counted. */
export type ServiceName =
  's3' | 's3-control' | 'iam' | 'kms' | 'ec2' | 'cloudtrail' | 'organizations' | 'sts';

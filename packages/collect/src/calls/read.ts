import type { COVERAGE_STEPS, SnapshotKind } from '@denyscope/model';
import type { AwsClients } from '../clients.ts';
import type { JsonObject } from '../plain.ts';
import type { ServiceName } from '../service-name.ts';

/** What one call is about: the organization, an account, its Region, or one bucket (access point, trail) or key. */
export type Scope = 'organization' | 'account' | 'region' | 'bucket' | 'key';

export type { ServiceName };

/** What a read is asked about. */
export interface Target {
  /** The account that is read. */
  readonly accountId: string;
  /** Name, id or ARN of the bucket, access point, trail, key, node, policy or account; empty for the account read. */
  readonly id: string;
}

/** One answer of AWS: its items, and where the next ones begin. */
export interface Page {
  readonly items: readonly JsonObject[];
  readonly next?: string | undefined;
}

/** One read of AWS: a row of semantics.md H.1. */
export interface Read {
  /** In IAM's spelling of actions: `s3:GetBucketPolicy`. */
  readonly id: string;
  /** The IAM actions that it needs; none for GetCallerIdentity. */
  readonly actions: readonly string[];
  readonly service: ServiceName;
  /** As the API spells it. */
  readonly operation: string;
  readonly scope: Scope;
  /** How the API pages: by a token, by a marker, or not at all. */
  readonly paging: 'none' | 'token' | 'marker';
  /** `fields`: the one item of the answer holds fields of a line. `list`: the items are lines, or a field's items. */
  readonly answers: 'fields' | 'list';
  /** Kind of line → fields that the answer fills. */
  readonly fills: Readonly<Partial<Record<SnapshotKind, readonly string[]>>>;
  /** The coverage that is lost where the read fails; none where it fails as fields of a line. */
  readonly step?: keyof typeof COVERAGE_STEPS;
  /** Error codes by which AWS says that nothing is configured. */
  readonly absences: readonly string[];
  /** Asks once, for the page that begins at `next`; throws what the SDK throws. */
  readonly run: (clients: AwsClients, target: Target, next?: string) => Promise<Page>;
}

/** A read of one bucket, which answers fields of the bucket's line. */
export function bucketRead(spec: Pick<Read, 'operation' | 'absences'> & BucketReadSpec): Read {
  const { action = spec.operation, fields, ask } = spec;
  return {
    id: `s3:${spec.operation}`,
    actions: [`s3:${action}`],
    service: 's3',
    operation: spec.operation,
    scope: 'bucket',
    paging: 'none',
    answers: 'fields',
    fills: { bucket: fields },
    absences: spec.absences,
    run: async (clients, { id }) => ({ items: [await ask(clients, id)] }),
  };
}

interface BucketReadSpec {
  /** The IAM action, where it is not the operation's name. */
  readonly action?: string;
  readonly fields: readonly string[];
  readonly ask: (clients: AwsClients, bucket: string) => Promise<JsonObject>;
}

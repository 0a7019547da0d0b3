import { actionsOfField, actionsOfStep } from '@denyscope/collect';
import { type Estate } from '@denyscope/inventory';
import { type SnapshotLine } from '@denyscope/model';

/** One read that AWS refused. */
export interface Refusal {
  readonly actions: readonly string[];
  /** An ARN, or `*` where the action knows no resource. */
  readonly resource: string;
  readonly region: string | undefined;
  readonly message: string;
}

/** The step that enters the role of an account. */
export const ENTRANCE = 'sts:AssumeRole';

const REFUSED = 'AccessDenied';

/** Was anything of the line refused? */
export function isRefused({ kind, data, unreadable = [] }: SnapshotLine): boolean {
  return kind === 'coverage'
    ? data['reason'] === REFUSED
    : unreadable.some(({ reason }) => reason === REFUSED);
}

/** The refused read behind a `coverage` line; undefined where it was not refused, or takes no action of the role. */
export function refusalOfStep({ region, data }: SnapshotLine): Refusal | undefined {
  const { step, reason, message } = data;
  if (reason !== REFUSED || typeof step !== 'string') return undefined;
  const read = actionsOfStep(step);
  if (read === undefined) return undefined;
  const words = typeof message === 'string' ? message : '';
  return { actions: read.actions, resource: '*', region, message: words };
}

type Unread = NonNullable<SnapshotLine['unreadable']>[number];

/** The refused read behind a field of a line. */
export function refusalOfField(
  estate: Estate,
  line: SnapshotLine,
  { field, reason, message = '' }: Unread,
): Refusal | undefined {
  if (reason !== REFUSED) return undefined;
  const read = actionsOfField(line.kind, field);
  if (read === undefined) return undefined;
  const { actions, scope } = read;
  const resource = scope === 'bucket' || scope === 'key' ? arnOf(estate, line) : '*';
  return resource === undefined ? undefined : { actions, resource, region: line.region, message };
}

/** The ARN under which policies name what the line is about. */
function arnOf({ buckets, accessPoints }: Estate, { kind, accountId, region, data }: SnapshotLine) {
  switch (kind) {
    case 'bucket':
      return buckets.get(textOf(data, 'Name'))?.arn;
    case 'access-point':
      return accessPoints
        .get(textOf(data, 'Bucket'))
        ?.find(
          (point) => point.name === data['Name'] && point.accountId === accountId && point.region === region,
        )?.arn;
    case 'kms-key':
      return keyArn(data['KeyMetadata']);
    default:
      return undefined;
  }
}

function keyArn(metadata: unknown): string | undefined {
  if (typeof metadata !== 'object' || metadata === null || !('Arn' in metadata)) return undefined;
  return typeof metadata.Arn === 'string' ? metadata.Arn : undefined;
}

function textOf(data: SnapshotLine['data'], name: string): string {
  const value = data[name];
  return typeof value === 'string' ? value : '';
}

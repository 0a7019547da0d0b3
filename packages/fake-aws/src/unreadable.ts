import type { SnapshotLine } from '@denyscope/model';
import { recordedError } from './refusal.ts';
import type { AwsError, ServiceName } from './service.ts';

/** The error with which the first of these fields could not be read, where the line says so. */
export function unreadableError(
  service: ServiceName,
  line: SnapshotLine,
  fields: readonly string[],
): AwsError | undefined {
  const lost = line.unreadable?.find(({ field }) => fields.includes(field));
  return lost && recordedError(service, lost.reason, lost.message);
}

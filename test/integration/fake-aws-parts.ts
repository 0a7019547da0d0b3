/** Names and parts of which the small organization is made. */
import type { SnapshotLine } from '@denyscope/model';

export const MANAGEMENT = '111111111111';
export const MEMBER = '222222222222';
export const OTHER = '333333333333';
export const SUSPENDED = '444444444444';
export const SHUT = '555555555555';

/** Text that XML, JSON and percent-encoding each find hard. */
export const AWKWARD = '  <a href="x">&amp;</a>\r\n\té “\u{1F600}” \u0001 %7B end  ';

export const document = (sid: string) => ({
  Version: '2012-10-17',
  Statement: [{ Sid: sid, Effect: 'Allow' }],
});

export const POLICY_TEXT = JSON.stringify(document(AWKWARD), undefined, 2);

export const BLOCK = {
  BlockPublicAcls: true,
  IgnorePublicAcls: false,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: false,
};

export const lost = (...fields: readonly string[]) => ({
  unreadable: fields.map((field) => ({ field, reason: 'AccessDenied', message: `${field} is locked` })),
});

export const inRegion = (kind: string, data: SnapshotLine['data']): SnapshotLine => ({
  kind,
  accountId: MEMBER,
  region: 'eu-west-1',
  data,
});

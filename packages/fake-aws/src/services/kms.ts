import type { SnapshotLine } from '@denyscope/model';
import { pageOf } from '../page.ts';
import { refusalOf } from '../refusal.ts';
import {
  done,
  refused,
  type Answer,
  type Backdrop,
  type Call,
  type Operation,
  type Service,
} from '../service.ts';
import { unreadableError } from '../unreadable.ts';
import {
  documentText,
  isMembers,
  listOf,
  memberOf,
  membersOf,
  numberOf,
  textOf,
  type Members,
} from '../value.ts';
import type { World } from '../world.ts';
import { readJson } from './json.ts';

/** KMS: the keys of an account and Region. */
export const kmsService: Service = {
  read: (request) => readJson('kms', 'TrentService', request),
  operations: {
    ListKeys: listKeys,
    ListAliases: listAliases,
    DescribeKey: onKey('KeyMetadata', ({ data }) => done({ KeyMetadata: membersOf(data, 'KeyMetadata') })),
    GetKeyPolicy: onKey('Policy', keyPolicy),
    ListGrants: onKey('Grants', listOfKey('Grants')),
    ListResourceTags: onKey('Tags', listOfKey('Tags')),
  },
};

const PAGE_SIZE = 3;

type OnKey = (line: SnapshotLine, call: Call, backdrop: Backdrop) => Answer;

function failed(code: string, message: string): Answer {
  return refused({ status: 400, code, message });
}

function keysOf({ caller, region }: Call, world: World): readonly SnapshotLine[] {
  return world.owned('kms-key', caller.accountId, region);
}

function metadataOf(line: SnapshotLine): Members {
  return membersOf(line.data, 'KeyMetadata');
}

function aliasesOf(line: SnapshotLine): readonly Members[] {
  return (listOf(line.data, 'Aliases') ?? []).filter(isMembers);
}

function listed(call: Call, { pageSize }: Backdrop, name: string, items: readonly Members[]): Answer {
  const page = pageOf(items, {
    token: textOf(call.input, 'Marker'),
    limit: numberOf(call.input, 'Limit'),
    pageSize: pageSize ?? PAGE_SIZE,
    scope: [call.operation, call.caller.accountId, call.region, textOf(call.input, 'KeyId') ?? ''].join(' '),
  });
  if (page === undefined) return failed('InvalidMarkerException', 'The marker is not valid.');
  const next = page.next === undefined ? {} : { NextMarker: page.next };
  return done({ [name]: page.items, Truncated: page.next !== undefined, ...next });
}

function listKeys(call: Call, backdrop: Backdrop): Answer {
  const keys = keysOf(call, backdrop.world).map(metadataOf);
  const entries = keys.map((key) => ({ KeyId: memberOf(key, 'KeyId'), KeyArn: memberOf(key, 'Arn') }));
  return listed(call, backdrop, 'Keys', entries);
}

function listAliases(call: Call, backdrop: Backdrop): Answer {
  if (textOf(call.input, 'KeyId') !== undefined) {
    return onKey('Aliases', (line) => listed(call, backdrop, 'Aliases', aliasesOf(line)))(call, backdrop);
  }
  return listed(call, backdrop, 'Aliases', keysOf(call, backdrop.world).flatMap(aliasesOf));
}

/** An operation on the key that the request names, refused where the snapshot says that its field was. */
function onKey(field: string, operation: OnKey): Operation {
  return (call, backdrop) => {
    const named = textOf(call.input, 'KeyId') ?? '';
    const owner = /^arn:aws:kms:[a-z0-9-]+:(\d{12}):/.exec(named)?.[1];
    if (owner !== undefined && owner !== call.caller.accountId) return refused(notAuthorized(call, named));
    const line = keysOf(call, backdrop.world).find((key) => isNamed(key, named));
    if (line === undefined) return failed('NotFoundException', `Key '${named}' does not exist`);
    const lost = unreadableError('kms', line, [field]);
    return lost === undefined ? operation(line, call, backdrop) : refused(lost);
  };
}

function notAuthorized({ caller, operation }: Call, key: string) {
  const message = `User: ${caller.arn} is not authorized to perform: kms:${operation} on resource: ${key}`;
  return refusalOf('kms', 'denied', message);
}

/** By id or ARN, or by the name or ARN of an alias. */
function isNamed(line: SnapshotLine, name: string): boolean {
  const key = metadataOf(line);
  if (textOf(key, 'KeyId') === name || textOf(key, 'Arn') === name) return true;
  return aliasesOf(line).some(
    (alias) => textOf(alias, 'AliasName') === name || textOf(alias, 'AliasArn') === name,
  );
}

function keyPolicy({ data }: SnapshotLine, { input }: Call): Answer {
  const policy = memberOf(data, 'Policy');
  const name = textOf(input, 'PolicyName') ?? 'default';
  if (policy === undefined || name !== 'default') {
    return failed('NotFoundException', `No such policy exists: ${name}`);
  }
  return done({ Policy: documentText(policy), PolicyName: name });
}

function listOfKey(name: string): OnKey {
  return ({ data }, call, backdrop) =>
    listed(call, backdrop, name, (listOf(data, name) ?? []).filter(isMembers));
}

import type { SnapshotLine } from '@denyscope/model';
import { pageOf } from '../page.ts';
import {
  done,
  refused,
  type Answer,
  type Backdrop,
  type Call,
  type Operation,
  type Service,
} from '../service.ts';
import { isMembers, numberOf, textOf, type Members } from '../value.ts';
import type { World } from '../world.ts';
import { listParameter, readQuery } from './query.ts';

/** IAM: the authorization details of an account. */
export const iamService: Service = {
  read: readQuery,
  operations: {
    GetAccountAuthorizationDetails: authorizationDetails,
    ListSAMLProviders: providers('SAMLProviderList', 'saml-provider'),
    ListOpenIDConnectProviders: providers('OpenIDConnectProviderList', 'oidc-provider'),
  },
};

/** AWS: the ARN of a provider says of which kind it is. */
function providers(list: string, type: string): Operation {
  return ({ caller }, { world }) => {
    const all = world.owned('identity-provider', caller.accountId).map(({ data }) => data);
    return done({ [list]: all.filter((one) => textOf(one, 'Arn')?.includes(`:${type}/`) === true) });
  };
}

const PAGE_SIZE = 5;

/** The lists of the answer, each with the kind of line that fills it. */
const LISTS = [
  ['UserDetailList', 'iam-user'],
  ['GroupDetailList', 'iam-group'],
  ['RoleDetailList', 'iam-role'],
  ['Policies', 'iam-policy'],
] as const;

function authorizationDetails({ input, caller }: Call, { world, pageSize }: Backdrop): Answer {
  const filter = listParameter(input, 'Filter');
  const page = pageOf(wantedLines(world, caller.accountId, filter), {
    token: textOf(input, 'Marker'),
    limit: numberOf(input, 'MaxItems'),
    pageSize: pageSize ?? PAGE_SIZE,
    scope: `iam ${caller.accountId} ${filter.join()}`,
  });
  if (page === undefined) {
    return refused({ status: 400, code: 'ValidationError', message: 'Invalid Marker' });
  }
  const lists = LISTS.map(([name, kind]): readonly [string, readonly Members[]] => [
    name,
    page.items.filter((line) => line.kind === kind).map(({ data }) => withEncodedDocuments(data)),
  ]);
  return done({
    ...Object.fromEntries(lists),
    IsTruncated: page.next !== undefined,
    ...(page.next !== undefined && { Marker: page.next }),
  });
}

function wantedLines(world: World, accountId: string, filter: readonly string[]): readonly SnapshotLine[] {
  return LISTS.flatMap(([, kind]) => world.owned(kind, accountId)).filter(
    (line) => filter.length === 0 || filter.includes(filterName(line)),
  );
}

/** What a line is called in the `Filter` of the request. */
function filterName({ kind, data }: SnapshotLine): string {
  if (kind === 'iam-user') return 'User';
  if (kind === 'iam-role') return 'Role';
  if (kind === 'iam-group') return 'Group';
  return textOf(data, 'Arn')?.startsWith('arn:aws:iam::aws:') === true
    ? 'AWSManagedPolicy'
    : 'LocalManagedPolicy';
}

const DOCUMENTS: ReadonlySet<string> = new Set(['AssumeRolePolicyDocument', 'PolicyDocument', 'Document']);

/** AWS: IAM returns its documents percent-encoded after RFC 3986 (semantics.md H.1). */
function withEncodedDocuments(data: Members): Members {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, DOCUMENTS.has(name) ? encoded(value) : inside(value)]),
  );
}

function inside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inside);
  return isMembers(value) ? withEncodedDocuments(value) : value;
}

/** What a snapshot gives encoded stays as it is. */
function encoded(document: unknown): string {
  if (typeof document === 'string' && document.startsWith('%')) return document;
  return encodeURIComponent(typeof document === 'string' ? document : JSON.stringify(document)).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

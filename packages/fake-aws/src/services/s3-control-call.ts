import { pageOf } from '../page.ts';
import { refusalOf } from '../refusal.ts';
import { refused, type Answer, type AwsError, type Operation } from '../service.ts';
import { numberOf, textOf, type Members } from '../value.ts';

/** AWS: the account in the header must be the caller's own. */
export function ownAccount(operation: Operation): Operation {
  return (call, backdrop) =>
    textOf(call.input, 'AccountId') === call.caller.accountId
      ? operation(call, backdrop)
      : refused(refusalOf('s3-control', 'denied'));
}

export function notFound(code: string, message: string): Answer {
  return refused({ status: 404, code, message });
}

const PAGE_SIZE = 3;

interface Wanted {
  readonly input: Members;
  readonly pageSize: number | undefined;
  readonly scope: string;
}

/** One page of a list, with the member that names the next one where there is one. */
export function controlPage<T>(
  items: readonly T[],
  { input, pageSize, scope }: Wanted,
): { readonly items: readonly T[]; readonly next: Members } | AwsError {
  const page = pageOf(items, {
    token: textOf(input, 'nextToken'),
    limit: numberOf(input, 'maxResults'),
    pageSize: pageSize ?? PAGE_SIZE,
    scope,
  });
  if (page === undefined)
    return { status: 400, code: 'InvalidNextToken', message: 'The next token is invalid' };
  return { items: page.items, next: page.next === undefined ? {} : { NextToken: page.next } };
}

import type { HttpRequest } from '../http.ts';
import type { Asked, AwsError } from '../service.ts';

/** Reads a request of the Query protocol: a form in the body, or in the query of a GET. */
export function readQuery(request: HttpRequest): Asked | { readonly error: AwsError } {
  const form = request.method === 'GET' ? request.query : new URLSearchParams(request.body);
  const operation = form.get('Action');
  if (operation === null || operation === '') {
    const message = 'The action or operation requested is missing.';
    return { error: { status: 400, code: 'MissingAction', message } };
  }
  return { operation, input: Object.fromEntries(form) };
}

/** The values of a list parameter: `Name.1`, `Name.2`, …, or `Name.member.1`. */
export function listParameter(input: Asked['input'], name: string): readonly string[] {
  const isItem = (key: string): boolean => {
    const rest = key.startsWith(`${name}.`) ? key.slice(name.length + 1) : '';
    return /^(?:member\.)?\d{1,4}$/.test(rest);
  };
  return Object.entries(input).flatMap(([key, value]) =>
    isItem(key) && typeof value === 'string' ? [value] : [],
  );
}

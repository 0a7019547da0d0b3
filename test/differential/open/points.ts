import type { Estate } from '@denyscope/inventory';
import type { ExplainAnswer, ExplainRequest } from '@denyscope/model';
import type { Random } from '@denyscope/worlds';
import { matchesPattern, placeOf, type Point } from '../evaluate-expression.ts';
import { mentionsOf, valuesNear } from './mentions.ts';
import { isPossible, possibleContext, type Closing } from './possible.ts';

/** A question whose context is closed at one point, and that point for the open answer's condition. */
export interface Closed {
  readonly request: ExplainRequest;
  readonly point: Point;
}

interface Drawing {
  readonly estate: Estate;
  readonly request: ExplainRequest;
  readonly answer: ExplainAnswer;
  readonly random: Random;
}

/** Keys of the call to KMS cannot be closed by an explain request. */
export function isClosable({ condition }: ExplainAnswer): boolean {
  return mentionsOf(condition).every(({ leg }) => leg === 's3');
}

/** What is drawn so far: the context to close, and the values at the point, by key in lower case. */
interface Draft {
  readonly context: Record<string, readonly string[] | null>;
  readonly values: Map<string, readonly string[]>;
  readonly near: (key: string) => readonly string[];
}

/** One possible request among those that the open question stands for; `isOrdinary` as a plain client sends it. */
export function drawPoint(drawing: Drawing, isOrdinary: boolean): Closed | undefined {
  const { estate, request, answer, random } = drawing;
  const mentions = mentionsOf(answer.condition);
  const values = new Map<string, readonly string[]>();
  const near = (key: string): readonly string[] => {
    return mentions
      .filter((mention) => mention.key === key)
      .flatMap((mention) => valuesNear(mention, values));
  };
  const draft: Draft = { context: {}, values, near };
  for (const [key, list] of Object.entries(possibleContext({ estate, request, random, near, isOrdinary })))
    close(draft, key, list);
  const principal = certainSession(drawing, near('session-name'));
  if (principal === undefined) return undefined;
  values.set('session-name', [principal.split('/').at(-1) ?? '']);
  for (const { key } of mentions) closeOther(draft, key, random);
  const resource = certainObject(request.resource, near('key'), random);
  if (resource === undefined || !isPossible(draft.context)) return undefined;
  values.set('key', [keyOf(resource)]);
  const point = new Map([...values].map(([key, list]) => [placeOf('s3', key), list]));
  return { request: { ...request, principal, resource, context: mutable(draft.context) }, point };
}

function close({ context, values }: Draft, key: string, list: readonly string[] | null): void {
  context[key] = list;
  if (list) values.set(key.toLowerCase(), list);
}

/** Closes a key that the condition speaks of, and that no vantage point decides. */
function closeOther(draft: Draft, key: string, random: Random): void {
  if (draft.values.has(key) || key === 'key' || isGiven(draft.context, key)) return;
  const isAbsent = random.chance(0.3) && !isAlwaysThere(key);
  close(draft, key, isAbsent ? null : [random.maybe(draft.near(key)) ?? 'other']);
}

/** The witness of an open answer, closed in: what it does not name is absent. */
export function atWitness({ estate, request, answer, random }: Drawing): Closed | undefined {
  const witness = answer.witness ?? {};
  const { key, 'session-name': session, ...keys } = witness;
  if (Object.keys(keys).some((name) => name.startsWith('kms'))) return undefined;
  const context: Record<string, readonly string[] | null> = { ...request.context };
  // C.12: a call through an endpoint has no public address.
  if (Object.keys(keys).some((name) => name.startsWith('aws:SourceVpc'))) context['aws:sourceip'] = null;
  for (const mention of mentionsOf(answer.condition)) context[mention.key] = null;
  delete context['key'];
  delete context['session-name'];
  for (const [name, list] of Object.entries(keys)) {
    delete context[name.toLowerCase()];
    context[name] = list;
  }
  const principal = certainSession({ estate, request, answer, random }, session ?? [], true);
  const resource = certainObject(request.resource, key ?? [], random, key !== undefined);
  if (principal === undefined || resource === undefined) return undefined;
  return { request: { ...request, principal, resource, context: mutable(context) }, point: new Map() };
}

function isGiven(context: Closing, key: string): boolean {
  return Object.keys(context).some((name) => name.toLowerCase() === key);
}

/** Keys beside those of `possibleContext` that every request carries. */
function isAlwaysThere(key: string): boolean {
  return /^(aws:userid|aws:principalarn|aws:requestedregion|s3:accesspointnetworkorigin)$/.test(key);
}

/** A role of the scan becomes one of its sessions; undefined where no session's name would fit. */
function certainSession(
  { estate, request, random }: Drawing,
  names: readonly string[],
  isWitness = false,
): string | undefined {
  const { principal } = request;
  const facts = estate.principals.get(principal);
  if (facts?.kind !== 'role' || facts.isServiceLinked)
    return names.length > 0 && facts ? undefined : principal;
  const possible = names.filter((name) => /^[\w+=,.@-]{2,64}$/.test(name));
  const session = random.maybe(isWitness ? possible : [...possible, ...possible, 'nightly']) ?? 'nightly';
  return `arn:aws:sts::${facts.accountId}:assumed-role/${principal.split('/').at(-1) ?? ''}/${session}`;
}

const KEYS = ['raw/2026/x', 'home/ada/notes.txt', 'AWSLogs/1/x.gz', 'x'] as const;

/** An object whose key the question's pattern holds. */
function certainObject(
  resource: string,
  near: readonly string[],
  random: Random,
  isWitness = false,
): string | undefined {
  const slash = resource.indexOf('/');
  if (slash < 0 || !/[*?]/.test(resource)) return resource;
  const start = resource.startsWith('arn:aws:s3:::')
    ? slash + 1
    : resource.indexOf('/object/') + '/object/'.length;
  const pattern = resource.slice(start);
  const others = isWitness ? [] : [pattern.replaceAll(/[*?]/g, 'y'), ...KEYS];
  const fitting = [...near, ...near, ...others].filter((key) => {
    return key !== '' && !/[*?]/.test(key) && matchesPattern(pattern, key);
  });
  const key = random.maybe(fitting);
  return key === undefined ? undefined : resource.slice(0, start) + key;
}

function keyOf(resource: string): string {
  const [, key = ''] = /^arn:aws:s3:(?:::[^/]*\/|[^/]*\/[^/]*\/object\/)(.*)$/s.exec(resource) ?? [];
  return key;
}

function mutable(closing: Closing): Record<string, string[] | null> {
  return Object.fromEntries(Object.entries(closing).map(([key, list]) => [key, list && [...list]]));
}

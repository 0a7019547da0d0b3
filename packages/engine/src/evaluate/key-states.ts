import { ABSENT, known, type KeyState } from './context.ts';
import type { AccountFacts, CallerFacts, OrganizationPlace } from './question.ts';

/** Keys with what a request knows of them. */
export type KeyStates = readonly (readonly [key: string, state: KeyState])[];

/** Open, on the S3 call's leg: session keys are shared by both legs, and so are their atoms. */
export const MAYBE: KeyState = { kind: 'open', leg: 's3', alwaysPresent: false };
/** Open as well, but in every request. */
export const ALWAYS: KeyState = { kind: 'open', leg: 's3', alwaysPresent: true };

/** Keys of whoever owns the resource. */
export function resourceStates(account: AccountFacts): KeyStates {
  return [
    ['aws:resourceaccount', known(account.accountId)],
    ['aws:resourceorgid', placeState(account, (place) => place.id)],
    ['aws:resourceorgpaths', placeState(account, (place) => place.path)],
  ];
}

/** A key about the organization: absent outside one, unreadable where nobody could look. */
export function placeState(
  account: AccountFacts | undefined,
  view: (place: OrganizationPlace) => string,
): KeyState {
  const place = account?.organization;
  if (place === undefined || place.kind === 'absent') return ABSENT;
  if (place.kind === 'seen') return known(view(place.value));
  return {
    kind: 'unreadable',
    document: `organization of ${account?.accountId ?? ''}`,
    reason: place.reason,
  };
}

/** A tag of the caller or a resource. */
export function tagState(tags: CallerFacts['tags'], name: string, document: string): KeyState {
  if (tags.kind === 'unreadable') return { kind: 'unreadable', document, reason: tags.reason };
  if (tags.kind === 'absent') return ABSENT;
  // AWS (A.7): tag keys in conditions are compared without case.
  const tag = [...tags.value].find(([key]) => key.toLowerCase() === name.toLowerCase());
  return tag ? known(tag[1]) : ABSENT;
}

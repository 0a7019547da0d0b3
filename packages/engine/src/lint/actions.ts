import { actionsNamed } from '../catalogue/names.ts';
import type { LintStatement } from './subject.ts';

/** What a value of Action stands for, by AWS's reference. */
export type NamedActions =
  /** `*`. */
  | { readonly kind: 'every' }
  /** Without a colon, or with a wildcard in the service: it names no action. */
  | { readonly kind: 'malformed' }
  | { readonly kind: 'unknown-service'; readonly service: string }
  | { readonly kind: 'named'; readonly isLiteral: boolean; readonly actions: readonly string[] };

/** Reads one value of Action or NotAction: semantics.md A.4. */
export function namedActions(text: string): NamedActions {
  if (/^\*+$/.test(text)) return { kind: 'every' };
  const colon = text.indexOf(':');
  const service = text.slice(0, Math.max(0, colon)).toLowerCase();
  if (service === '' || /[*?]/.test(service)) return { kind: 'malformed' };
  const name = text.slice(colon + 1);
  const actions = actionsNamed(service, name);
  if (!actions) return { kind: 'unknown-service', service };
  return { kind: 'named', isLiteral: !/[*?]/.test(name), actions };
}

/** Every action that the statement names; undefined where that is more than a list can say. */
export function actionsIn({ written, actions }: LintStatement): readonly string[] | undefined {
  if (written.action.negated) return undefined;
  const named = actions.map(({ text }) => namedActions(text));
  if (named.some(({ kind }) => kind === 'every' || kind === 'unknown-service')) return undefined;
  return named.flatMap((each) => (each.kind === 'named' ? each.actions : []));
}

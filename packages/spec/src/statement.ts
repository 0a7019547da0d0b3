import type { Principal } from '@denyscope/model';
import { allHold } from './condition.ts';
import { expand, type Context, type Reading } from './context.ts';
import type { PolicyKind, Statement } from './document.ts';
import { bySegment, glob, matches, type Pattern } from './pattern.ts';
import { namingOf, type Naming } from './principal.ts';

/** The request, as every statement sees it; the action in lower case (A.4), the resource `*` where it has none (A.5). */
export interface Asked {
  readonly caller: Principal;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
  readonly hasBoundary: boolean;
}

/** How the statement meets the request; undefined where it does not apply to it. */
export function meets(statement: Statement, asked: Asked): Naming | undefined {
  const reading = { context: asked.context, variables: statement.variables };
  const applies = actionMeets(statement, asked.action) && resourceMeets(statement, asked, reading);
  if (!applies || !allHold(statement.conditions, reading)) return undefined;
  // A.1: policies attached to a principal or a node of the organization speak of whom they are attached to.
  const isOwn = /^(identity|boundary|session|scp|rcp)$/.test(statement.kind);
  return isOwn ? 'direct' : namingOf(statement, asked.caller, asked.hasBoundary);
}

/** A.4: without case; `*` and `?` anywhere in the action's name; a lone `*`, or `*:*`, is every action. */
function actionMeets({ actions }: Statement, action: string): boolean {
  const [service, name = ''] = action.split(':');
  const listed = actions.entries.some((entry) => {
    const [wantedService, wantedName] = entry.toLowerCase().split(':');
    return (
      entry === '*' ||
      entry === '*:*' ||
      (wantedService === service && wantedName !== undefined && matches(glob(wantedName), name))
    );
  });
  return listed !== actions.not;
}

function resourceMeets(statement: Statement, { action, resource }: Asked, reading: Reading): boolean {
  const listed = statement.resources.entries.some((entry) => {
    // A.5: the one narrower resource that a wildcard-only action accepts
    if (entry === '*' || (entry === 'arn:aws:s3:::*' && action === 's3:listallmybuckets')) return true;
    const pattern = resourcePattern(entry, statement.kind, reading);
    return pattern !== undefined && matches(pattern, resource);
  });
  return listed !== statement.resources.not;
}

/** A.5, A.6: an entry of Resource or NotResource; undefined where it names no resource at all. */
function resourcePattern(entry: string, kind: PolicyKind, reading: Reading): Pattern | undefined {
  const parts = entry.split(':');
  // A.5: what a short ARN lacks is `*` in a principal's own policies and beside a wildcard; else it names nothing.
  const own = /^(identity|boundary|session)$/.test(kind);
  if (parts.length < 6 && !own && (/^[sr]cp$/.test(kind) || !/[*?]/.test(entry))) return undefined;
  const full = [...parts, '*', '*', '*', '*', '*'].slice(0, Math.max(6, parts.length));
  // I.14: outside S3 and KMS no wildcard crosses the resource's type.
  if (!/^(s3|kms)$/.test(full[2] ?? '') && /^[^/:]*[*?][^/:]*[/:]/.test(full.slice(5).join(':')))
    return undefined;
  // A.6: variables only after the fifth colon
  const rest = expand(full.slice(5).join(':'), reading, glob);
  return rest && bySegment([...glob(`${full.slice(0, 5).join(':')}:`), ...rest]);
}

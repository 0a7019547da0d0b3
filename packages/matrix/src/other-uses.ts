import {
  decideAccount,
  decideKey,
  decideRole,
  resourceTypesOf,
  type CallerFacts,
  type Vantage,
} from '@denyscope/engine';
import type { Arn, Decision, ExplainRequest } from '@denyscope/model';
import { answered, invalid, notFound, type Answered } from './answered.ts';
import type { CompiledEstate } from './compiled-estate.ts';
import { keyFacts, keyOfAlias } from './facts/key.ts';
import { accountFacts, rcpsOf } from './facts/organization.ts';

/** A request to explain, with its caller and its way found in the scan. */
export interface Asked {
  readonly request: ExplainRequest;
  readonly caller: CallerFacts;
  readonly via: Vantage;
}

/** A KMS key, used directly, by its own ARN or an alias's. */
export function decideKeyUse(
  compiled: CompiledEstate,
  { request, caller, via }: Asked,
  arn: Arn,
): Answered<Decision> {
  const { estate } = compiled;
  const alias = arn.resource.startsWith('alias/') ? arn.resource : undefined;
  const key = alias === undefined ? estate.keys.get(arn.text) : keyOfAlias(compiled, arn);
  const kind = alias === undefined ? 'key' : 'key alias';
  if (!key) return notFound('resource', `${kind} \`${arn.text}\` is not in this scan`);
  const { action, context = {} } = request;
  return answered(
    decideKey({ caller, action, key: keyFacts(compiled, key), alias, via, context, time: estate.takenAt }),
  );
}

/** A role of the scan, as the resource of sts:AssumeRole. */
export function decideRoleUse(
  compiled: CompiledEstate,
  { request, caller, via }: Asked,
  arn: Arn,
): Answered<Decision> {
  const { estate } = compiled;
  const role = estate.principals.get(arn.text);
  if (role?.kind !== 'role') return notFound('resource', `role \`${arn.text}\` is not in this scan`);
  const { action, context = {} } = request;
  return answered(
    decideRole({
      caller,
      action,
      role: {
        arn: role.arn,
        account: accountFacts(compiled, role.accountId),
        trust: compiled.policySource(`${role.arn}#trust`, role.arn, role.trust, 'trust'),
        tags: role.tags,
        rcps: rcpsOf(compiled, role.accountId),
      },
      via,
      context,
      time: estate.takenAt,
    }),
  );
}

/** An action that names no resource: AWS (A.5) authorises it against `*`. */
export function decideAccountUse(
  { estate }: CompiledEstate,
  { request, caller, via }: Asked,
): Answered<Decision> {
  const { action, context = {} } = request;
  const [type] = resourceTypesOf(action) ?? [];
  if (type) {
    return invalid(
      'resource',
      `${action} is an action on a resource (${type.name}): name it by its ARN, as in ${type.arn}`,
    );
  }
  return answered(decideAccount({ caller, action, via, context, time: estate.takenAt }));
}

import type { Principal } from '@denyscope/model';
import { askLayer, type ConcreteRequest, type LayerAnswer } from './layer.ts';
import type { Asked } from './statement.ts';

/** B.3: every node from the root to the account must allow, and a Deny at any of them wins. One answer a node. */
export function askOrganization(request: ConcreteRequest, asked: Asked): readonly LayerAnswer[] {
  const scps = scpsApply(request, asked.caller) ? request.scps : [];
  const rcps = rcpsApply(request, asked.caller) ? request.rcps : [];
  return [
    ...scps.map(({ target, policies }) => ({ ...askLayer('scp', 'scp', policies, asked), source: target })),
    ...rcps.map(({ target, policies }) => ({ ...askLayer('rcp', 'rcp', policies, asked), source: target })),
  ];
}

/** B.3: SCPs limit the principals of member accounts, root users among them, but no service-linked roles. */
function scpsApply({ request }: ConcreteRequest, caller: Principal): boolean {
  const outside = caller.kind === 'anonymous' || caller.kind === 'service' || isServiceLinked(caller);
  return !outside && request.principalInManagementAccount !== true;
}

/** B.3: RCPs limit the resources of member accounts whoever calls, but service-linked roles. */
function rcpsApply({ request }: ConcreteRequest, caller: Principal): boolean {
  const action = request.action.toLowerCase();
  const [service = ''] = action.split(':');
  const ownAccount = 'accountId' in caller && caller.accountId === request.resourceAccount;
  const inManagementAccount = ownAccount && request.principalInManagementAccount === true;
  // B.3: the action must have a resource type; kms:RetireGrant is exempt.
  const exempt =
    isServiceLinked(caller) || request.wildcardOnlyAction === true || action === 'kms:retiregrant';
  return !exempt && !inManagementAccount && RCP_SERVICES.split(' ').includes(service);
}

function isServiceLinked(caller: Principal): boolean {
  return caller.kind === 'role' && caller.path.startsWith('/aws-service-role/');
}

/** B.3, I.12: the services that the pages name; the list grows. */
const RCP_SERVICES =
  's3 sts kms sqs secretsmanager cognito-idp cognito-identity logs dynamodb ecr aoss appconfig appstream autoscaling ' +
  'codebuild codecommit comprehend comprehendmedical dax health kinesisvideo signin support textract transcribe ' +
  'translate cloudfront wafv2';

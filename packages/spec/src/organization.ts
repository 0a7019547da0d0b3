import { askLayer, type ConcreteRequest, type LayerAnswer } from './layer.ts';
import type { Asked } from './statement.ts';

/** B.3: every node from the root to the account must allow, and a Deny at any of them wins. One answer a node. */
export function askOrganization(request: ConcreteRequest, asked: Asked): readonly LayerAnswer[] {
  const nodes = [
    ...(scpsApply(request, asked) ? request.scps.map((node) => ({ ...node, kind: 'scp' as const })) : []),
    ...(rcpsApply(request, asked) ? request.rcps.map((node) => ({ ...node, kind: 'rcp' as const })) : []),
  ];
  return nodes.map(({ target: source, kind, policies }) => ({
    ...askLayer(kind, kind, policies, asked),
    source,
  }));
}

/** B.3: SCPs limit the principals of member accounts, root users among them, but no service-linked roles. */
function scpsApply({ request }: ConcreteRequest, { caller }: Asked): boolean {
  const limited = 'accountId' in caller && !SERVICE_LINKED.test(caller.text);
  return limited && request.principalInManagementAccount !== true;
}

/** B.3: RCPs limit the resources of member accounts whoever calls, but service-linked roles and trust in those. */
function rcpsApply({ request }: ConcreteRequest, { caller, action, resource }: Asked): boolean {
  const isOwn = 'accountId' in caller && caller.accountId === request.resourceAccount;
  if (isOwn && request.principalInManagementAccount === true) return false;
  // B.3: the action must have a resource type; kms:RetireGrant is exempt.
  const exempt = request.wildcardOnlyAction === true || action === 'kms:retiregrant';
  const linked = SERVICE_LINKED.test(caller.text) || SERVICE_LINKED.test(resource);
  return !exempt && !linked && RCP_SERVICES.test(action);
}

const SERVICE_LINKED = /^arn:[\w-]+:iam::\d+:role\/aws-service-role\//;

/** B.3, I.12: the services that the pages name; the list grows. */
const RCP_SERVICES =
  /^(s3|sts|kms|sqs|secretsmanager|cognito-id(p|entity)|logs|dynamodb|ecr|aoss|appconfig|appstream|autoscaling|codebuild|codecommit|comprehend(medical)?|dax|health|kinesisvideo|signin|support|textract|transcribe|translate|cloudfront|wafv2):/;

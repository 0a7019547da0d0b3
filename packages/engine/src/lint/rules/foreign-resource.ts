import { parseS3Resource } from '@denyscope/model';
import { namedActions } from '../actions.ts';
import type { Remark, Rule } from '../rule.ts';
import type { LintStatement, LintType, Subject } from '../subject.ts';

/** The one service that a policy of this kind speaks for (semantics.md A.5, C.1). */
const SERVICES: ReadonlyMap<LintType, string> = new Map([
  ['bucket', 's3'],
  ['key', 'kms'],
  ['trust', 'sts'],
]);

/** A policy of a resource says nothing about other resources, or about other services' actions. */
export const foreignResource: Rule = {
  name: 'foreign-resource',
  source: 'A.5',
  check: (subject) =>
    subject.statements.flatMap((statement) => [
      ...foreignActions(statement, subject),
      ...foreignBuckets(statement, subject),
    ]),
};

function foreignActions({ written, actions }: LintStatement, { options }: Subject): readonly Remark[] {
  const service = SERVICES.get(options.type);
  if (service === undefined || written.action.negated) return [];
  return actions
    .filter(({ text }) => {
      const named = namedActions(text);
      return named.kind === 'named' && !text.toLowerCase().startsWith(`${service}:`);
    })
    .map(({ path, text }) => ({
      path,
      severity: 'warning',
      message: `this policy decides about ${service} alone: \`${text}\` has no effect here`,
    }));
}

/** AWS (A.5): a bucket policy names this bucket or its objects. */
function foreignBuckets({ written, resources }: LintStatement, { options }: Subject): readonly Remark[] {
  const { type, bucket } = options;
  if (type !== 'bucket' || bucket === undefined || written.resource?.negated !== false) return [];
  return resources.flatMap(({ path, text }): readonly Remark[] => {
    const resource = parseS3Resource(text);
    if (!resource || resource.kind === 'access-point' || /[*?$]/.test(resource.bucket)) return [];
    if (resource.bucket === bucket) return [];
    return [{ path, severity: 'error', message: `\`${text}\` is not of the bucket \`${bucket}\`` }];
  });
}

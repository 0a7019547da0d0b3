import type { ResourceType } from '../catalogue/index.ts';
import { parseGlob, type Glob } from '../compile/glob.ts';
import { findText, type GlobDemand } from '../expression/automaton.ts';

/** Parts of ARNs, by their names in AWS's reference, that hold no slash: what follows one is another kind of resource. */
const WITHOUT_SLASH: ReadonlySet<string> = new Set([
  'BucketName',
  'AccessPointName',
  'AccessPointAlias',
  'KeyId',
  'FederatedUserName',
]);

/**
 * Does a value of Resource cover some resource of the type? AWS (A.5): the five leading parts are compared one by
 * one. Where it cannot be told, yes.
 */
export function meets(resource: string, type: ResourceType): boolean {
  const pattern = patternOf(resource);
  if (!pattern) return true;
  const demands: readonly GlobDemand[] = [
    { glob: pattern, mode: 'arn', matches: true },
    ...demandsOf(type.arn),
  ];
  return findText(demands).kind !== 'none';
}

/** A variable may stand for anything. Undefined where the value is no whole ARN, of which another rule speaks. */
function patternOf(resource: string): Glob | undefined {
  if (resource === '*') return undefined;
  // White space around it is said by another rule.
  const text = resource.trim().replaceAll(/\$\{[^}]*\}/g, '*');
  return text.split(':').length < 6 ? undefined : parseGlob(text);
}

function demandsOf(arn: string): readonly GlobDemand[] {
  const demands: GlobDemand[] = [{ glob: parseGlob(starred(arn)), mode: 'arn', matches: true }];
  const last = /\$\{(\w+)\}$/.exec(arn);
  if (last && WITHOUT_SLASH.has(last[1] ?? '')) {
    demands.push({ glob: parseGlob(`${starred(arn)}/*`), mode: 'arn', matches: false });
  }
  return demands;
}

/** An ARN of the reference as a pattern. */
function starred(arn: string): string {
  return arn.replaceAll(/\$\{[^}]*\}/g, '*');
}

/** AWS (A.5): actions without a resource type are authorised against `*`; S3's sample `arn:aws:s3:::*` is accepted. */
export function meetsEverything(resource: string): boolean {
  return /^\*+$/.test(resource) || /^arn:[^:]*:s3:::\*$/.test(resource);
}

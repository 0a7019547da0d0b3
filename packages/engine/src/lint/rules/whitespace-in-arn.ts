import type { Remark, Rule } from '../rule.ts';
import type { LintStatement, Placed } from '../subject.ts';

/** White space counts in an ARN, and there is hardly ever any in what it names (semantics.md A.5; G.25). */
export const whitespaceInArn: Rule = {
  name: 'whitespace-in-arn',
  source: 'A.5',
  check: ({ statements }) => statements.flatMap(remarksOn),
};

function remarksOn({ resources, principals, conditions }: LintStatement): readonly Remark[] {
  const named = principals.filter(({ text }) => /\s/.test(text) && !isOriginAccessIdentity(text));
  const placed: readonly Placed[] = [
    ...resources.filter(({ text }) => isStray(text)),
    ...named,
    ...conditions.flatMap(({ values }) => values.filter(({ text }) => isArn(text) && isStray(text))),
  ];
  return placed.map(({ path, text }) => ({
    path,
    severity: 'error',
    message: `white space counts, and nothing is named \`${text}\``,
  }));
}

function isArn(text: string): boolean {
  return text.trimStart().startsWith('arn:');
}

/** AWS (A.2): this one principal has spaces in its name. */
function isOriginAccessIdentity(text: string): boolean {
  return /^arn:[\w-]+:iam::cloudfront:user\/CloudFront Origin Access Identity \w+$/.test(text);
}

/** Around the ARN, or before what its owner names: the key of an object may hold spaces, a bucket's name may not. */
function isStray(text: string): boolean {
  if (isOriginAccessIdentity(text)) return false;
  if (text.trim() !== text) return true;
  const parts = text.split(':');
  const rest = parts.slice(5).join(':');
  const name = parts[2] === 's3' ? rest.split('/')[0] : '';
  return /\s/.test([...parts.slice(0, 5), name].join(':'));
}

import type { Remark, Rule } from '../rule.ts';
import type { LintStatement, Placed } from '../subject.ts';

/** An ARN of another partition than the account's names nothing that it can reach (G.26). */
export const partition: Rule = {
  name: 'partition',
  source: 'G.26',
  check: ({ options, statements }) =>
    options.partition === undefined
      ? []
      : statements.flatMap(arnsOf).flatMap((arn) => remarksOn(arn, options.partition ?? '')),
};

function arnsOf({ resources, principals, conditions }: LintStatement): readonly Placed[] {
  return [...resources, ...principals, ...conditions.flatMap(({ values }) => values)];
}

function remarksOn({ path, text }: Placed, own: string): readonly Remark[] {
  const found = /^arn:(aws[a-z-]*):/.exec(text)?.[1];
  if (found === undefined || found === own) return [];
  return [
    { path, severity: 'warning', message: `\`${text}\` is of the partition ${found}, the account of ${own}` },
  ];
}

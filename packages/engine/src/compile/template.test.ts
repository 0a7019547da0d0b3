import fc from 'fast-check';
import { globMatches } from './glob.ts';
import {
  parseTemplate,
  resolveTemplate,
  templateGlob,
  templateText,
  type VariableValue,
} from './template.ts';

const VALUES: Readonly<Record<string, VariableValue>> = {
  'aws:username': { kind: 'known', text: 'jo*' },
  'aws:principaltag/team': { kind: 'absent' },
  'aws:sourceidentity': { kind: 'open', leg: 's3', key: 'aws:sourceidentity', prefix: '' },
  'aws:userid': { kind: 'open', leg: 's3', key: 'session-name', prefix: 'AROA:' },
  'aws:principaltag/hidden': { kind: 'unreadable', document: 'tags', reason: 'AccessDenied' },
};

function resolved(text: string): string {
  const result = resolveTemplate(parseTemplate(text, true), ({ key }) => VALUES[key] ?? { kind: 'absent' });
  return 'template' in result ? `${result.kind} ${result.template.text}` : result.kind;
}

test.each([
  ['home/*', 'known home/*'],
  ['home/${aws:username}/*', 'known home/jo${*}/*'],
  ['home/${AWS:UserName}', 'known home/jo${*}'],
  ['home/${ aws:username }', 'known home/jo${*}'],
  ["${aws:PrincipalTag/team, 'company-wide'}/*", 'known company-wide/*'],
  ["${aws:PrincipalTag/team, 'a}b, c'}", 'known a}b, c'],
  ["${aws:username, 'unused'}", 'known jo${*}'],
  ['${aws:PrincipalTag/team}/*', 'dead'],
  ['${aws:PrincipalTag/team}${aws:PrincipalTag/hidden}', 'dead'],
  ['${aws:PrincipalTag/hidden}/*', 'unreadable'],
  ['x/${aws:SourceIdentity}', 'open x/${aws:sourceidentity}'],
  ['x/${aws:userid}', 'open x/AROA:${session-name}'],
  ['${*}${?}${$}', 'known ${*}${?}${$}'],
  ['${', 'known ${'],
  ['${}', 'known ${}'],
  ['${a', 'known ${a'],
  ['${a, b}', 'known ${a, b}'],
  ["${a, 'b}", "known ${a, 'b}"],
  ['$${aws:username}', 'known $jo${*}'],
])('`%s` is read as %s', (text, expected) => {
  expect(resolved(text)).toBe(expected);
});

test('only Version 2012-10-17 has variables', () => {
  const template = parseTemplate('home/${aws:username}', false);
  expect(template.hasVariables).toBe(false);
  expect(templateText(template)).toBe('home/${aws:username}');
});

test('a wildcard in a value that is put in stays a plain character', () => {
  const result = resolveTemplate(
    parseTemplate('${aws:username}/*', true),
    ({ key }) => VALUES[key] ?? { kind: 'absent' },
  );
  const glob = result.kind === 'known' ? templateGlob(result.template) : [];
  expect(globMatches(glob, 'jo*/x')).toBe(true);
  expect(globMatches(glob, 'joan/x')).toBe(false);
});

test('any text is read whole, and one built to backtrack at once', () => {
  const unit = fc.constantFrom('$', '{', '}', "'", ',', ' ', 'a', '*', '${', "${a, '");
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
      const { pieces } = parseTemplate(text, true);
      const plain = pieces.map((piece) => (piece.kind === 'variable' ? '' : piece.text)).join('');
      expect(plain.length).toBeLessThanOrEqual(text.length);
      expect(templateText(parseTemplate(text, false))).toBe(text);
    }),
  );
  for (const text of [`\${a${' '.repeat(200_000)}`, '${'.repeat(20_000), `${'${'.repeat(20_000)}}`]) {
    expect(parseTemplate(text, true).hasVariables).toBe(false);
  }
});

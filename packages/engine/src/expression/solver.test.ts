import fc from 'fast-check';
import { globMatches, parseGlob, type Glob } from '../compile/glob.ts';
import { resolveTemplate, templateGlob, type Template } from '../compile/template.ts';
import { parseRange } from '../condition/compare.ts';
import type { Atom } from './atom.ts';
import {
  bool,
  build,
  equals,
  formulas,
  like,
  present,
  relation,
  some,
  truth,
  unreadable,
  within,
  type Formula,
} from './atoms.fixture.ts';
import { createExpressions } from './expressions.ts';
import { createSolver, type Satisfiable } from './solver.ts';

type Request = ReadonlyMap<string, readonly string[]>;

/** What an atom says of a concrete request, written apart from the engine's own reading. */
function holdsIn(request: Request): (atom: Atom) => boolean {
  const valuesOf = (leg: string, key: string): readonly string[] => request.get(`${leg} ${key}`) ?? [];
  const inRange = (value: string, text: string): boolean => {
    const [address, range] = [parseRange(value), parseRange(text)];
    if (!address || !range || address.family !== range.family) return false;
    return range.first <= address.first && address.last <= range.last;
  };
  const matches = (atom: { test: string }, value: string, text: string): boolean => {
    if (atom.test === 'in') return inRange(value, text);
    return atom.test === 'like' ? globMatches(parseGlob(text), value) : value === text;
  };
  const globOf = (leg: string, template: Template): Glob | undefined => {
    const resolved = resolveTemplate(template, ({ key }) => {
      const [text] = valuesOf(leg, key);
      return text === undefined ? { kind: 'absent' } : { kind: 'known', text };
    });
    return resolved.kind === 'known' ? templateGlob(resolved.template) : undefined;
  };
  return (atom) => {
    if (atom.kind === 'unreadable') return true;
    const values = atom.key === undefined ? [''] : valuesOf(atom.leg, atom.key);
    switch (atom.kind) {
      case 'present':
        return values.length > 0;
      case 'test':
        return values.length > 0 && matches(atom, values[0] ?? '', atom.value);
      case 'some': {
        const hits = (value: string): boolean =>
          atom.values.some((template) => {
            const glob = globOf(atom.leg, template);
            return glob !== undefined && globMatches(glob, value);
          });
        return values.some((value) => hits(value) !== atom.negated);
      }
      case 'relation': {
        const glob = globOf(atom.leg, atom.template);
        return glob !== undefined && values.length > 0 && globMatches(glob, atom.prefix + (values[0] ?? ''));
      }
    }
  };
}

function ask(
  formula: Formula,
  isAlwaysPresent: (leg: string, key: string) => boolean = () => false,
): Satisfiable {
  const x = createExpressions();
  return createSolver(x, isAlwaysPresent).satisfiable(build(formula, x));
}

const atom = (one: Atom): Formula => ({ kind: 'atom', atom: one });
const not = (part: Formula): Formula => ({ kind: 'not', part });
const all = (...parts: readonly Formula[]): Formula => ({ kind: 'all', parts });
const any = (...parts: readonly Formula[]): Formula => ({ kind: 'any', parts });
const is = (one: Atom): Formula => atom(one);
const isNot = (one: Atom): Formula => not(atom(one));

const VPCE = 'aws:sourcevpce';
const IP = 'aws:sourceip';
const PATHS = 'aws:principalorgpaths';

// prettier-ignore
test.each<readonly [string, Satisfiable['kind'], Formula]>([
  ['one endpoint and another', 'no', all(is(equals(VPCE, 'vpce-1')), is(equals(VPCE, 'vpce-2')))],
  ['one endpoint and not it', 'no', all(is(equals(VPCE, 'vpce-1')), isNot(equals(VPCE, 'vpce-1')))],
  ['not one endpoint', 'yes', isNot(equals(VPCE, 'vpce-1'))],
  ['an endpoint, but not one', 'yes', all(is(present(VPCE)), isNot(equals(VPCE, 'vpce-1')))],
  ['an endpoint that is absent', 'no', all(is(equals(VPCE, 'vpce-1')), isNot(present(VPCE)))],
  ['a range within another', 'no', all(is(within(IP, '10.1.0.0/16')), isNot(within(IP, '10.0.0.0/8')))],
  ['a key under a prefix, but not', 'no', all(is(like('key', 'raw/a*')), isNot(like('key', 'raw/*')))],
  ['a path among several', 'yes', all(is(some(PATHS, ['o-1/*'])), isNot(some(PATHS, ['o-1/r-2/*'])))],
  ['a path that every path rules out', 'no', all(is(some(PATHS, ['o-1/a'])), isNot(some(PATHS, ['o-1/*'])))],
  ['two different paths at once', 'yes', all(is(some(PATHS, ['o-1/a'])), is(some(PATHS, ['o-1/b'])))],
  ['a path outside, all inside', 'no', all(is(some(PATHS, ['o-1/*'], true)), isNot(some(PATHS, ['o-1/*'], true)))],
  ['a path, where there is none', 'no', all(is(some(PATHS, ['o-1/*'])), isNot(present(PATHS)))],
  ['paths, each inside and outside', 'no', all(is(present(PATHS)), isNot(some(PATHS, ['a*'])), isNot(some(PATHS, ['a*'], true)))],
  ['no paths, so each inside and outside', 'yes', all(isNot(some(PATHS, ['a*'])), isNot(some(PATHS, ['a*'], true)))],
  ['a home folder', 'yes', is(relation('key', 'home/${aws:username}/*'))],
  ['a home folder and not it', 'no', all(is(relation('key', 'home/${aws:username}/*')), isNot(relation('key', 'home/${aws:username}/*')))],
  ['the home folder of one user', 'yes', all(is(relation('key', 'home/${aws:username}/*')), is(equals('aws:username', 'jo')))],
  ['two home folders', 'yes', all(is(relation('key', '${aws:username}/*')), is(relation('s3:prefix', '${aws:username}/?')))],
  ['the home folder of whoever has this one', 'yes', all(is(relation('key', 'home/${aws:username}/*')), is(equals('key', 'home/ann/notes/x')))],
  ['a home folder below a prefix', 'yes', all(is(relation('key', '${aws:username}/*')), is(like('key', 'raw/2026/*')))],
  ['a home folder below a prefix, for somebody else', 'yes', all(is(relation('key', '${aws:username}/*')), is(like('key', '*/2026/*')), isNot(equals('aws:username', 'raw')), is(like('aws:username', 'r*')))],
  ['one name in two places', 'yes', all(is(relation('key', '${aws:username}/*')), is(relation('s3:prefix', 'x/${aws:username}/?')), is(equals('s3:prefix', 'x/ann/1')))],
  ['one name in two places, twice', 'yes', all(is(relation('key', '*/${aws:username}/${aws:username}.csv')), is(like('key', 'raw/*b/*')))],
  ['not the home folder of whoever has this one', 'yes', all(isNot(relation('key', 'home/${aws:username}/*')), is(equals('key', 'home/ann/notes/x')))],
  ['the session of the key', 'yes', all(is(relation('key', 'AROA1:${session-name}/*')), is(like('key', 'AROA1:eve/*')))],
  ["a path of one's own", 'yes', is(some('aws:tagkeys', ['${aws:username}']))],
  ['a document that may say so', 'yes', is(unreadable('d'))],
  ['a document that says so and not', 'no', all(is(unreadable('d')), isNot(unreadable('d')))],
])('%s: %s', (_, expected, formula) => {
  const answer = ask(formula);
  expect(answer.kind).toBe(expected);
  if (answer.kind === 'yes' && !JSON.stringify(formula).includes('unreadable')) {
    expect(truth(formula, holdsIn(answer.witness))).toBe(true);
  }
});

test('a relation that no luck could solve is undecided, never denied', () => {
  const sameTwice = all(is(relation('key', '${s3:prefix}x')), is(relation('s3:prefix', '${key}')));
  expect(ask(sameTwice).kind).toBe('undecided');
});

// prettier-ignore
test.each<readonly [string, Satisfiable['kind'], Formula]>([
  ['an endpoint and a public address', 'no', all(is(present(VPCE)), is(present(IP)))],
  ['a VPC without its endpoint', 'no', all(is(present('aws:sourcevpc')), isNot(present(VPCE)))],
  ["an endpoint's account without a VPC", 'no', all(is(present('aws:vpceaccount')), isNot(present('aws:sourcevpc')))],
  ["an organization's endpoint from outside", 'no', all(is(some('aws:vpceorgpaths', ['o-1/*'])), is(present(IP)))],
  ['the age of an MFA that was not used', 'no', all(is(present('aws:multifactorauthage')), is(bool('aws:multifactorauthpresent', 'false')))],
  ['a service on the way, and none', 'no', all(is(some('aws:calledvia', ['athena*'])), is(bool('aws:viaawsservice', 'false')))],
  ['a public address', 'yes', all(is(present(IP)), isNot(present(VPCE)))],
  ['the first service of none', 'no', all(is(present('aws:calledviafirst')), isNot(present('aws:calledvia')))],
  ['MFA of no age', 'no', all(is(bool('aws:multifactorauthpresent')), isNot(present('aws:multifactorauthage')))],
  ['a session that never began', 'no', all(is(present('aws:multifactorauthpresent')), isNot(present('aws:tokenissuetime')))],
])('what always holds between keys: %s: %s', (_, expected, formula) => {
  expect(ask(formula).kind).toBe(expected);
});

// prettier-ignore
test.each<readonly [string, boolean, Formula, Formula]>([
  ['a prefix within another adds nothing', true, any(is(like('key', 'raw/*')), is(like('key', 'raw/a*'))), is(like('key', 'raw/*'))],
  ['any address but those of a range', true, all(is(present(IP)), isNot(within(IP, '0.0.0.0/0'))), all(is(within(IP, '::/0')))],
  ['through an endpoint, from no address', true, all(is(present(VPCE)), isNot(present(IP))), all(is(present(VPCE)), is(present('aws:sourcevpc')))],
  ['with MFA, of any age', true, is(present('aws:multifactorauthage')), all(is(present('aws:multifactorauthage')), is(bool('aws:multifactorauthpresent')))],
  ['two ranges', false, is(within(IP, '10.0.0.0/8')), is(within(IP, '10.0.0.0/9'))],
  ['a test and its absence', false, isNot(equals(VPCE, 'a')), all(is(present(VPCE)), isNot(equals(VPCE, 'a')))],
])('equivalent: %s: %s', (_, expected, a, b) => {
  const x = createExpressions();
  expect(createSolver(x).equivalent(build(a, x), build(b, x))).toBe(expected);
});

test('two expressions are equivalent where some condition holds', () => {
  const x = createExpressions();
  const [v, w, both] = [x.atom(equals(VPCE, 'v')), x.atom(bool('a')), x.atom(bool('b'))];
  const { equivalent } = createSolver(x);
  expect(equivalent(x.all([v, w]), v)).toBe(false);
  expect(equivalent(x.all([v, w]), v, x.all([w, both]))).toBe(true);
});

test('combinations of many patterns are decided in bounded time', () => {
  const contradicting = Array.from({ length: 8 }, (_, at) =>
    any(...Array.from({ length: 8 }, (__, to) => is(like('key', `*${at}*${to}*${at * to}*z`)))),
  );
  expect(ask(all(isNot(like('key', '*z')), ...contradicting)).kind).toBe('no');
  const words = ['log*data', 'data*log', 'a*b*c', 'raw*2026', 'tmp*raw', 'q*w*e', 'y*u*i', 'full*back'];
  const wanted = words.map((word, at) => (at % 2 === 0 ? is : isNot)(like('key', `*${word}*`)));
  expect(ask(all(...wanted)).kind).toBe('yes');
});

test('a key that every request carries is no way out by its absence', () => {
  const neither = all(isNot(bool('aws:securetransport')), isNot(bool('aws:securetransport', 'false')));
  expect(ask(neither).kind).toBe('yes');
  expect(ask(neither, (_, key) => key === 'aws:securetransport').kind).toBe('no');
  expect(ask(isNot(present('key')), (_, key) => key === 'key').kind).toBe('no');
});

const ATOMS: readonly Atom[] = [
  bool('aws:securetransport'),
  present('aws:referer'),
  equals('aws:referer', 'a'),
  like('aws:referer', 'a*'),
  like('aws:referer', '?'),
  some('aws:tagkeys', ['a', 'b']),
  some('aws:tagkeys', ['a*'], true),
  present('aws:tagkeys'),
  relation('aws:useragent', '${aws:referer}/x'),
];

/** Every request over a few values of each key: enough for any formula over the atoms. */
const REQUESTS: readonly Request[] = [undefined, 'true', 'false'].flatMap((tls) =>
  [undefined, 'a', 'ab', 'b', 'bb'].flatMap((referer) =>
    [
      [],
      ['a'],
      ['ab'],
      ['b'],
      ['c'],
      ['a', 'b'],
      ['a', 'c'],
      ['b', 'ab'],
      ['c', 'ab'],
      ['a', 'b', 'c'],
    ].flatMap((tags) =>
      [undefined, 'a/x', 'ab/x', 'b/x', 'bb/x', 'z'].map((agent) => {
        const entries: readonly (readonly [string, readonly string[]])[] = [
          ['s3 aws:securetransport', tls === undefined ? [] : [tls]],
          ['s3 aws:referer', referer === undefined ? [] : [referer]],
          ['s3 aws:tagkeys', tags],
          ['s3 aws:useragent', agent === undefined ? [] : [agent]],
        ];
        return new Map(entries.filter(([, values]) => values.length > 0));
      }),
    ),
  ),
);

test('a witness is a request for which the expression holds; no is said only where there is none', () => {
  fc.assert(
    fc.property(formulas(ATOMS), (formula) => {
      const answer = ask(formula);
      if (answer.kind === 'yes') expect(truth(formula, holdsIn(answer.witness))).toBe(true);
      if (answer.kind === 'no') {
        expect(REQUESTS.find((request) => truth(formula, holdsIn(request)))).toBeUndefined();
      }
    }),
    { numRuns: 1500 },
  );
});

test('a formula beyond the budget is undecided, not denied', () => {
  // One request has one referer: 40 pairwise different choices of 3 each cannot be searched through.
  const parts = Array.from({ length: 40 }, (_, at): Formula => ({
    kind: 'any',
    parts: ['a', 'b', 'c'].map((value) => is(some('aws:tagkeys', [`${value}${'?'.repeat(at % 7)}*`], true))),
  }));
  const none = Array.from({ length: 12 }, (_, at) => isNot(some('aws:tagkeys', [`${at}*`, `*${at}`], true)));
  expect(ask(all(...parts, ...none)).kind).not.toBe('no');
});

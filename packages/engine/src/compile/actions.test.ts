import { actionIndex, compileActions, coversAction } from './actions.ts';

const statement = (name: string, negated: boolean, ...actions: readonly string[]) => ({
  name,
  actions: compileActions(actions, negated),
});
const read = statement('read', false, 's3:GetObject', 'S3:List*');
const notList = statement('not list', true, 's3:List*');
const all = statement('all', false, '*');
const none = statement('none', false, 's*:GetObject', '*:*');

test.each([
  ['s3:getobject', ['read', 'not list', 'all']],
  ['s3:listbucket', ['read', 'all']],
  ['kms:decrypt', ['not list', 'all']],
])('the statements about %s, in their order', (action, expected) => {
  const about = actionIndex([read, notList, none, all]);
  expect(about(action).map(({ name }) => name)).toEqual(expected);
  expect(about(action)).toBe(about(action));
});

test('an index that is asked about no end of actions answers as ever', () => {
  const about = actionIndex([read, notList, all]);
  for (let id = 0; id < 2_000; id++) expect(about(`s3:list${id}`)).toEqual([read, all]);
  expect(about('s3:getobject')).toEqual([read, notList, all]);
});

test('a wildcard stands for a part of the action only (semantics.md A.4)', () => {
  expect(coversAction(none.actions, 's3:getobject')).toBe(false);
});

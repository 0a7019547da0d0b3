import { pageOf } from './page.ts';

const request = { token: undefined, limit: undefined, pageSize: 3, scope: 'a list' };

test('the pages of a list hold every item once, in order', () => {
  const items = Array.from({ length: 8 }, (_, index) => index);
  const read: number[] = [];
  let token: string | undefined;
  do {
    const page = pageOf(items, { ...request, token });
    read.push(...(page?.items ?? []));
    token = page?.next;
  } while (token !== undefined);
  expect(read).toEqual(items);
});

test('a page that holds all that is left is the last', () => {
  expect(pageOf([1, 2, 3], request)).toEqual({ items: [1, 2, 3], next: undefined });
  expect(pageOf([], request)).toEqual({ items: [], next: undefined });
});

test.each([
  [1, 1],
  [100, 3],
  [0, 1],
])('a client that asks for %d gets %d', (limit, length) => {
  expect(pageOf([1, 2, 3, 4, 5], { ...request, limit })?.items).toHaveLength(length);
});

test('a token of another list, of nobody, or with a change in it is refused', () => {
  const next = pageOf([1, 2, 3, 4], request)?.next ?? '';
  expect(pageOf([1, 2, 3, 4], { ...request, token: next })?.items).toEqual([4]);
  expect(pageOf([1, 2, 3, 4], { ...request, token: next, scope: 'another' })).toBeUndefined();
  expect(pageOf([1, 2], { ...request, token: next })).toBeUndefined();
  for (const token of ['', 'x', '3', Buffer.from('3.x').toString('base64')]) {
    expect(pageOf([1, 2, 3, 4], { ...request, token })).toBeUndefined();
  }
});

import { parseMoment } from './moment.ts';

test.each([
  ['2026-05-03', '2026-05-03T23:59:59.999Z'],
  ['2024-02-29', '2024-02-29T23:59:59.999Z'],
  ['2026-05-03T10:00:00Z', '2026-05-03T10:00:00.000Z'],
  ['2026-05-03T00:30:00+02:00', '2026-05-02T22:30:00.000Z'],
  ['2026-05-03T10:00:00.25Z', '2026-05-03T10:00:00.250Z'],
])('%s ends at %s', (text, end) => {
  expect(parseMoment(text)).toBe(end);
});

test.each(['', '7', '2026-02-30', '2026-5-3', '2026-05-03T10:00:00', '2026-05-03T25:00:00Z', 'yesterday'])(
  '`%s` is no moment',
  (text) => {
    expect(parseMoment(text)).toBeUndefined();
  },
);

import { parseScanPoint } from './scan-point.ts';

test.each([
  ['3', { kind: 'scan', id: 3 }],
  ['12h', { kind: 'ago', milliseconds: 43_200_000 }],
  ['7d', { kind: 'ago', milliseconds: 604_800_000 }],
  ['2w', { kind: 'ago', milliseconds: 1_209_600_000 }],
  ['2026-05-03', { kind: 'moment', moment: '2026-05-03T23:59:59.999Z' }],
  ['2026-05-03T10:00:00Z', { kind: 'moment', moment: '2026-05-03T10:00:00.000Z' }],
])('%s', (text, point) => {
  expect(parseScanPoint(text)).toEqual(point);
});

test.each(['', '0', '-1', '1.5', '0d', '7', '7 d', '7m', '999999d', '1234567890123456', 'last'])(
  '`%s` names a scan only where it is an id',
  (text) => {
    expect(parseScanPoint(text)?.kind).toBe(text === '7' ? 'scan' : undefined);
  },
);

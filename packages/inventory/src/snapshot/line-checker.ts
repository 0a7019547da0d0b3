import {
  checkSnapshotHeader,
  checkSnapshotLine,
  type SnapshotHeader,
  type SnapshotLine,
} from '@denyscope/model';
import { identityCheck } from './identity.ts';
import { noteTaker, type SnapshotNote } from './notes.ts';
import { SnapshotError } from './snapshot-error.ts';

/** Checks the values of a snapshot's lines, one after the other. Throws a SnapshotError at the first fault. */
export interface LineChecker {
  readonly header: (number: number, value: unknown) => SnapshotHeader;
  readonly line: (number: number, value: unknown) => SnapshotLine;
  /** What was kept and not read so far. */
  readonly notes: () => readonly SnapshotNote[];
}

export function lineChecker(): LineChecker {
  const taker = noteTaker();
  const checkIdentity = identityCheck();
  return {
    notes: taker.notes,
    header: (number, value) => {
      const header = checkedHeader(number, value);
      taker.header(number, header);
      return header;
    },
    line: (number, value) => {
      const line = checkedLine(number, value);
      checkIdentity(number, line);
      taker.line(number, line);
      return line;
    },
  };
}

function checkedHeader(line: number, value: unknown): SnapshotHeader {
  const checked = checkSnapshotHeader(value);
  if ('header' in checked) return checked.header;
  const { path, message } = checked.fault;
  throw new SnapshotError({ code: 'header', line, path, expected: `in the first line: ${message}` });
}

function checkedLine(line: number, value: unknown): SnapshotLine {
  const checked = checkSnapshotLine(value);
  if ('fault' in checked) {
    throw new SnapshotError({
      code: 'format',
      line,
      path: checked.fault.path,
      expected: checked.fault.message,
    });
  }
  if (checked.line.kind !== 'snapshot') return checked.line;
  const expected = 'expected a resource, received a second `snapshot` line';
  throw new SnapshotError({ code: 'header', line, path: '/kind', expected });
}

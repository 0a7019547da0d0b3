import { isSnapshotKind, jsonPointer, type SnapshotHeader, type SnapshotLine } from '@denyscope/model';
import { isDataField, isHeaderField, isLineField } from './known-fields.ts';

/** Something that this release keeps and does not read: no fault, and said once. */
export interface SnapshotNote {
  /** Where it stands first. */
  readonly line: number;
  /** JSON pointer into that line. */
  readonly path: string;
  /** One lower-case sentence, without the place. */
  readonly message: string;
}

/** Gathers notes, each kind and each field of a kind once. */
export interface NoteTaker {
  readonly header: (line: number, header: SnapshotHeader) => void;
  readonly line: (number: number, line: SnapshotLine) => void;
  readonly notes: () => readonly SnapshotNote[];
}

export function noteTaker(): NoteTaker {
  const notes = new Map<string, SnapshotNote>();
  const note = (line: number, path: readonly string[], message: string): void => {
    const subject = `${message} ${path.join('/')}`;
    if (!notes.has(subject)) notes.set(subject, { line, path: jsonPointer(path), message });
  };
  return {
    notes: () => Array.from(notes.values()),
    header: (number, header) => {
      for (const field of Object.keys(header)) {
        if (!isHeaderField(field))
          note(number, [field], 'an unknown field of the first line, kept and not read');
      }
    },
    line: (number, line) => {
      for (const field of Object.keys(line)) {
        if (!isLineField(field)) note(number, [field], 'an unknown field of a line, kept and not read');
      }
      const { kind, data } = line;
      if (!isSnapshotKind(kind))
        return note(number, ['kind'], `the unknown kind \`${kind}\`, kept and not read`);
      for (const field of Object.keys(data)) {
        if (!isDataField(kind, field)) {
          note(number, ['data', field], `an unknown field of kind \`${kind}\`, kept and not read`);
        }
      }
      return undefined;
    },
  };
}

import { MOMENT_FORMS, parseMoment } from '@denyscope/model';
import { InvalidArgumentError, Option } from 'commander';

/** Reads a whole number from a range. */
export function numberOption(lowest: number, highest = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const range = highest === Number.MAX_SAFE_INTEGER ? `from ${lowest}` : `from ${lowest} to ${highest}`;
  return (text) => {
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= lowest && number <= highest) return number;
    throw new InvalidArgumentError(`expected a number ${range}`);
  };
}

/** `--scan ID`. */
export function scanOption(): Option {
  return new Option('--scan <id>', 'an earlier scan instead of the last one').argParser(numberOption(1));
}

/** `--as-of MOMENT`; its value is the last millisecond of it. */
export function asOfOption(): Option {
  return new Option('--as-of <moment>', 'the last scan taken up to a day or time, instead of the last one')
    .argParser((text) => {
      const moment = parseMoment(text);
      if (moment !== undefined) return moment;
      throw new InvalidArgumentError(`expected ${MOMENT_FORMS}`);
    })
    .conflicts('scan');
}

/** What `--as-of` means, for the help of commands that take it. */
export const AS_OF_HELP = `
--as-of 2026-05-03 asks the last complete scan taken up to the end of that day in UTC, --as-of 2026-05-03T10:00:00Z
one taken up to that time. A scan is taken when it begins to read AWS; an imported snapshot was taken when it was
made, not when it was imported. Of scans taken at the same time, the one with the highest id answers.`;

/** Reads the id of an account. */
export function accountId(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new InvalidArgumentError('expected the twelve digits of an account id');
}

/** For options that may come several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Reads values with commas between them, each of which `isValue` knows. */
export function listOption(
  what: string,
  isValue: (text: string) => boolean,
): (text: string) => readonly string[] {
  return (text) => {
    const values = text.split(',').map((value) => value.trim());
    if (values.every(isValue)) return values;
    throw new InvalidArgumentError(`expected ${what} with commas between them`);
  };
}

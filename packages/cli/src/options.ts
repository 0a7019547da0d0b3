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

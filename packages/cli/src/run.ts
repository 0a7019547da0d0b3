import { CommanderError } from 'commander';
import { STATUS, failureOf } from './failure.ts';
import { createProgram } from './program.ts';
import { type Terminal } from './terminal.ts';

/** Runs the command with its arguments, and gives its exit status. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let status: number = STATUS.done;
  const program = createProgram(terminal, (given) => {
    status = given;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return status;
  } catch (error) {
    // Commander has said it already; it gives 0 for help and the version.
    if (error instanceof CommanderError) return error.exitCode === 0 ? STATUS.done : STATUS.usage;
    const failure = failureOf(error, terminal.environment);
    if (failure === undefined) return status;
    terminal.err(`denyscope: ${failure.lines.join('\n')}\n`);
    return failure.status;
  }
}

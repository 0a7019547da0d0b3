/**
 * Command-line arguments come in; tables or JSON and an exit status come out. Nothing is decided here:
 * every subcommand calls one stage of the pipeline and prints its answer.
 */
export { run } from './run.ts';
export { type Terminal, OutputClosed } from './terminal.ts';

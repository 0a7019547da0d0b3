import { type Command } from 'commander';
import { type Session } from './session.ts';

/** Runs the body of a command; the status that it gives is the status of the process. */
export type Runner = (command: Command, body: (session: Session) => Promise<number>) => Promise<void>;

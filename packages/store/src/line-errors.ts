import { type SnapshotLine } from '@denyscope/model';

type Lines = AsyncIterable<SnapshotLine>;

/** Does something with lines; what the lines threw says more than what the database made of it, so that comes out. */
export async function withErrorsOf<T>(lines: Lines, work: (lines: Lines) => Promise<T>): Promise<T> {
  const state: State = { failure: undefined };
  try {
    return await work(watched(lines, state));
  } catch (error) {
    if (state.failure !== undefined) throw state.failure.error;
    throw error;
  }
}

interface State {
  failure: { readonly error: unknown } | undefined;
}

async function* watched(lines: Lines, state: State): AsyncGenerator<SnapshotLine> {
  try {
    yield* lines;
  } catch (error) {
    state.failure = { error };
    // The stream's own error handling reads a message.
    throw new Error('the lines could not be read', { cause: error });
  }
}

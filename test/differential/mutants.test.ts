import { plant } from './mutants/plant.ts';
import { MUTANTS, type Mutant } from './mutants/rules.ts';
import type * as Suite from './mutants/suite.ts';

/** Runs a part of the suite with the mutant in place of its package. */
function isNoticed(mutant: Mutant): boolean {
  const { index, remove } = plant(mutant);
  try {
    let noticed = false;
    jest.isolateModules(() => {
      jest.doMock(`@denyscope/${mutant.package}`, () => jest.requireActual<object>(index));
      noticed = jest.requireActual<typeof Suite>('./mutants/suite.ts').isNoticed(mutant);
    });
    return noticed;
  } finally {
    jest.dontMock(`@denyscope/${mutant.package}`);
    remove();
  }
}

// With nothing turned round the same parts are quiet: closed.test.ts and scenes.test.ts.
test.each(MUTANTS.map((mutant) => [mutant.package, mutant.rule, mutant] as const))(
  'the suite notices where this does not hold in the %s: %s',
  (_name, _rule, mutant) => {
    expect(isNoticed(mutant)).toBe(true);
  },
);

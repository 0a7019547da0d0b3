/**
 * A seed and a size come in, or nothing where the demo organization is asked for. An organization comes out as a
 * snapshot, the same one for the same input; tests, the demo and the benchmarks all draw from it.
 */
export { demoWorld, DEMO_STORIES } from './demo/demo.ts';
export type { DemoStory } from './demo/story.ts';
export { generateLines, generateWorld } from './generate/generate.ts';
export { PRESETS, isPresetName, type PresetName, type WorldOptions } from './generate/options.ts';
export { randomOf, type Random } from './generate/random.ts';
export { interestingRequests } from './generate/requests.ts';
export { AWS_MANAGED_POLICIES, type ManagedPolicies } from './managed/catalogue.ts';
export { loadManagedPolicies } from './managed/load.ts';
export { headerOf, type World } from './world.ts';

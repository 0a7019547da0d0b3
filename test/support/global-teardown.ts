import { runTeardown } from './teardown-list.ts';

export default runTeardown;

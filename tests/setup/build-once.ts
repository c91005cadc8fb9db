import { build } from '../../tools/build.mjs';

export default build;

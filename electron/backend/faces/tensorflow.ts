// What the face library finds where it looks for all of TensorFlow (tools/face-library.ts).
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';

export * from '@tensorflow/tfjs-core';

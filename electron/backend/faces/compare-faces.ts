import { createCanvas, loadImage } from '@napi-rs/canvas';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env, setBackend } from '@tensorflow/tfjs-core';
import {
  detectAllFaces,
  euclideanDistance,
  nets,
  tf,
  TinyFaceDetectorOptions,
} from '@vladmandic/face-api/dist/face-api.esm-nobundle.js';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { FaceFlaw, Likeness } from '../../../shared/domain/face.ts';

const modules = createRequire(import.meta.url);
const WASM = '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm';
const MANIFEST = '@vladmandic/face-api/model/face_recognition_model-weights_manifest.json';

/** More shows no more of a face, and takes longer. */
const MOST_WIDTH = 1280;
/** Pixels that a picture has across where faces are looked for: a card's photo is a twelfth of it. */
const LOOK_WIDTH = 416;
/** What is so much smaller is somebody who walks by. */
const BESIDE = 0.5;
/** In shares of the picture's width: a face in the frame that the screen shows has a quarter. */
const NEAR_ENOUGH = 0.14;
/**
 * Half way between what the library finds of a person and their photo on a card that was photographed, 0.25 and less, and
 * of another person, 0.65; of drawn ones 0.5. It is only told: too soon costs a second look.
 */
const UNLIKE_FROM = 0.45;

interface Face {
  /** In shares of the picture. */
  readonly width: number;
  readonly descriptor: Float32Array;
}

/** @returns how the holder's face goes with the one on the document's front, or why it can't be told */
export async function compareFaces(
  front: Uint8Array,
  face: Uint8Array,
): Promise<Exclude<FaceFlaw, 'dark' | 'blurred'> | Exclude<Likeness, 'not-compared'>> {
  await start();
  const [holder, other] = await facesOn(face);
  if (holder === undefined) return 'no-face';
  if (other !== undefined && other.width >= holder.width * BESIDE) return 'several-faces';
  if (holder.width < NEAR_ENOUGH) return 'too-far';
  const [photo] = await facesOn(front);
  if (photo === undefined) return 'no-face-on-document';
  return euclideanDistance(photo.descriptor, holder.descriptor) < UNLIKE_FROM ? 'alike' : 'unlike';
}

/** From files that lie beside the program: nothing asks the network. */
async function start(): Promise<void> {
  // Its threads would be started from a text.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(`${dirname(modules.resolve(WASM))}/`);
  if (!(await setBackend('wasm'))) throw new Error('no WebAssembly for faces');
  const models = dirname(modules.resolve(MANIFEST));
  for (const net of [nets.tinyFaceDetector, nets.faceLandmark68Net, nets.faceRecognitionNet]) {
    await net.loadFromDisk(models);
  }
}

/** The largest first. */
async function facesOn(picture: Uint8Array): Promise<Face[]> {
  const image = await loadImage(Buffer.from(picture));
  const width = Math.min(image.width, MOST_WIDTH);
  const height = Math.round((image.height * width) / image.width);
  const pen = createCanvas(width, height).getContext('2d');
  pen.drawImage(image, 0, 0, width, height);
  const { data } = pen.getImageData(0, 0, width, height);
  const colours = new Int32Array(width * height * 3);
  for (let at = 0; at < colours.length; at += 1) colours[at] = data[Math.floor(at / 3) * 4 + (at % 3)] ?? 0;
  const tensor = tf.tensor3d(colours, [height, width, 3]);
  const found = await detectAllFaces(tensor, new TinyFaceDetectorOptions({ inputSize: LOOK_WIDTH }))
    .withFaceLandmarks()
    .withFaceDescriptors();
  tensor.dispose();
  return found
    .map(({ detection, descriptor }) => ({ width: detection.box.width / width, descriptor }))
    .sort((one, other) => other.width - one.width);
}

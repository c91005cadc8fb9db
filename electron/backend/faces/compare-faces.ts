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
import type { FaceFlaw, Likeness, TiltFlaw, TiltSide } from '../../../shared/domain/face.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';

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
/** In degrees: nobody holds the head so by chance, and everybody can. */
const TILTED_FROM = 12;
/**
 * In degrees by which the picture is turned to where the head was asked from, until the face is found: only nearly upright
 * ones are. The other side last, so that whoever took it for the right one is told so.
 */
const TURNED_BACK = [15, 25, 35, 0, -15, -25] as const;

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Face {
  /** In shares of the picture. */
  readonly width: number;
  readonly descriptor: Float32Array;
  /** Of the line between the eyes, in degrees; less than 0: the head leans to its own right. */
  readonly roll: number;
}

/** Dark and blurred pictures are told before. */
type Found = Exclude<FaceFlaw, 'dark' | 'blurred'>;

/** @returns how the holder's face goes with the one on the document's front, or why it can't be told */
export async function compareFaces(
  front: Uint8Array,
  face: Uint8Array,
): Promise<Found | Exclude<Likeness, 'not-compared'>> {
  await start();
  const holder = holderOf(await facesOn(face));
  if (!holder.ok) return holder.error;
  const [photo] = await facesOn(front);
  if (photo === undefined) return 'no-face-on-document';
  return areAlike(photo, holder.value) ? 'alike' : 'unlike';
}

/**
 * Whether whoever was photographed before tilts the head as they were asked to, which a photo held up to the camera doesn't
 * by itself.
 */
export async function findTilt(
  face: Uint8Array,
  tilted: Uint8Array,
  to: TiltSide,
): Promise<'tilted' | 'nobody-before' | Exclude<TiltFlaw, 'dark' | 'blurred'>> {
  await start();
  const [before] = await facesOn(face);
  if (before === undefined) return 'nobody-before';
  const sign = to === 'right' ? 1 : -1;
  let flaw: 'no-face' | 'other-face' = 'no-face';
  for (const degrees of TURNED_BACK) {
    const found = holderOf(await facesOn(tilted, sign * degrees));
    if (!found.ok) {
      if (found.error !== 'no-face') return found.error;
    } else if (areAlike(before, found.value)) {
      return -sign * found.value.roll >= TILTED_FROM ? 'tilted' : 'not-tilted';
    } else {
      // One that is far from upright looks like nobody.
      flaw = 'other-face';
    }
  }
  return flaw;
}

const areAlike = (one: Face, other: Face): boolean => euclideanDistance(one.descriptor, other.descriptor) < UNLIKE_FROM;

function holderOf([holder, other]: readonly Face[]): Result<Face, Found> {
  if (holder === undefined) return err('no-face');
  if (other !== undefined && other.width >= holder.width * BESIDE) return err('several-faces');
  return holder.width < NEAR_ENOUGH ? err('too-far') : ok(holder);
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

/** @param left as the picture is looked at */
function rollOf(left: readonly Point[], right: readonly Point[]): number {
  const [from, to] = [middleOf(left), middleOf(right)];
  return (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
}

function middleOf(points: readonly Point[]): Point {
  const sum = points.reduce(({ x, y }, point) => ({ x: x + point.x, y: y + point.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/**
 * The largest first.
 * @param turnedBy degrees by which the picture is turned to the right first
 */
async function facesOn(picture: Uint8Array, turnedBy = 0): Promise<Face[]> {
  const image = await loadImage(Buffer.from(picture));
  const width = Math.min(image.width, MOST_WIDTH);
  const height = Math.round((image.height * width) / image.width);
  const pen = createCanvas(width, height).getContext('2d');
  pen.translate(width / 2, height / 2);
  pen.rotate((turnedBy * Math.PI) / 180);
  pen.drawImage(image, -width / 2, -height / 2, width, height);
  const { data } = pen.getImageData(0, 0, width, height);
  const colours = new Int32Array(width * height * 3);
  for (let at = 0; at < colours.length; at += 1) colours[at] = data[Math.floor(at / 3) * 4 + (at % 3)] ?? 0;
  const tensor = tf.tensor3d(colours, [height, width, 3]);
  const found = await detectAllFaces(tensor, new TinyFaceDetectorOptions({ inputSize: LOOK_WIDTH }))
    .withFaceLandmarks()
    .withFaceDescriptors();
  tensor.dispose();
  return found
    .map(({ detection, descriptor, landmarks }) => ({
      width: detection.box.width / width,
      descriptor,
      roll: rollOf(landmarks.getLeftEye(), landmarks.getRightEye()) - turnedBy,
    }))
    .sort((one, other) => other.width - one.width);
}

import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { drawFace, type Person } from './sample-face.ts';

const [CARD_WIDTH, CARD_HEIGHT] = [856, 540];

export interface Scene {
  readonly width?: number;
  readonly height?: number;
  readonly ground?: string;
  /** Middle of each card and its width, in shares of the picture; degrees that it is turned by. */
  readonly cards?: readonly {
    readonly x: number;
    readonly y: number;
    readonly size: number;
    readonly turned?: number;
    readonly side?: 'front' | 'back';
    readonly tilt?: Tilted;
    /** Whose photo is on it; nobody's: a dark spot is in its place. */
    readonly holder?: Person;
  }[];
  /** Who stands before the camera: middle of the face, and from there to the chin, in shares of the picture. */
  readonly faces?: readonly {
    readonly person: Person;
    readonly x: number;
    readonly y: number;
    readonly size: number;
    /** Degrees by which the head leans, to the right of the picture. */
    readonly leans?: number;
  }[];
  /** Share of its height that the card's far side loses when it is seen from the side. */
  readonly leaning?: number;
  readonly blur?: number;
  readonly glare?: boolean;
  /** 1: as it is. */
  readonly light?: number;
}

export interface Tilted {
  readonly degrees: number;
  readonly about: 'long' | 'short';
  /** A hand holds it by its left side. */
  readonly held?: boolean;
}

/** What a camera sees: documents on a desk, or who stands before it. Nobody's: drawn, and marked 見本. */
export function drawScene(scene: Scene): Canvas {
  const { width = 960, height = 540, ground = '#6b5b48', cards = [{ x: 0.5, y: 0.5, size: 0.7 }] } = scene;
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = ground;
  pen.fillRect(0, 0, width, height);
  for (const { x, y, size, turned = 0, side = 'front', tilt, holder } of cards) {
    pen.save();
    pen.translate(x * width, y * height);
    pen.rotate((turned * Math.PI) / 180);
    const scale = (size * width) / CARD_WIDTH;
    pen.scale(scale, scale);
    const card = drawCard(side, scene.glare === true, holder);
    if (tilt === undefined) layDown(pen, card, scene.leaning ?? 0);
    else {
      holdTilted(pen, card, tilt);
      if (tilt.held) drawHand(pen);
    }
    pen.restore();
  }
  for (const { person, x, y, size, leans = 0 } of scene.faces ?? []) {
    pen.save();
    pen.translate(x * width, y * height);
    pen.rotate((leans * Math.PI) / 180);
    drawFace(pen, person, 0, 0, size * height);
    pen.restore();
  }
  if (scene.faces !== undefined) markSample(pen, width * 0.8, height * 0.95, height / 10);
  if (scene.blur !== undefined) {
    const sharp = createCanvas(width, height);
    sharp.getContext('2d').drawImage(canvas, 0, 0);
    pen.filter = `blur(${scene.blur}px)`;
    pen.drawImage(sharp, 0, 0);
    pen.filter = 'none';
  }
  if (scene.light !== undefined) {
    pen.fillStyle = `rgb(0 0 0 / ${1 - scene.light})`;
    pen.fillRect(0, 0, width, height);
  }
  addNoise(pen, width, height);
  return canvas;
}

/** Column by column, each lower than the last where the card leans back. */
function layDown(pen: SKRSContext2D, card: Canvas, leaning: number): void {
  if (leaning === 0) {
    pen.drawImage(card, -CARD_WIDTH / 2, -CARD_HEIGHT / 2);
    return;
  }
  for (let x = 0; x < CARD_WIDTH; x += 1) {
    const height = CARD_HEIGHT * (1 - (leaning * x) / CARD_WIDTH);
    pen.drawImage(card, x, 0, 1, CARD_HEIGHT, x - CARD_WIDTH / 2, -height / 2, 1.5, height);
  }
}

/** How far the camera is away, in widths of the card. */
const CAMERA = 1.5 * CARD_WIDTH;
/** 0.76 mm of a card that is 85.6 mm wide. */
const EDGE = (CARD_WIDTH * 0.76) / 85.6;

/** Line by line, each as near to the camera as it is; the nearest shows the card's edge too. */
function holdTilted(pen: SKRSContext2D, card: Canvas, { degrees, about }: Tilted): void {
  const [sine, cosine] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const lines = about === 'long' ? CARD_HEIGHT : CARD_WIDTH;
  const place = (line: number): { at: number; scale: number } => {
    const from = line - lines / 2;
    const scale = CAMERA / (CAMERA - from * sine);
    return { at: from * cosine * scale, scale };
  };
  for (let line = 0; line < lines; line += 1) {
    const { at, scale } = place(line);
    const deep = place(line + 1).at - at + 0.5;
    if (about === 'long') {
      pen.drawImage(card, 0, line, CARD_WIDTH, 1, (-CARD_WIDTH / 2) * scale, at, CARD_WIDTH * scale, deep);
    } else pen.drawImage(card, line, 0, 1, CARD_HEIGHT, at, (-CARD_HEIGHT / 2) * scale, deep, CARD_HEIGHT * scale);
  }
  const { at, scale } = place(lines);
  pen.fillStyle = '#f2f4f3';
  const long = (about === 'long' ? CARD_WIDTH : CARD_HEIGHT) * scale - 64;
  if (about === 'long') pen.fillRect(-long / 2, at, long, EDGE * sine * scale);
  else pen.fillRect(at, -long / 2, EDGE * sine * scale, long);
}

/** From beyond the picture, a thumb on the card. */
function drawHand(pen: SKRSContext2D): void {
  pen.fillStyle = '#c99a7c';
  pen.fillRect(-CARD_WIDTH * 2, -70, CARD_WIDTH * 1.6, 190);
  pen.beginPath();
  pen.ellipse(-CARD_WIDTH * 0.4, 20, 95, 42, 0.1, 0, Math.PI * 2);
  pen.fill();
}

function drawCard(side: 'front' | 'back', hasGlare: boolean, holder: Person | undefined): Canvas {
  const card = createCanvas(CARD_WIDTH, CARD_HEIGHT);
  const pen = card.getContext('2d');
  pen.beginPath();
  pen.roundRect(0, 0, CARD_WIDTH, CARD_HEIGHT, 32);
  pen.clip();
  pen.fillStyle = '#dfe9e4';
  pen.fillRect(0, 0, CARD_WIDTH, CARD_HEIGHT);
  pen.fillStyle = '#22302a';
  if (side === 'front') drawFront(pen, holder);
  else drawBack(pen);
  markSample(pen, 620, 490, 72);
  if (hasGlare) {
    const shine = pen.createRadialGradient(300, 240, 40, 300, 240, 220);
    shine.addColorStop(0, 'rgb(255 255 255 / 1)');
    shine.addColorStop(0.55, 'rgb(255 255 255 / 1)');
    shine.addColorStop(1, 'rgb(255 255 255 / 0)');
    pen.fillStyle = shine;
    pen.fillRect(0, 0, CARD_WIDTH, CARD_HEIGHT);
  }
  return card;
}

function markSample(pen: SKRSContext2D, x: number, y: number, size: number): void {
  pen.fillStyle = '#b3241b';
  pen.font = `bold ${size}px sans-serif`;
  pen.fillText('見本', x, y);
}

/** Print on the left, a portrait on the right. */
function drawFront(pen: SKRSContext2D, holder: Person | undefined): void {
  for (let row = 0; row < 11; row += 1) {
    for (let column = 0; column < 34 - (row % 3) * 4; column += 1) {
      pen.fillRect(48 + column * 15, 84 + row * 40, 3 + ((row * 7 + column * 5) % 9), 18);
    }
  }
  pen.fillStyle = '#9fb4c4';
  pen.fillRect(600, 130, 208, 260);
  if (holder !== undefined) {
    pen.save();
    pen.beginPath();
    pen.rect(600, 130, 208, 260);
    pen.clip();
    drawFace(pen, holder, 704, 250, 70);
    pen.restore();
    return;
  }
  pen.fillStyle = '#5c4a3e';
  pen.beginPath();
  pen.arc(704, 230, 62, 0, Math.PI * 2);
  pen.fill();
}

/** A dark stripe, and rows for changes of address. */
function drawBack(pen: SKRSContext2D): void {
  pen.fillRect(0, 40, CARD_WIDTH, 70);
  for (let row = 0; row < 5; row += 1) {
    pen.fillRect(48, 190 + row * 64, 760, 3);
    for (let column = 0; column < 40 - row * 6; column += 1) {
      pen.fillRect(56 + column * 17, 150 + row * 64, 3 + ((row * 5 + column * 7) % 10), 24);
    }
  }
}

/** A camera's, the same every time. */
function addNoise(pen: SKRSContext2D, width: number, height: number): void {
  const picture = pen.getImageData(0, 0, width, height);
  let seed = 1;
  for (let at = 0; at < picture.data.length; at += 4) {
    seed = (seed * 16_807) % 2_147_483_647;
    const noise = (seed % 9) - 4;
    for (let colour = 0; colour < 3; colour += 1) {
      picture.data[at + colour] = (picture.data[at + colour] ?? 0) + noise;
    }
  }
  pen.putImageData(picture, 0, 0);
}

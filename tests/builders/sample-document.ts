import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';

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
  }[];
  /** Share of its height that the card's far side loses when it is seen from the side. */
  readonly leaning?: number;
  readonly blur?: number;
  readonly glare?: boolean;
  /** 1: as it is. */
  readonly light?: number;
}

/** A desk with documents on it as a camera sees it. Nobody's documents: drawn, and marked 見本. */
export function drawScene(scene: Scene): Canvas {
  const { width = 960, height = 540, ground = '#6b5b48', cards = [{ x: 0.5, y: 0.5, size: 0.7 }] } = scene;
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = ground;
  pen.fillRect(0, 0, width, height);
  for (const { x, y, size, turned = 0, side = 'front' } of cards) {
    pen.save();
    pen.translate(x * width, y * height);
    pen.rotate((turned * Math.PI) / 180);
    const scale = (size * width) / CARD_WIDTH;
    pen.scale(scale, scale);
    layDown(pen, drawCard(side, scene.glare === true), scene.leaning ?? 0);
    pen.restore();
  }
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

function drawCard(side: 'front' | 'back', hasGlare: boolean): Canvas {
  const card = createCanvas(CARD_WIDTH, CARD_HEIGHT);
  const pen = card.getContext('2d');
  pen.beginPath();
  pen.roundRect(0, 0, CARD_WIDTH, CARD_HEIGHT, 32);
  pen.clip();
  pen.fillStyle = '#dfe9e4';
  pen.fillRect(0, 0, CARD_WIDTH, CARD_HEIGHT);
  pen.fillStyle = '#22302a';
  if (side === 'front') drawFront(pen);
  else drawBack(pen);
  pen.fillStyle = '#b3241b';
  pen.font = 'bold 72px sans-serif';
  pen.fillText('見本', 620, 490);
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

/** Print on the left, a portrait on the right. */
function drawFront(pen: SKRSContext2D): void {
  for (let row = 0; row < 11; row += 1) {
    for (let column = 0; column < 34 - (row % 3) * 4; column += 1) {
      pen.fillRect(48 + column * 15, 84 + row * 40, 3 + ((row * 7 + column * 5) % 9), 18);
    }
  }
  pen.fillStyle = '#9fb4c4';
  pen.fillRect(600, 130, 208, 260);
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

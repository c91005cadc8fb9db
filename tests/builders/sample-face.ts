import type { SKRSContext2D } from '@napi-rs/canvas';

/** Two persons that there aren't. */
export type Person = 'aoi' | 'ken';

interface Features {
  readonly skin: readonly [light: string, dark: string];
  readonly hair: string;
  readonly hairLength: number;
  readonly lips: string;
  /** In halves of the face's width. */
  readonly width: number;
  readonly jaw: number;
  readonly eyes: { readonly apart: number; readonly at: number; readonly wide: number; readonly high: number };
  readonly brows: { readonly thick: number; readonly lift: number };
  readonly nose: { readonly long: number; readonly wide: number };
  readonly mouth: { readonly wide: number; readonly at: number; readonly full: number };
  readonly glasses: boolean;
  readonly clothes: string;
}

const FEATURES: Readonly<Record<Person, Features>> = {
  aoi: {
    ...{ skin: ['#f3d3ba', '#c99876'], hair: '#1d1512', hairLength: 1.5, lips: '#b4505a', width: 0.8, jaw: 0.5 },
    eyes: { apart: 0.36, at: -0.02, wide: 0.17, high: 0.075 },
    brows: { thick: 0.03, lift: 0.2 },
    nose: { long: 0.34, wide: 0.1 },
    mouth: { wide: 0.23, at: 0.62, full: 0.075 },
    ...{ glasses: false, clothes: '#7a3550' },
  },
  ken: {
    ...{ skin: ['#d9a884', '#94623f'], hair: '#3b2a1c', hairLength: 0, lips: '#8a4f44', width: 0.92, jaw: 0.78 },
    eyes: { apart: 0.42, at: 0.04, wide: 0.14, high: 0.045 },
    brows: { thick: 0.075, lift: 0.15 },
    nose: { long: 0.44, wide: 0.17 },
    mouth: { wide: 0.33, at: 0.72, full: 0.05 },
    ...{ glasses: true, clothes: '#2c3e58' },
  },
};

/**
 * From the front, from its hair to its shoulders. Nobody's: drawn.
 * @param size from the middle of the face to its chin, in pixels
 */
export function drawFace(pen: SKRSContext2D, person: Person, x: number, y: number, size: number): void {
  const one = FEATURES[person];
  pen.save();
  pen.translate(x, y);
  pen.scale(size, size);
  drawBody(pen, one);
  drawHead(pen, one);
  for (const side of [-1, 1]) drawEye(pen, one, side);
  drawNose(pen, one);
  drawMouth(pen, one);
  drawFringe(pen, one);
  if (one.glasses) drawGlasses(pen, one);
  pen.restore();
}

function drawBody(pen: SKRSContext2D, { skin, hair, hairLength, clothes, width }: Features): void {
  pen.fillStyle = hair;
  pen.beginPath();
  pen.ellipse(0, -0.15, width + 0.2, 1.2, 0, 0, Math.PI * 2);
  pen.fill();
  if (hairLength > 0) pen.fillRect(-width - 0.2, -0.15, 2 * width + 0.4, hairLength);
  pen.fillStyle = skin[1];
  pen.fillRect(-0.36, 0.6, 0.72, 0.9);
  pen.fillStyle = clothes;
  pen.beginPath();
  pen.ellipse(0, 2.25, 1.55, 1, 0, 0, Math.PI * 2);
  pen.fill();
}

function drawHead(pen: SKRSContext2D, { skin, width, jaw }: Features): void {
  pen.fillStyle = skin[1];
  for (const side of [-1, 1]) {
    pen.beginPath();
    pen.ellipse(side * (width + 0.02), 0.12, 0.1, 0.22, 0, 0, Math.PI * 2);
    pen.fill();
  }
  const shade = pen.createRadialGradient(-0.15, -0.1, 0.1, 0, 0.1, 1.25);
  shade.addColorStop(0, skin[0]);
  shade.addColorStop(0.6, skin[0]);
  shade.addColorStop(1, skin[1]);
  pen.fillStyle = shade;
  pen.beginPath();
  pen.moveTo(-width, -0.1);
  pen.bezierCurveTo(-width, -1.3, width, -1.3, width, -0.1);
  pen.bezierCurveTo(width, 0.5, jaw, 1, 0, 1.02);
  pen.bezierCurveTo(-jaw, 1, -width, 0.5, -width, -0.1);
  pen.fill();
}

function drawEye(pen: SKRSContext2D, { skin, hair, eyes, brows }: Features, side: number): void {
  const { apart, at, wide, high } = eyes;
  pen.save();
  pen.translate(side * apart, at);
  const socket = pen.createRadialGradient(0, -0.04, 0.02, 0, -0.04, wide * 1.7);
  socket.addColorStop(0, `${skin[1]}cc`);
  socket.addColorStop(1, `${skin[1]}00`);
  pen.fillStyle = socket;
  pen.fillRect(-0.4, -0.4, 0.8, 0.8);
  pen.fillStyle = '#f4f1ec';
  pen.beginPath();
  pen.ellipse(0, 0, wide, high, 0, 0, Math.PI * 2);
  pen.fill();
  pen.save();
  pen.clip();
  for (const [colour, radius] of [
    ['#3a2417', 0.085],
    ['#0c0806', 0.045],
  ] as const) {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(0, -0.005, radius, 0, Math.PI * 2);
    pen.fill();
  }
  pen.fillStyle = '#ffffff';
  pen.beginPath();
  pen.arc(0.025, -0.025, 0.016, 0, Math.PI * 2);
  pen.fill();
  pen.restore();
  pen.strokeStyle = '#2a1a12';
  pen.lineWidth = 0.03;
  pen.beginPath();
  pen.ellipse(0, 0, wide, high, 0, Math.PI * 1.05, Math.PI * 1.95);
  pen.stroke();
  pen.strokeStyle = hair;
  pen.lineWidth = brows.thick;
  pen.lineCap = 'round';
  pen.beginPath();
  pen.moveTo(-wide * 1.15, -brows.lift);
  pen.quadraticCurveTo(0, -brows.lift - 0.09, wide * 1.15, -brows.lift + 0.01);
  pen.stroke();
  pen.restore();
}

function drawNose(pen: SKRSContext2D, { skin, eyes, nose }: Features): void {
  const tip = eyes.at + nose.long;
  const ridge = pen.createLinearGradient(-nose.wide, 0, nose.wide, 0);
  ridge.addColorStop(0, `${skin[1]}00`);
  ridge.addColorStop(0.45, skin[0]);
  ridge.addColorStop(0.8, `${skin[1]}cc`);
  ridge.addColorStop(1, `${skin[1]}00`);
  pen.fillStyle = ridge;
  pen.fillRect(-nose.wide, eyes.at, nose.wide * 2, nose.long);
  const ball = pen.createRadialGradient(-0.02, tip - 0.03, 0.01, 0, tip, nose.wide * 1.1);
  ball.addColorStop(0, '#ffffff66');
  ball.addColorStop(0.5, skin[0]);
  ball.addColorStop(1, `${skin[1]}00`);
  pen.fillStyle = ball;
  pen.beginPath();
  pen.ellipse(0, tip, nose.wide * 1.1, 0.09, 0, 0, Math.PI * 2);
  pen.fill();
  pen.fillStyle = '#5b3626';
  for (const side of [-1, 1]) {
    pen.beginPath();
    pen.ellipse(side * nose.wide * 0.5, tip + 0.055, 0.03, 0.018, 0, 0, Math.PI * 2);
    pen.fill();
  }
}

function drawMouth(pen: SKRSContext2D, { skin, lips, mouth }: Features): void {
  const { wide, at, full } = mouth;
  pen.fillStyle = lips;
  pen.beginPath();
  pen.moveTo(-wide, at);
  pen.quadraticCurveTo(-wide * 0.4, at - full * 1.1, 0, at - full * 0.6);
  pen.quadraticCurveTo(wide * 0.4, at - full * 1.1, wide, at);
  pen.quadraticCurveTo(0, at + full * 2.2, -wide, at);
  pen.fill();
  pen.strokeStyle = '#5e2b2a';
  pen.lineWidth = 0.018;
  pen.beginPath();
  pen.moveTo(-wide, at);
  pen.quadraticCurveTo(0, at + full * 0.5, wide, at);
  pen.stroke();
  const chin = pen.createRadialGradient(0, at + 0.22, 0.01, 0, at + 0.22, 0.2);
  chin.addColorStop(0, `${skin[1]}88`);
  chin.addColorStop(1, `${skin[1]}00`);
  pen.fillStyle = chin;
  pen.fillRect(-0.3, at + 0.1, 0.6, 0.2);
}

function drawFringe(pen: SKRSContext2D, { hair, hairLength, width }: Features): void {
  pen.fillStyle = hair;
  pen.beginPath();
  pen.moveTo(-width - 0.08, 0.1);
  pen.bezierCurveTo(-width - 0.2, -1.6, width + 0.2, -1.6, width + 0.08, 0.1);
  pen.bezierCurveTo(width - 0.06, -0.3, width * 0.7, -0.62, hairLength > 0 ? 0.1 : 0.5, -0.7);
  pen.bezierCurveTo(-0.2, -0.62, -width + 0.06, -0.4, -width - 0.08, 0.1);
  pen.fill();
}

function drawGlasses(pen: SKRSContext2D, { eyes, width }: Features): void {
  pen.strokeStyle = '#1c1c1f';
  pen.lineWidth = 0.03;
  for (const side of [-1, 1]) {
    pen.beginPath();
    pen.roundRect(side * eyes.apart - 0.26, eyes.at - 0.15, 0.52, 0.34, 0.08);
    pen.stroke();
    pen.beginPath();
    pen.moveTo(side * (eyes.apart + 0.26), eyes.at);
    pen.lineTo(side * width, eyes.at - 0.04);
    pen.stroke();
  }
  pen.beginPath();
  pen.moveTo(-eyes.apart + 0.26, eyes.at);
  pen.lineTo(eyes.apart - 0.26, eyes.at);
  pen.stroke();
}

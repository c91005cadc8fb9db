import { FRAGMENT_SCRIPT } from '../one-time/one-time-page.ts';
import { PHONE_PATHS } from './paths.ts';

/** Along the longer side: far more than the print of a card needs, and few enough bytes for a slow line. */
const LONGEST = 2000;
const ASK_MS = 1000;
/** The terminal waits for some minutes after each sign of life. */
const HERE_MS = 15_000;

/**
 * Turns each picture as the phone held it and makes it smaller, shows it, sends it, and tells what came of it. All words
 * stand in the page.
 */
const PICTURES_SCRIPT = `(() => {
const form = document.getElementById('pictures');
if (form === null) return;
const words = JSON.parse(form.dataset.words);
const sides = [...form.querySelectorAll('[data-side]')];
const button = form.querySelector('button');
const news = document.getElementById('news');
const chosen = new Map();
const reading = new Set();
let isBusy = false;
const tell = (side, word) => {
  const problem = side.querySelector('.problem');
  problem.textContent = word === null ? '' : words[word];
  problem.hidden = word === null;
  side.querySelector('input').setAttribute('aria-invalid', String(word !== null));
};
const say = (word) => {
  news.textContent = word === null ? '' : words[word];
};
const busy = (is) => {
  isBusy = is;
  button.setAttribute('aria-disabled', String(is));
  for (const side of sides) side.querySelector('input').disabled = is || side.dataset.state === 'kept';
};
const shrunk = async (file) => {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await image.decode();
  const scale = Math.min(1, ${LONGEST} / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((resolve, reject) => {
    canvas.toBlob((picture) => (picture === null ? reject(new Error('no picture')) : resolve(picture)), 'image/jpeg', 0.9);
  });
};
const choose = async (side) => {
  const [file] = side.querySelector('input').files;
  if (file === undefined) return;
  const picture = await shrunk(file).catch(() => null);
  if (picture === null) return tell(side, 'torn');
  const preview = side.querySelector('img');
  URL.revokeObjectURL(preview.src);
  preview.src = URL.createObjectURL(picture);
  preview.hidden = false;
  side.querySelector('.pick span').textContent = words.again;
  chosen.set(side, picture);
  side.dataset.state = 'chosen';
  tell(side, null);
  say(null);
};
const send = async () => {
  let isSent = true;
  for (const [side, picture] of [...chosen]) {
    const answer = await fetch('${PHONE_PATHS.pictures}/' + side.dataset.side, { method: 'PUT', body: picture }).catch(() => null);
    if (answer === null || answer.status >= 500 || answer.status === 429) {
      isSent = false;
      say('unreachable');
      continue;
    }
    if (answer.status === 410 || answer.status === 403) return location.reload();
    chosen.delete(side);
    side.dataset.state = answer.ok ? 'waiting' : 'refused';
    if (!answer.ok) tell(side, (await answer.json().catch(() => ({}))).flaw ?? 'torn');
  }
  if (isSent) await follow();
};
const follow = async () => {
  while (sides.some((side) => side.dataset.state === 'waiting')) {
    say('checking');
    await new Promise((resolve) => setTimeout(resolve, ${ASK_MS}));
    const answer = await fetch('${PHONE_PATHS.standing}').catch(() => null);
    if (answer === null || answer.status >= 500 || answer.status === 429) continue;
    if (!answer.ok) return location.reload();
    const standing = await answer.json();
    if (standing.isDone) return location.reload();
    for (const one of standing.sides) {
      const side = sides.find((each) => each.dataset.side === one.side);
      if (side.dataset.state !== 'waiting' || one.state === 'waiting') continue;
      side.dataset.state = one.state;
      side.querySelector('.kept').hidden = one.state !== 'kept';
      side.querySelector('.pick').hidden = one.state === 'kept';
      if (one.state !== 'kept') tell(side, one.flaw ?? 'torn');
    }
  }
  const bad = sides.find((side) => side.dataset.state === 'refused');
  say(bad === undefined ? null : 'some-refused');
};
const read = async (side) => {
  const work = choose(side);
  reading.add(work);
  await work;
  reading.delete(work);
};
const trySending = async () => {
  // What was just chosen may be read still.
  await Promise.all(reading);
  const open = sides.filter((side) => ['missing', 'refused'].includes(side.dataset.state));
  for (const side of open) if (side.dataset.state === 'missing') tell(side, 'missing');
  if (open.length > 0) return open[0];
  await send();
  return sides.find((side) => side.dataset.state === 'refused');
};
for (const side of sides) side.querySelector('input').addEventListener('change', () => void read(side));
form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (isBusy) return;
  busy(true);
  void trySending().finally(() => busy(false)).then((open) => open?.querySelector('input').focus());
});
const beHere = async () => {
  // What is sent or followed is heard of anyway.
  if (isBusy || document.visibilityState !== 'visible') return;
  const answer = await fetch('${PHONE_PATHS.standing}').catch(() => null);
  if (answer?.status === 410) location.reload();
};
setInterval(() => void beHere(), ${HERE_MS});
document.addEventListener('visibilitychange', () => void beHere());
if (sides.some((side) => side.dataset.state === 'waiting')) {
  busy(true);
  void follow().finally(() => busy(false));
}
})();`;

/** Served as a file of its own, so that the page's policy names none that is written in it. */
export const PAGE_SCRIPT = `${FRAGMENT_SCRIPT}\n${PICTURES_SCRIPT}\n`;

import type { Socket } from 'node:net';

/** Replies to DLE EOT 1 to 4 of a printer without paper, with their fixed bits (0x12). */
const REPLIES: Readonly<Record<number, number>> = { 1: 0x1a, 2: 0x32, 3: 0x12, 4: 0x72 };
const DLE = 0x10;
const EOT = 0x04;

/** Stands in for a printer that has run out of paper: it answers what it is asked, and prints nothing. */
export function answerWithoutPaper(socket: Socket): void {
  socket.on('data', (data: Buffer) => {
    for (let at = 0; at + 2 < data.length; at += 1) {
      const reply = data[at] === DLE && data[at + 1] === EOT ? REPLIES[data[at + 2] ?? 0] : undefined;
      if (reply !== undefined) socket.write(Buffer.from([reply]));
    }
  });
}

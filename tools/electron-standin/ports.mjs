import { EventEmitter } from 'node:events';
import { strictClass } from './strict.mjs';

/** One end of a channel in the main process. The other end is here too, or in a page. */
class MessagePort extends EventEmitter {
  #peer;
  #held = [];
  #started = false;
  #open = true;

  /** @param peer `{send(data), close()}` */
  connect(peer) {
    this.#peer = peer;
  }

  /** Gives the other end away: what `this` was connected to now talks to what `peer` stands for. */
  handOver(peer) {
    const kept = this.#peer.port;
    this.#open = false;
    kept.connect(peer);
    return kept;
  }

  postMessage(message, transfer = []) {
    if (transfer.length > 0) throw new Error('electron stand-in: a port can not carry ports');
    if (this.#open) this.#peer.send(message);
  }

  start() {
    this.#started = true;
    for (const message of this.#held.splice(0)) this.#deliver(message);
  }

  close() {
    if (!this.#open) return;
    this.#open = false;
    this.#peer.close();
    setImmediate(() => this.emit('close'));
  }

  receive(message) {
    if (this.#started) this.#deliver(message);
    else this.#held.push(message);
  }

  /** The other end is gone. */
  end() {
    if (!this.#open) return;
    this.#open = false;
    this.emit('close');
  }

  #deliver(message) {
    this.emit('message', { data: message, ports: [] });
  }
}

export const MessagePortMain = strictClass('MessagePortMain', MessagePort);

const localPeer = (port) => ({
  port,
  send: (message) => {
    const copy = structuredClone(message);
    setImmediate(() => port.receive(copy));
  },
  close: () => setImmediate(() => port.end()),
});

export class MessageChannelMain {
  port1 = new MessagePortMain();
  port2 = new MessagePortMain();

  constructor() {
    this.port1.connect(localPeer(this.port2));
    this.port2.connect(localPeer(this.port1));
  }
}

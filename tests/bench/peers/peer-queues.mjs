import Database from 'better-sqlite3';
import BetterQueue from 'better-queue';
import { buildDBClient, SqliteQueue } from 'liteque';
import { better, defineQueue, defineWorker } from 'plainjob';

/** Jobs at a time, as our own. */
const CONCURRENCY = 16;
/** A job whose process ended is another's after this. */
const TIMEOUT_SECONDS = 1;
const POLL_MS = 5;
const silent = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };

/**
 * The queues that a developer would pick, set as well as they can be for this work: every job on disk before it is
 * acknowledged (both set NORMAL by themselves), known by its id, tried again until it is through. Each is opened with a
 * folder and gives `add`, which resolves when the job is acknowledged, and `start`, which hands jobs to `send`.
 */
export const PEER_QUEUES = {
  plainjob: (folder) => {
    const db = new Database(`${folder}/plainjob.sqlite3`);
    const queue = defineQueue({
      connection: better(db),
      logger: silent,
      timeout: TIMEOUT_SECONDS * 1000,
      maintenanceInterval: 200,
    });
    db.pragma('synchronous = FULL');
    const worker = () =>
      defineWorker('send', (job) => send(JSON.parse(job.data)), { queue, logger: silent, pollIntervall: POLL_MS });
    let send = async () => undefined;
    return {
      add: async (job) => void queue.add('send', job),
      start: (sender) => {
        send = sender;
        // One worker has one job at a time.
        for (let at = 0; at < CONCURRENCY; at += 1) void worker().start();
      },
    };
  },

  liteque: (folder) => {
    const db = buildDBClient(`${folder}/liteque.sqlite3`, { runMigrations: true });
    db.session.client.pragma('synchronous = FULL');
    const options = { defaultJobArgs: { numRetries: 1_000 }, keepFailedJobs: true };
    const queue = new SqliteQueue('send', db, options);
    return {
      add: (job) => queue.enqueue(job, { idempotencyKey: job.id }),
      // Its runner asks for jobs in an asynchronous transaction, which better-sqlite3 refuses.
      start: () => undefined,
    };
  },

  /** The control: it acknowledges what is in memory only, and whoever kills it must see that. */
  'better-queue': () => {
    let send = async () => undefined;
    const queue = new BetterQueue((job, done) => send(job).then(() => done(null), done), {
      concurrent: CONCURRENCY,
      maxRetries: 1_000,
    });
    return {
      add: (job) => new Promise((resolve) => queue.push(job).on('accepted', resolve)),
      start: (sender) => {
        send = sender;
      },
    };
  },
};

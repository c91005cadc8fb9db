import path from 'node:path';
import util from 'node:util';
import { build, builtProgram } from './build.mjs';
import { ProgramEnded, startProgram } from './children.mjs';
import { openDemoFolder } from './demo-folder.mjs';
import { findElectron } from './electron-binary.mjs';
import { CommandError, command, root } from './project.mjs';
import { setUp } from './setup.mjs';

await command(async () => {
  const options = readOptions();
  const running = [];
  let interrupt;
  const interrupted = new Promise((resolve) => {
    interrupt = resolve;
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // While it still sets up or builds there is nothing to end in order.
    process.on(signal, () => (running.length === 0 ? process.exit(0) : interrupt()));
  }

  await setUp();
  await build();
  const folder = openDemoFolder(options.data, options);
  try {
    await Promise.race([interrupted, serve(options, folder, running)]);
  } catch (error) {
    if (!(error instanceof ProgramEnded)) throw error;
    throw new CommandError(`npm start: ${error.message}`, error.end.code === 2 ? 2 : 1);
  } finally {
    // The last started uses the ones before it, so it ends first.
    for (const program of running.reverse()) await program.stop();
    folder.release();
  }
});

/** Starts everything and says so; only ever ends by a program's end. */
async function serve(options, folder, running) {
  const start = (name, args, how = { file: builtProgram(name) }) => {
    const log = (line) => process.stderr.write(`${name.padEnd(15)} | ${line}\n`);
    const program = startProgram({ name, ...how, args, log });
    running.push(program);
    return program;
  };
  const whicheverEnds = () =>
    Promise.race(
      running.map(async (program) => {
        throw new ProgramEnded(program.name, await program.ended);
      }),
    );

  const central = start('central', ['--port', '0', '--data', folder.central, '--demo']);
  const printer = start('virtual-printer', ['--port', '0', '--out', folder.receipts]);
  const [centralUrl, printerUrl] = await Promise.race([Promise.all([central.ready, printer.ready]), whicheverEnds()]);
  const common = [
    ...['--central', centralUrl, '--data', folder.terminal],
    ...['--printer', `tcp://${new URL(printerUrl).host}`, '--mode', options.mode],
  ];
  const electron = options.window ? findElectron() : undefined;
  const terminal =
    electron === undefined
      ? start('terminal-with-dock', [
          ...[...common, '--port', String(options.port)],
          ...(options.window ? [] : ['--no-window']),
        ])
      : start('terminal', common, { runner: [electron, ...asRoot()], file: root });
  const address = await Promise.race([terminal.ready, whicheverEnds()]);
  process.stdout.write(`${JSON.stringify({ ready: address })}\n`);
  process.stderr.write(`\nThe demo's mails are at ${centralUrl}/demo/mails\n`);
  if (!options.window) process.stderr.write(`\nThe terminal is at ${address}\nCtrl+C ends it.\n\n`);
  await whicheverEnds();
}

/** Chromium has no sandbox for root; a kiosk never runs as root. */
function asRoot() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

function readOptions() {
  let values;
  try {
    ({ values } = util.parseArgs({
      options: {
        mode: { type: 'string', default: 'self-service' },
        'no-window': { type: 'boolean', default: false },
        port: { type: 'string', default: '8600' },
        data: { type: 'string', default: path.join(root, '.data') },
        reset: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new CommandError(`npm start: ${error.message.split('\n')[0]}`, 2);
  }
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new CommandError(`npm start: --port ${values.port}: a number from 0 to 65535 is needed`, 2);
  }
  if (!['self-service', 'staff'].includes(values.mode)) {
    throw new CommandError(`npm start: --mode ${values.mode}: self-service or staff`, 2);
  }
  const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY) || process.platform === 'win32';
  return {
    port,
    mode: values.mode,
    data: path.resolve(values.data),
    reset: values.reset,
    window: hasDisplay && !values['no-window'],
  };
}

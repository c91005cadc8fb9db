// Loaded into a release by the stand-in's Node before anything else; a real release takes no NODE_OPTIONS.
const waiting = setInterval(() => {
  const electron = require('electron');
  // Node's own answer, the path of a program, until the stand-in is there.
  if (typeof electron === 'string') return;
  clearInterval(waiting);
  const { app } = electron;
  app.on('web-contents-created', (_event, contents) => {
    contents.once('did-finish-load', () => {
      contents.openDevTools();
      const found = { isPackaged: app.isPackaged, devToolsOpened: contents.isDevToolsOpened() };
      process.stdout.write(`${JSON.stringify(found)}\n`);
      app.quit();
    });
  });
}, 5);

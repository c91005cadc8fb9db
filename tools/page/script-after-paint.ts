import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Plugin, transformWithOxc } from 'vite';

const SCRIPT = /<script type="module"[^>]*src="(?<file>[^"]+)"[^>]*><\/script>/u;

/**
 * Has the page's script fetched and run by another one, which waits for the first paint: what comes through the shell
 * before that holds it up.
 * @param loader that other one: a single file, which becomes one in the build
 * @param texts the end of the module's path that the page's script asks for first
 */
export function scriptAfterPaint(loader: string, texts: string): Plugin {
  const name = basename(loader, '.ts');
  return {
    name: 'script-after-paint',
    apply: 'build',
    async buildStart() {
      const { code } = await transformWithOxc(readFileSync(loader, 'utf8'), loader, { sourcemap: false });
      this.emitFile({ type: 'asset', name: `${name}.js`, source: code });
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { path, bundle = {} }) {
        if (path !== '/index.html') return html;
        const script = SCRIPT.exec(html)?.groups?.['file'];
        const files = Object.values(bundle);
        const first = files.find((file) => file.type === 'asset' && file.names.includes(`${name}.js`));
        const beside = files.find((file) => file.type === 'chunk' && file.facadeModuleId?.endsWith(texts));
        if (script === undefined || first === undefined || beside === undefined)
          throw new Error('index.html names no script, nothing runs it, or its texts are missing');
        const then = `data-page-script="${script}" data-page-texts="./${beside.fileName}"`;
        return html.replace(SCRIPT, `<script type="module" crossorigin src="./${first.fileName}" ${then}></script>`);
      },
    },
  };
}

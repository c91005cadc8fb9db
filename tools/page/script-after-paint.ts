import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Plugin, transformWithOxc } from 'vite';

const SCRIPT = /<script type="module"[^>]*src="(?<file>[^"]+)"[^>]*><\/script>/u;

/**
 * Has the page's script fetched at once, and run by another one that waits for the first paint.
 * @param loader that other one: a single file, which becomes one in the build
 */
export function scriptAfterPaint(loader: string): Plugin {
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
        const first = Object.values(bundle).find((file) => file.type === 'asset' && file.names.includes(`${name}.js`));
        if (script === undefined || first === undefined)
          throw new Error('index.html names no script, or nothing runs it');
        return html.replace(
          SCRIPT,
          `<script type="module" crossorigin src="./${first.fileName}"></script>
    <link rel="modulepreload" crossorigin data-page-script href="${script}">`,
        );
      },
    },
  };
}

import { basename } from 'node:path';
import type { Plugin } from 'vite';

const LINK = /<link rel="stylesheet"[^>]*href="\.\/(?<file>[^"]+)">/u;

/**
 * Puts what the page links as its style sheet into the page itself: the greeting is seen with that one file, before
 * anything else has been fetched.
 * @param nonce what each answer replaces by its own
 */
export function styleInPage(nonce: string): Plugin {
  let moved = '';
  return {
    name: 'style-in-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { path, bundle = {} }) {
        if (path !== '/index.html') return html;
        const file = LINK.exec(html)?.groups?.['file'];
        const sheet = file === undefined ? undefined : bundle[file];
        if (file === undefined || sheet?.type !== 'asset')
          throw new Error('index.html links no style sheet of its own');
        Reflect.deleteProperty(bundle, file);
        moved = basename(file);
        // Vite would have a screen that is read later wait for it.
        for (const chunk of Object.values(bundle)) {
          if (chunk.type === 'chunk') chunk.viteMetadata?.importedCss.delete(file);
        }
        const css = String(sheet.source).replaceAll('url(./', 'url(./assets/');
        return html.replace(LINK, () => `<style nonce="${nonce}">${css}</style>`);
      },
    },
    writeBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk' || !file.code.includes(moved)) continue;
        this.error(`${file.fileName} waits for ${moved}, which is in the page`);
      }
    },
  };
}

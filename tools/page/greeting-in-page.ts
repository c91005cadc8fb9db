import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { createServer } from 'vite';
import { z } from 'zod';

const PLACE = '<div id="root"></div>';
const firstScreen = z.object({ firstScreenHtml: z.function() });

/**
 * Draws the greeting into the page, so that it is seen before any script has run. The script draws it again, with life
 * in it; until then nothing there can be touched.
 */
export function greetingInPage(renderer: string): Plugin {
  return {
    name: 'greeting-in-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { path }) {
        if (path !== '/index.html') return html;
        const server = await createServer({
          root: renderer,
          configFile: false,
          plugins: [react()],
          logLevel: 'warn',
          appType: 'custom',
          server: { middlewareMode: true, hmr: false, ws: false, watch: null },
          optimizeDeps: { noDiscovery: true },
        });
        try {
          const { firstScreenHtml } = firstScreen.parse(await server.ssrLoadModule('/app/first-screen.tsx'));
          const greeting = z.string().parse(await firstScreenHtml());
          if (!html.includes(PLACE)) throw new Error(`index.html has no ${PLACE} for the greeting`);
          return html.replace(PLACE, () => `<div id="root" inert>${greeting}</div>`);
        } finally {
          await server.close();
        }
      },
    },
  };
}

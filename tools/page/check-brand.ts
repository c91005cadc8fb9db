import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { checkBrandColour } from '../../renderer/kit/brand-colour.ts';

/** Ends the build at an operator's colour in which words can't be read. @param file brand.css */
export function checkBrand(file: string): Plugin {
  return {
    name: 'check-brand',
    buildStart() {
      const colour = /--brand:\s*([^;]*);/u.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
      const checked = checkBrandColour(colour);
      if (!checked.ok) this.error(`${file}: --brand: ${JSON.stringify(checked.error)}`);
    },
  };
}

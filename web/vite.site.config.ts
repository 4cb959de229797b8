import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { svelte } from '@sveltejs/vite-plugin-svelte'
import { type Plugin, defineConfig } from 'vite'

const OUT = '../src/onrecord/show/web/site'

/** The page for `onrecord site`: one script and one style sheet, for a page without a server. */
export default defineConfig({
  plugins: [svelte(), writeIndex()],
  base: './',
  publicDir: 'public',
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: false,
    rollupOptions: {
      input: 'src/static/main.ts',
      output: {
        // A file has no origin, so a browser loads no modules from it.
        format: 'iife',
        inlineDynamicImports: true,
        entryFileNames: 'page.js',
        assetFileNames: 'page[extname]',
      },
    },
  },
})

function writeIndex(): Plugin {
  return {
    name: 'index-of-site',
    closeBundle() {
      const html = readFileSync(join(import.meta.dirname, 'src/static/index.html'), 'utf-8')
      writeFileSync(join(import.meta.dirname, OUT, 'index.html'), html)
    },
  }
}

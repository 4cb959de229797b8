import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

/** Where `npm run dev` finds a running `onrecord serve`. */
const service = process.env.ONRECORD_SERVICE ?? 'http://127.0.0.1:8642'

export default defineConfig({
  plugins: [svelte()],
  base: './', // the same files serve a server's root and a folder of a static site
  build: {
    outDir: '../src/onrecord/show/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // nothing inline: the content security policy allows none
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': { target: service, changeOrigin: true } } },
  test: { include: ['tests/unit/**/*.test.ts'], environment: 'node' },
})

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vite";

/** The licences of every package of the lock file that is not only a tool of the build. */
const licences = {
  name: "licences",
  generateBundle() {
    const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
    const folders = Object.keys(packages).filter(folder => folder && !packages[folder].dev && existsSync(folder)).sort();
    const source = folders.map(folder => {
      const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const author = typeof about.author === "string" ? about.author : about.author?.name;
      const files = readdirSync(folder).filter(file => /^(licen[cs]e|notice)/i.test(file)).sort();
      const texts = files.map(file => readFileSync(join(folder, file), "utf8").trim());
      return [`${about.name} ${about.version} (${about.license})`, author && `by ${author}`, ...texts].filter(Boolean).join("\n\n");
    }).join(`\n\n${"-".repeat(80)}\n\n`);
    this.emitFile({ type: "asset", fileName: "licences.txt", source: source + "\n" });
  }
};

// Fixed names: the service answers with an ETag, so that a new build is asked for once.
export default defineConfig({
  plugins: [licences],
  build: {
    outDir: "../assets/web",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      input: { query: "src/query.js", network: "src/explorer/network.ts" },
      output: {
        entryFileNames: "[name].js", assetFileNames: "[name][extname]", chunkFileNames: "[name].js",
        manualChunks: id => (id.includes("/d3-") ? "forces" : undefined)
      },
      // Yasqe carries a JSON parser for browsers without one, which asks for eval and is never reached.
      onwarn: (warning, warn) => warning.code === "EVAL" || warn(warning)
    }
  }
});

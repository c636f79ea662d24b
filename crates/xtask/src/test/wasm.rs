//! The JavaScript tests: the npm package built, used in Node and in a browser, and its types.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rochdale::Library;

use crate::shell::{Outcome, apt_install, cargo, find, program, read, root, run, target};

const TRIPLE: &str = "wasm32-unknown-unknown";
const PACKAGE: &str = "bindings/wasm/pkg";

/// One of the modules of the package.
struct Module {
    /// Its folder in the package.
    folder: &'static str,
    /// What cargo is told of features.
    features: &'static [&'static str],
    /// Its largest size in bytes; a reader of a static archive downloads it once.
    budget: u64,
}

const MODULES: [Module; 2] = [
    Module { folder: "", features: &["--no-default-features"], budget: 3_000_000 },
    Module { folder: "reading", features: &[], budget: 7_500_000 },
];

/// Builds the npm package and runs its tests in Node and in Chromium.
///
/// # Errors
///
/// When a step fails, or the wasm target, Node or Chromium cannot be had.
pub fn wasm() -> Outcome {
    npm_install()?;
    for module in &MODULES {
        module.build()?;
    }
    let snapshots = snapshots()?;
    run(node().arg("--test").args(scripts("tests/node")?).env("SNAPSHOTS", &snapshots))?;
    // The same questions, asked of the module that reads.
    let reading = ["--import", "./tests/node/reading.mjs", "--test", "tests/node/query.test.mjs"];
    run(node().args(reading).env("SNAPSHOTS", &snapshots))?;
    run(program("tests/node_modules/.bin/tsc").args(["--project", "tests/node"]))?;
    let chromium = chromium()?;
    for page in ["page.html", "reading.html"] {
        let mut tests = node();
        tests.arg("--test").args(scripts("tests/browser")?).env("PAGE", page);
        run(tests.env("CHROMIUM", &chromium))?;
    }
    example()?;
    println!("xtask test wasm: passed");
    Ok(())
}

/// Writes a snapshot of each library of the fixtures, natively, and returns their folder.
fn snapshots() -> Outcome<PathBuf> {
    let folder = target().join("snapshots");
    fs::create_dir_all(&folder).map_err(|e| format!("cannot make `target/snapshots`: {e}"))?;
    let libraries = root().join("tests/fixtures/library");
    for file in fs::read_dir(libraries).map_err(|e| format!("no libraries: {e}"))? {
        let path = file.map_err(|e| format!("no libraries: {e}"))?.path();
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let snapshot = Library::from_json(&text).and_then(|opened| opened.library.to_snapshot());
        let snapshot = snapshot.map_err(|e| format!("{}: {e}", path.display()))?;
        let name = path.file_stem().unwrap_or_default();
        let file = folder.join(name).with_extension("rochdale");
        fs::write(&file, snapshot).map_err(|e| format!("{}: {e}", file.display()))?;
    }
    Ok(folder)
}

/// Runs the example for Node with the package that was just built.
fn example() -> Outcome {
    let folder = root().join("examples/node");
    let words = ["install", "--silent", "--no-package-lock"];
    run(program("npm").args(words).current_dir(&folder))?;
    run(node().arg("examples/node/question.mjs"))
}

/// Builds the core for wasm, which keeps files, clocks and threads out of it.
///
/// # Errors
///
/// When it does not build, or the target cannot be had.
pub(super) fn core() -> Outcome {
    build(&["--package", "rochdale"]).map(drop)
}

/// Builds for wasm and returns the folder of the results.
fn build(words: &[&str]) -> Outcome<PathBuf> {
    if has_target()? || add_target() {
        run(cargo().args(["build", "--quiet", "--target", TRIPLE]).args(words))?;
        return Ok(target().join(TRIPLE));
    }
    let folder = target().join("debian");
    run(debian()?.args(words).arg("--target-dir").arg(&folder))?;
    Ok(folder.join(TRIPLE))
}

fn has_target() -> Outcome<bool> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let words = ["--print", "target-libdir", "--target", TRIPLE];
    Ok(Path::new(read(program(rustc).args(words))?.trim()).exists())
}

fn add_target() -> bool {
    run(program("rustup").args(["target", "add", TRIPLE])).is_ok()
}

/// Debian's own compiler, which builds the standard library for wasm from source.
fn debian() -> Outcome<Command> {
    let parts = ["/usr/bin/cargo", "/usr/bin/wasm-ld-22", "/usr/lib/rustlib/src"];
    if parts.iter().any(|part| !Path::new(part).exists()) {
        let packages = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
        apt_install(&packages, &format!("the Rust target `{TRIPLE}`"))?;
    }
    let path = env::var("PATH").unwrap_or_default();
    let mut command = program("/usr/bin/cargo");
    command
        .args(["build", "--quiet", "--target", TRIPLE, "-Zbuild-std=std,panic_abort"])
        .env("PATH", format!("/usr/bin:{path}"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "/usr/bin/wasm-ld-22")
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO")
        .env_remove("RUSTC");
    Ok(command)
}

fn node() -> Command {
    program("node")
}

fn npm_install() -> Outcome {
    if find(&["npm"]).is_none() {
        return Err("Node and npm are missing; install Node 20 or later".into());
    }
    let modified =
        |path: &str| fs::metadata(root().join(path)).and_then(|data| data.modified()).ok();
    let (lock, done) = ("tests/package-lock.json", "tests/node_modules/.package-lock.json");
    if modified(done) >= modified(lock) {
        return Ok(());
    }
    run(program("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(root().join("tests")))
}

impl Module {
    /// Builds it, with the script around it, into its folder of the package.
    fn build(&self) -> Outcome {
        let folder = root().join(PACKAGE).join(self.folder);
        let words = [&["--package", "rochdale-wasm", "--profile", "wasm"], self.features].concat();
        let module = build(&words)?.join("wasm/rochdale_wasm.wasm");
        let tool = ["--package", "xtask", "--features", "bindgen", "--bin", "bindgen"];
        run(cargo().args(["run", "--quiet"]).args(tool).arg(&module).arg(&folder))?;
        self.optimise(&folder.join("rochdale_bg.wasm"))
    }

    fn optimise(&self, module: &Path) -> Outcome {
        let tool = "tests/node_modules/.bin/wasm-opt";
        run(program(tool).arg("-Os").arg(module).arg("--output").arg(module))?;
        let size = fs::metadata(module).map_err(|e| format!("no module after `wasm-opt`: {e}"))?;
        let (size, budget) = (size.len(), self.budget);
        let name = module.strip_prefix(root().join(PACKAGE)).unwrap_or(module).display();
        println!("xtask test wasm: {name} has {size} bytes of at most {budget}");
        if size <= budget { Ok(()) } else { Err(format!("{name} is larger than {budget} bytes")) }
    }
}

fn scripts(folder: &str) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(root().join(folder)).map_err(|e| format!("{folder}: {e}"))?;
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    let mut tests: Vec<_> =
        paths.filter(|path| path.to_string_lossy().ends_with(".test.mjs")).collect();
    tests.sort();
    if tests.is_empty() { Err(format!("no tests in `{folder}`")) } else { Ok(tests) }
}

fn chromium() -> Outcome<PathBuf> {
    if let Some(path) = env::var_os("CHROMIUM") {
        return Ok(path.into());
    }
    let find = || find(&["chromium", "chromium-browser", "google-chrome"]);
    if let Some(path) = find() {
        return Ok(path);
    }
    apt_install(&["chromium"], "Chromium")?;
    find().ok_or_else(|| "Chromium is missing; install it, or name it in `CHROMIUM`".into())
}

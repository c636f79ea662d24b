//! The Python tests: a wheel built, installed and used as a user would.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Outcome, apt_install, find, program, read, root, run, target};

const STUB: &str = "bindings/python/python/rochdale/_rochdale.pyi";

/// Builds the wheel, runs its tests and checks its types.
///
/// # Errors
///
/// When a step fails, or Python 3.11 or later cannot be found.
pub fn python() -> Outcome {
    let venv = Venv::ready()?;
    let wheels = target().join("wheels");
    if wheels.exists() {
        fs::remove_dir_all(&wheels).map_err(|e| format!("cannot empty `target/wheels`: {e}"))?;
    }
    venv.maturin("build", &wheels)?;
    let install = ["-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall"];
    run(venv.python().args(install).arg(only_file(&wheels)?))?;
    if fs::read_to_string(root().join(STUB)).unwrap_or_default() != venv.stub()? {
        return Err(format!("{STUB} is out of date; run `cargo xtask generate stubs`"));
    }
    run(venv.python().args(["-m", "pytest", "--quiet", "tests/python"]))?;
    run(venv.python().args(["-m", "mypy", "--strict", "--package", "rochdale"]))?;
    run(venv.python().args(["-m", "mypy", "--strict", "tests/python"]))?;
    run(venv.python().args(["-m", "mypy.stubtest", "rochdale._rochdale"]))?;
    run(venv.python().arg("examples/python/question.py"))?;
    println!("xtask test python: passed");
    Ok(())
}

/// Writes the stub of the extension module, read off the built module.
///
/// # Errors
///
/// When the module cannot be built.
pub fn write_stubs() -> Outcome {
    let text = Venv::ready()?.stub()?;
    fs::write(root().join(STUB), text).map_err(|e| format!("cannot write `{STUB}`: {e}"))
}

/// A virtual environment with the tools that the tests use.
struct Venv(PathBuf);

impl Venv {
    fn ready() -> Outcome<Self> {
        let venv = Self(target().join("venv"));
        if !venv.0.join("bin/pip").exists() {
            let python = interpreter()?;
            let make = || run(program(&python).args(["-m", "venv", "--clear"]).arg(&venv.0));
            // Debian ships the module without what it needs to work.
            make().or_else(|_| {
                apt_install(&["python3-venv"], "Python's `venv`").and_then(|()| make())
            })?;
        }
        let pip =
            ["-m", "pip", "install", "--quiet", "--requirement", "tests/python/requirements.txt"];
        run(venv.python().args(pip))?;
        Ok(venv)
    }

    fn python(&self) -> Command {
        let mut command = program(self.0.join("bin/python"));
        command.env("VIRTUAL_ENV", &self.0);
        command
    }

    fn maturin(&self, task: &str, out: &Path) -> Outcome {
        let manifest = ["--manifest-path", "bindings/python/Cargo.toml", "--locked", "--quiet"];
        let mut command = self.python();
        command.args(["-m", "maturin", task, "--out"]).arg(out).args(manifest);
        // Named, so that wheels are built for the environment whatever else is on the path.
        run(command.arg("--interpreter").arg(self.0.join("bin/python")))
    }

    fn stub(&self) -> Outcome<String> {
        let folder = target().join("stubs");
        self.maturin("generate-stubs", &folder)?;
        let text = fs::read_to_string(folder.join("rochdale/_rochdale.pyi"))
            .map_err(|e| format!("maturin wrote no stub: {e}"))?;
        Ok(text)
    }
}

fn interpreter() -> Outcome<PathBuf> {
    let chosen = std::env::var("PYTHON").ok();
    let usual = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python"];
    let names = chosen.as_deref().into_iter().chain(usual);
    let test = "import sys; print(sys.version_info >= (3, 11))";
    names
        .filter_map(|name| find(&[name]))
        .find(|path| read(program(path).args(["-c", test])).is_ok_and(|said| said.trim() == "True"))
        .ok_or_else(|| "no Python 3.11 or later found; install one, or name it in `PYTHON`".into())
}

fn only_file(folder: &Path) -> Outcome<PathBuf> {
    let files = fs::read_dir(folder).map_err(|e| format!("maturin built no wheel: {e}"))?;
    let mut files = files.filter_map(Result::ok).map(|entry| entry.path());
    files.next().ok_or_else(|| "maturin built no wheel".into())
}

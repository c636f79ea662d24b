//! Runs other programs, printing each as it starts.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a task comes to; the error is a message for the person who ran it.
pub type Outcome<T = ()> = Result<T, String>;

/// Runs a program to its end.
///
/// # Errors
///
/// When it cannot be started or fails.
pub fn run(command: &mut Command) -> Outcome {
    eprintln!("$ {}", show(command));
    let status = command.status().map_err(|e| format!("cannot run `{}`: {e}", show(command)))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", show(command))) }
}

/// Runs a program and returns what it wrote to its standard output.
///
/// # Errors
///
/// When it cannot be started, fails, or writes what is not UTF-8.
pub fn read(command: &mut Command) -> Outcome<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| format!("cannot run `{}`: {e}", show(command)))?;
    if !output.status.success() {
        return Err(format!("`{}` failed ({})", show(command), output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("`{}` wrote no UTF-8", show(command)))
}

/// The cargo that runs this task, in the workspace.
pub fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// A program, in the workspace.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// The folder of the workspace.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

/// The folder that cargo builds into.
pub fn target() -> PathBuf {
    root().join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// The first of these programs that is on the search path.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<_> = env::split_paths(&env::var_os("PATH")?).collect();
    let candidates = names.iter().flat_map(|name| folders.iter().map(move |dir| dir.join(name)));
    candidates.into_iter().find(|path| path.is_file())
}

/// Installs Debian packages, as root or through `sudo`.
///
/// # Errors
///
/// When this is no Debian, or the packages cannot be had; the message names the cure.
pub fn apt_install(packages: &[&str], what: &str) -> Outcome {
    let cure = format!("{what} is missing; install it (on Debian: {})", packages.join(" "));
    if find(&["apt-get"]).is_none() {
        return Err(cure);
    }
    let root = read(program("id").arg("-u"))?.trim() == "0";
    let apt = |words: &[&str]| {
        let mut command = if root { program("apt-get") } else { program("sudo") };
        if !root {
            command.args(["-n", "apt-get"]);
        }
        run(command.args(["-y", "-qq"]).args(words).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    apt(&["update"])
        .and_then(|()| apt(&[&["install", "--no-install-recommends"], packages].concat()))
        .map_err(|message| format!("{cure}: {message}"))
}

fn show(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let short = |word: &OsStr| {
        let path = Path::new(word);
        let inside = path.strip_prefix(root()).ok();
        let name = path.file_name().map(Path::new).filter(|_| path.is_absolute());
        inside.or(name).unwrap_or(path).display().to_string()
    };
    words.map(short).collect::<Vec<_>>().join(" ")
}

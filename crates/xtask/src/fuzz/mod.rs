//! Fuzzing: the targets built, given what the fixtures have, and run for a while.

mod archives;
mod seeds;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::thread;

use crate::shell::{Outcome, apt_install, cargo, find, program, read, root, run, target};

/// How long all targets run together, in seconds.
const SECONDS: u64 = 300;
/// How long one input may take. Instrumented code is some ten times slower than ours.
const TIMEOUT: u64 = 30;
/// How much memory one target may take, in megabytes.
const MEMORY: u64 = 3_000;
/// How many of the last lines of a log are shown beside a finding.
const SHOWN: usize = 30;

/// Runs the targets that the words name, or all of them.
///
/// # Errors
///
/// When one finds something, of which the message gives the path, or cannot be built.
pub fn run_for(words: &[&str]) -> Outcome {
    let Words { seconds, targets } = Words::parse(words)?;
    let all = names()?;
    if let Some(wrong) = targets.iter().find(|name| !all.contains(name)) {
        return Err(format!("no fuzz target `{wrong}`; there are {}", all.join(", ")));
    }
    let chosen = if targets.is_empty() { all } else { targets };
    let each = seconds / u64::try_from(chosen.len()).unwrap_or(u64::MAX);
    build(&chosen)?;
    for name in &chosen {
        seeds::plant(name, &folder("corpus", name)?)?;
    }
    println!("xtask fuzz: {} targets, {} s each", chosen.len(), each.max(1));
    let (left, findings) = (Mutex::new(chosen), Mutex::new(Vec::new()));
    let work = || {
        while let Some(name) = pop(&left) {
            if let Err(finding) = fuzz(&name, each.max(1)) {
                findings.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(finding);
            }
        }
    };
    thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        (0..cores).for_each(|_| drop(scope.spawn(work)));
    });
    let findings = findings.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    if findings.is_empty() { Ok(()) } else { Err(findings.join("\n")) }
}

struct Words {
    seconds: u64,
    targets: Vec<String>,
}

impl Words {
    fn parse(words: &[&str]) -> Outcome<Self> {
        let mut parsed = Self { seconds: SECONDS, targets: Vec::new() };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if *word == "--seconds" {
                let number = words.next().and_then(|number| number.parse().ok());
                parsed.seconds = number.ok_or("expected a whole number after `--seconds`")?;
            } else if word.starts_with('-') {
                return Err(format!("no option `{word}`; there is `--seconds N`"));
            } else {
                parsed.targets.push((*word).to_owned());
            }
        }
        Ok(parsed)
    }
}

/// The names of all targets: each has a file.
fn names() -> Outcome<Vec<String>> {
    let files = fs::read_dir(home().join("fuzz_targets"))
        .map_err(|e| format!("no fuzz targets: {e}"))?
        .filter_map(Result::ok);
    let stem = |path: PathBuf| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let mut names: Vec<_> = files.filter_map(|file| stem(file.path())).collect();
    names.sort();
    Ok(names)
}

fn build(names: &[String]) -> Outcome {
    // The fuzzer itself is written in C++.
    if find(&["c++", "g++", "clang++"]).is_none() {
        apt_install(&["g++"], "a C++ compiler")?;
    }
    let tool = cargo_fuzz()?;
    let mut command = program(tool);
    // The sanitizers are behind flags that the stable compiler keeps shut.
    command.env("RUSTC_BOOTSTRAP", "1").args(["fuzz", "build", "--fuzz-dir", "tests/fuzz"]);
    if let [name] = names {
        command.arg(name);
    }
    run(&mut command)
}

/// The subcommand, installed beside the results where it is on no path.
fn cargo_fuzz() -> Outcome<PathBuf> {
    if let Some(tool) = find(&["cargo-fuzz"]) {
        return Ok(tool);
    }
    let tools = target().join("tools");
    let tool = tools.join("bin/cargo-fuzz");
    if !tool.is_file() {
        run(cargo().args(["install", "cargo-fuzz", "--locked", "--quiet", "--root"]).arg(&tools))?;
    }
    Ok(tool)
}

/// Runs one target for so many seconds.
fn fuzz(name: &str, seconds: u64) -> Outcome {
    let (corpus, findings) = (folder("corpus", name)?, folder("artifacts", name)?);
    let before = files(&findings);
    let path = home().join("target").join(format!("{name}.log"));
    let cannot = |e| format!("cannot write `{}`: {e}", path.display());
    let log = File::create(&path).map_err(cannot)?;
    let mut command = Command::new(binary(name)?);
    command
        .arg(&corpus)
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-timeout={TIMEOUT}"))
        .arg(format!("-rss_limit_mb={MEMORY}"))
        .arg(format!("-artifact_prefix={}/", findings.display()))
        .current_dir(home())
        .stdout(log.try_clone().map_err(cannot)?)
        .stderr(log);
    let status = command.status().map_err(|e| format!("cannot run the target `{name}`: {e}"))?;
    let said = String::from_utf8_lossy(&fs::read(&path).unwrap_or_default()).into_owned();
    let lines: Vec<&str> = said.lines().collect();
    if status.success() {
        println!("xtask fuzz: {name}: {}", lines.last().unwrap_or(&"no word of it"));
        return Ok(());
    }
    let found = files(&findings).into_iter().filter(|path| !before.contains(path));
    let short = |path: PathBuf| path.strip_prefix(root()).unwrap_or(&path).display().to_string();
    let found: Vec<_> = found.map(short).collect();
    let last = lines[lines.len().saturating_sub(SHOWN)..].join("\n");
    let found = if found.is_empty() { "no input was written".into() } else { found.join(", ") };
    Err(format!("{last}\nthe fuzz target `{name}` failed ({status}): {found}"))
}

/// The program of a target, as cargo-fuzz builds it: for the machine that it runs on.
fn binary(name: &str) -> Outcome<PathBuf> {
    let version = read(program("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.ok_or("`rustc -vV` names no host")?;
    Ok(home().join("target").join(host).join("release").join(name))
}

fn home() -> PathBuf {
    root().join("tests/fuzz")
}

/// A folder of a target's own, made where it is missing.
fn folder(kind: &str, name: &str) -> Outcome<PathBuf> {
    let folder = home().join(kind).join(name);
    fs::create_dir_all(&folder).map_err(|e| format!("cannot make `{}`: {e}", folder.display()))?;
    Ok(folder)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut files: Vec<_> = files.map(|file| file.path()).collect();
    files.sort();
    files
}

fn pop(left: &Mutex<Vec<String>>) -> Option<String> {
    left.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop()
}

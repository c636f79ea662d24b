//! Files that are whole or not there: written beside, flushed, renamed.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use rochdale::{Error, Result};
use tempfile::Builder;

/// Writes a file in such a way that at any moment either all of the old one stands there or all of
/// the new one, also after the program is killed or the machine loses power.
///
/// A program that is killed leaves its unfinished file behind, with a name that begins with a dot.
///
/// # Errors
///
/// Where the file cannot be written; what stood there still stands.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let cannot = |error| Error::source(format!("cannot write `{}`", path.display()), error);
    whole(path, bytes).map_err(cannot)
}

fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = target(path)?;
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mut file = builder().tempfile_in(folder)?;
    file.write_all(bytes)?;
    // Renamed before it is on the disk, a file could be empty after the power went.
    file.as_file().sync_all()?;
    file.persist(&path)?;
    flush_folder(folder)
}

/// The file that is to be replaced: through a link, what it leads to.
fn target(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Ok(path) if path.is_file() => Ok(path),
        Ok(path) if path.is_dir() => Err(ErrorKind::IsADirectory.into()),
        Ok(_) => Err(io::Error::new(ErrorKind::InvalidInput, "it is no ordinary file")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(path.to_owned()),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn builder() -> Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt as _;

    let mut builder = Builder::new();
    // As any program makes a file, and less what the umask forbids.
    builder.prefix(".rochdale-").permissions(fs::Permissions::from_mode(0o666));
    builder
}

#[cfg(not(unix))]
fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(".rochdale-");
    builder
}

/// Flushes the names in a folder, where the system has a way.
fn flush_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name());
        names.map(|name| name.into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_is_replaced_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.rochdale");
        whole(&path, b"old").unwrap();
        whole(&path, b"the new one").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"the new one");
        assert_eq!(names(folder.path()), ["library.rochdale"]);
    }

    #[test]
    fn what_cannot_be_written_leaves_things_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let error = whole(folder.path(), b"new").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::IsADirectory);
        let error = whole(&folder.path().join("missing/file"), b"new").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert!(names(folder.path()).is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_others_may_read() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("file"), folder.path().join("link"));
        let plain = folder.path().join("plain");
        fs::write(&path, "old").unwrap();
        fs::write(&plain, "").unwrap();
        std::os::unix::fs::symlink("file", &link).unwrap();
        whole(&link, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert!(link.is_symlink());
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&path), mode(&plain));
    }
}

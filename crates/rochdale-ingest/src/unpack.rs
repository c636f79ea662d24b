//! Archives among what is to be read: each gives way to the files in it.

use std::sync::Arc;

use rochdale::issue::Issue;

use crate::archive::{Archive, Bytes, Listing, Packed, Sort};
use crate::folder::choose;
use crate::item::{Content, Item, Standing};
use crate::limits::Limits;
use crate::profile::Profile;
use crate::session::Session;

/// Puts the files in archives in the place of the archives: of those that were opened by
/// themselves and those in folders of exports. In a content folder an archive is an asset.
pub(crate) fn archives(
    session: &mut Session,
    items: Vec<Item>,
    profile: Option<&Profile>,
) -> Vec<Item> {
    let content = session.content_folders(&items);
    let mut next = items.iter().map(|item| item.standing.number() + 1).max().unwrap_or(0);
    let mut all = Vec::with_capacity(items.len());
    for item in items {
        let looked_into = match item.standing {
            Standing::Alone => true,
            Standing::Inside(folder) => {
                !content.contains(&folder) && Sort::of_name(&item.path).is_some()
            }
        };
        if !looked_into || choose::is_hidden(&item) {
            all.push(item);
            continue;
        }
        let path = item.path.clone();
        match open(session, item, next, profile) {
            Ok(files) => all.extend(files),
            Err(issue) => session.issue(issue.with_path(path)),
        }
        next += 1;
    }
    all
}

/// The folder in which the archiver of macOS keeps what only macOS reads.
const SHADOWS: &str = "__MACOSX/";

/// The files of an archive, or the file itself if it is none.
fn open(
    session: &mut Session,
    mut item: Item,
    number: usize,
    profile: Option<&Profile>,
) -> Result<Vec<Item>, Box<Issue>> {
    // What cannot be read is told where it is read.
    let Ok(start) = item.content.start(4) else { return Ok(vec![item]) };
    let Some(sort) = Sort::of_start(&start) else { return Ok(vec![item]) };
    let archive = item.content.take().archive(session.limits())?;
    match sort {
        Sort::Gzip => {
            let bare = item.path.len() - 3;
            if Sort::of_name(&item.path) == Some(Sort::Gzip) && bare > item.top {
                item.path.truncate(bare);
            }
            item.content = Content::Packed(archive.gzip());
            Ok(vec![item])
        }
        Sort::Zip => {
            let Listing { mut members, issues, links } = archive.list()?;
            members.retain(|(name, _)| {
                let is_shadow = name.starts_with(SHADOWS);
                if is_shadow {
                    session.pass_over(SHADOWS);
                }
                !is_shadow
            });
            for (name, issue) in issues {
                let inside = name.map(|name| format!("/{name}")).unwrap_or_default();
                session.issue(issue.with_path(format!("{}{inside}", item.path)));
            }
            for _ in 0..links {
                session.pass_over("symbolic links");
            }
            Ok(files(&item, members, number, profile, session.limits()))
        }
    }
}

/// The members of a zip archive as files of a folder. One folder around all of them is the folder.
fn files(
    item: &Item,
    members: Vec<(String, Packed)>,
    number: usize,
    profile: Option<&Profile>,
    limits: Limits,
) -> Vec<Item> {
    let common = members.first().and_then(|(name, _)| name.split_once('/')).map(|(top, _)| top);
    let common = common.map(|top| format!("{top}/"));
    let common = common.filter(|top| members.iter().all(|(name, _)| name.starts_with(top)));
    let common = common.unwrap_or_default();
    let sign = |name: &str| {
        let whole = format!("{common}{name}");
        let (_, packed) = members.iter().find(|(name, _)| *name == whole)?;
        Content::Packed(packed.clone()).bytes(limits.file_bytes).ok()
    };
    let profile = Arc::new(profile.cloned().unwrap_or_else(|| Profile::fitting(sign)));
    let own = choose::last(&item.path);
    let own = own.rsplit_once('.').map_or(own, |(stem, _)| stem);
    let around = if common.is_empty() { own } else { common.trim_end_matches('/') };
    let around: Arc<str> = around.into();
    let top = item.path.len() + 1 + common.len();
    let file = |(name, packed): (String, Packed)| Item {
        path: format!("{}/{name}", item.path),
        top,
        around: Arc::clone(&around),
        content: Content::Packed(packed),
        profile: Arc::clone(&profile),
        standing: Standing::Inside(number),
        named: item.named,
    };
    members.into_iter().map(file).collect()
}

impl Content {
    /// The bytes as an archive.
    fn archive(self, limits: Limits) -> Result<Archive, Box<Issue>> {
        let (bytes, length): (Bytes, u64) = match self {
            Self::Bytes(bytes) => {
                let length = bytes.len() as u64;
                (Arc::new(bytes), length)
            }
            #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
            Self::File(path) => {
                let (file, length) = crate::walk::open_sized(&path)?;
                (Arc::new(rawzip::FileReader::from(file)), length)
            }
            // Archives in archives are refused before.
            Self::Packed(packed) => {
                let bytes = Self::Packed(packed).bytes(limits.file_bytes)?;
                return Self::Bytes(bytes).archive(limits);
            }
        };
        Ok(Archive::new(bytes, length, limits))
    }
}

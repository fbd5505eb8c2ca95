//! Random folders.

use docspace_manifest::FolderPath;
use docspace_manifest::actual::ActualFolder;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::states::{names, one_of};

const FOLDERS: &[&str] = &["Contracts", "Contracts/2026", "Contracts/2026/Signed", "contracts", "Invoices/2026"];

/// The folders of a manifest, in any order.
pub(crate) fn folders() -> BoxedStrategy<Vec<FolderPath>> {
    let paths = names(FOLDERS).prop_map(|paths| paths.into_iter().collect::<Vec<_>>()).prop_shuffle();
    paths.prop_map(|paths| paths.iter().map(|path| path.parse().expect("a path")).collect()).boxed()
}

/// The folders of a room, of which some have the same path.
pub(crate) fn actual_folders() -> BoxedStrategy<Vec<ActualFolder>> {
    vec(one_of(FOLDERS), 0..6)
        .prop_map(|paths| {
            let mut all: Vec<Vec<String>> = Vec::new();
            for path in paths {
                let titles: Vec<String> = path.split('/').map(str::to_owned).collect();
                for depth in 1..titles.len() {
                    if !all.iter().any(|other| other == &titles[..depth]) {
                        all.push(titles[..depth].to_vec());
                    }
                }
                all.push(titles);
            }
            all.into_iter().zip(100..).map(|(titles, id)| ActualFolder { id: id.into(), titles }).collect()
        })
        .boxed()
}

//! The book about portals: its pages and their sections.

mod render;
mod search;
mod sections;

pub(crate) use render::for_terminal;
pub(crate) use search::find;
use sections::sections;

/// A page or a section of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Topic {
    /// The name of the page, such as `links`, or that of the section, such as `links/passwords`.
    pub(crate) name: String,
    /// The heading of a section, or the first sentence of a page.
    pub(crate) title: String,
    /// The Markdown, with all sections below this one.
    pub(crate) text: &'static str,
    /// The Markdown up to the next heading.
    own: &'static str,
}

macro_rules! pages {
    ($($name:literal $file:literal)+) => {
        /// The name and the Markdown of each page.
        const PAGES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../portal/", $file, ".md")))),+];
    };
}

pages! {
    "about" "README"
    "coming-from-the-sdks" "coming-from-the-sdks"
    "credentials" "credentials"
    "dates-and-names" "dates-and-names"
    "errors" "errors"
    "exports" "exports"
    "folders-and-files" "folders-and-files"
    "history-and-audit" "history-and-audit"
    "keys-and-scopes" "keys-and-scopes"
    "limits" "limits"
    "links" "links"
    "lists" "lists"
    "members" "members"
    "operations" "operations"
    "people" "people"
    "permissions" "permissions"
    "requests-and-answers" "requests-and-answers"
    "rooms" "rooms"
    "settings" "settings"
    "tags-groups-logos-quotas" "tags-groups-logos-quotas"
    "templates" "templates"
    "webhooks" "webhooks"
}

/// Returns all topics: each page, followed by its sections.
pub(crate) fn topics() -> Vec<Topic> {
    PAGES.iter().flat_map(|(name, text)| sections(name, text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn book_contains_all_pages_of_the_folder() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("portal");
        let files = folder.read_dir().expect("the folder of the pages").count();
        // The table of contents is not a page.
        assert_eq!(PAGES.len(), files - 1);
    }
}

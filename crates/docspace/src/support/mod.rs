//! What the nouns share and no user sees: paging, checks of texts, lost answers, and what differs in a browser.

pub(crate) mod lost;
pub(crate) mod pages;
pub(crate) mod platform;
pub(crate) mod text;
